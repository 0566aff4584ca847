"""The finding: what all evidence says together, why, what speaks against it, and what would change it."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.model import Evidence, Finding
from evenstride.report.finding_words import (
    emphasis_words,
    evidence_details,
    finding_answer,
    limb_words,
    sure_words,
)
from evenstride.service.season import finding_of, finding_rules
from evenstride.web.answers import page
from evenstride.web.home import HomeHere
from evenstride.web.pages.together import said_first

router = APIRouter()

ACTIONS = ("ignore", "watch", "do")
"""From the least to the most that a finding asks for."""
EVIDENCE_ADDRESS: Mapping[str, str] = {
    "test": "/tests", "injury": "/profile", "stride": "/season", "change": "/season", "late": "/season",
    "level": "/season", "profile": "/profile",
}  # fmt: skip
"""Kind of evidence → the page that shows it."""


@router.get("/finding")
def show(request: Request, here: HomeHere) -> Response:
    """Show what all evidence says together."""
    if (waits := said_first(request, here, "finding")) is not None:
        return waits
    found = finding_of(here)
    return page(
        request, "finding.html", found=found, said=finding_answer(found), limb=limb_words(found),
        sure=sure_words(found.confidence) if found.limb != "undetermined" else "", actions=ACTIONS,
        emphases=[emphasis_words(name) for name in found.emphases], reasons=_reasons(found),
        evidence=[_evidence(one) for one in found.evidence],
    )  # fmt: skip


def _reasons(found: Finding) -> list[dict[str, Any]]:
    """Each reason with the rule that gave it; a reason without one stands by itself."""
    rules = finding_rules()
    return [
        {"text": text, "rule": rules.get(name) if name else None}
        for text, name in zip_longest(found.reasons, found.rules, fillvalue="")
        if text
    ]


def _evidence(one: Evidence) -> dict[str, Any]:
    side = one.direction if one.direction != "none" else ""
    return {
        "side": side, "text": one.text or one.what, "details": evidence_details(one),
        "weight": f"{100.0 * one.weight:.0f}", "counts": one.counts, "href": EVIDENCE_ADDRESS[one.kind],
    }  # fmt: skip
