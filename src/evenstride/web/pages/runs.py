"""Runs: the list, what comes in, one run in full."""

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from evenstride.errors import InvalidRequest
from evenstride.report.archive_words import many
from evenstride.report.numbers import clock
from evenstride.report.words import number
from evenstride.service.run_list import TONES, Month, RunsAsked, RunsFound, list_runs
from evenstride.service.run_whiskers import line_whisker, list_limits
from evenstride.web.answers import is_htmx, page, part
from evenstride.web.home import HomeHere
from evenstride.web.pages import run_page, run_uploads
from evenstride.web.pages.run_memory import KnownHere

router = APIRouter()
router.include_router(run_uploads.router)

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@router.get("/runs")
def show(
    request: Request, here: HomeHere, known: KnownHere, q: Annotated[str, Query(max_length=200)] = "", tag: str = "",
    verdict: str = "", before: str = "",
) -> Response:  # fmt: skip
    """List the runs that are asked for; with ``before`` only what comes after those that stand there already."""
    asked = RunsAsked(text=q.strip(), tag=tag, tone=verdict, before=_month(before))
    found = list_runs(here, asked, known)
    values: dict[str, Any] = {
        "found": found, "asked": asked, "months": [_month_values(one) for one in found.months], "tones": TONES,
        "limits": list_limits(found), "earlier": _earlier(found, asked), "whisker": line_whisker,
        "number_of": number, "clock": clock,
    }  # fmt: skip
    if is_htmx(request) and before:
        return part(request, "parts/runs_months.html", **values)
    return page(request, "runs.html", total_words=many(found.total, "run"), **values)


def _month_values(month: Month) -> tuple[str, str, Month]:
    return f"{month.first:%B %Y}", many(len(month.runs), "run"), month


def _month(text: str) -> date | None:
    if not text:
        return None
    found = _MONTH.fullmatch(text)
    if found is None:
        raise InvalidRequest(f"{text} is no month.", help="Write it as 2026-05.")
    return date(int(found[1]), int(found[2]), 1)


def _earlier(found: RunsFound, asked: RunsAsked) -> str:
    if found.earlier is None:
        return ""
    given = {"q": asked.text, "tag": asked.tag, "verdict": asked.tone, "before": f"{found.earlier:%Y-%m}"}
    return "/runs?" + urlencode({name: value for name, value in given.items() if value})


router.include_router(run_page.router)
