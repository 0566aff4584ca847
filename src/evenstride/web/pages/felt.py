"""What was felt beside what was measured, and what each cue did: read from all runs, so it comes a moment later."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.model import FeelingMatch, FeelingPair
from evenstride.report.felt_screen import NO_RUNS, cues_answer
from evenstride.report.log_terminal import HARDER, agreement_words, trend_words
from evenstride.report.plan_words import short_day
from evenstride.service.felt import cue_effects, feeling_shown
from evenstride.service.home import Home
from evenstride.service.season import season_of
from evenstride.web.answers import is_htmx, page, part
from evenstride.web.home import HomeHere

router = APIRouter()


@router.get("/log/feeling")
def show(request: Request, here: HomeHere, look: str = "") -> Response:
    """Answer at once with the page; with ``look`` what the runs tell is on it."""
    if not look:
        return page(request, "log_feeling.html", found=None)
    found = _found(here)
    if is_htmx(request):
        return part(request, "parts/log_feeling.html", found=found)
    return page(request, "log_feeling.html", found=found)


def _found(here: Home) -> dict[str, Any]:
    season = season_of(here)
    shown, effects = feeling_shown(here, season), cue_effects(here, season)
    answer = shown.answer
    return {
        "answer": answer.text if answer else NO_RUNS,
        "matches": [
            (key, _match(one))
            for key, one in (("signed", answer.signed), ("uneven", answer.uneven), ("score", answer.score))
            if one is not None
        ] if answer else [],
        "trend": trend_words(shown.trend),
        "agreement": agreement_words(shown.agreement),
        "label": shown.label,
        "pairs": [_pair(one) for one in reversed(shown.pairs)],
        "cues": [(one.cue.replace("_", " "), one.text) for one in effects],
        "cues_answer": cues_answer(effects) if effects else "",
    }  # fmt: skip


def _match(one: FeelingMatch) -> dict[str, Any]:
    value, low, high = (f"{number:.2f}".replace("-", "−") for number in (one.value, one.low, one.high))
    return {"value": value, "low": low, "high": high, "n": one.n}


def _pair(one: FeelingPair) -> dict[str, Any]:
    side = "left" if one.index < 0 else "right"
    return {
        "day": short_day(one.day), "felt": HARDER[one.harder] if one.harder else "", "side": side, "run": one.run,
        "percent": f"{abs(one.index):.1f} %", "interval": _towards(one), "counts": one.before_numbers is not False,
    }  # fmt: skip


def _towards(one: FeelingPair) -> str:
    """The interval, counted towards the leg that is larger."""
    if one.low is None or one.high is None:
        return ""
    low, high = (one.low, one.high) if one.index >= 0 else (-one.high, -one.low)
    return f"({low:.1f} to {high:.1f})".replace("-", "−")
