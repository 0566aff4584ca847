"""A return to running as its page shows it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from evenstride.model import ReturnState
from evenstride.model.returning import RedFlag
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.return_stages import red_flags, return_stages
from evenstride.report.return_words import return_answer, return_lines
from evenstride.service.home import Home
from evenstride.service.plan_request import returning_now
from evenstride.service.returning import Standing, show_return

RED_FLAGS: Sequence[RedFlag] = (
    "night_pain", "resting_bone_pain", "focal_bone_tenderness", "swelling", "numbness", "giving_way", "fever",
)  # fmt: skip


def return_page(home: Home, standing: Standing | None = None) -> dict[str, Any] | None:
    """Return where the return stands, or what was just decided; None where none is under way."""
    if standing is None:
        if returning_now(home) is None:
            return None
        standing = show_return(home)
    lines: dict[str, list[str]] = {}
    told = return_lines(
        standing.state, standing.session, missing=standing.missing, beside=standing.beside,
        exercises=load_catalogue().exercises, decision=standing.decision,
    )  # fmt: skip
    for label, text in told:
        lines.setdefault(label.replace(" ", "_"), []).append(text)
    state = standing.state
    return {
        "answer": return_answer(state, standing.decision),
        "session": standing.session.text,
        "minutes": standing.session.minutes,
        "lines": list(lines.items()),
        "stages": _stages(state),
        "flags": [(one, red_flags()[one][0]) for one in RED_FLAGS],
        "locked": bool(state.locks) or bool(state.referred),
        "referred": state.referred,
        "finished": state.finished_on is not None,
        "last": max((one.day for one in state.recent), default=None),
        "morning_open": _morning_open(state, home.today),
    }


def _stages(state: ReturnState) -> list[dict[str, Any]]:
    """Every stage in order, with what opens it, and which is now."""
    names = [one.id for one in return_stages()]
    at = names.index(state.stage)
    return [
        {
            "id": one.id, "label": one.label, "aim": one.aim, "steps": len(one.steps),
            "step": state.step if place == at else None, "past": place < at, "now": place == at,
            "pain_most": f"{one.entry.pain_max_0_10:g}", "stance": one.entry.stance, "strides": one.entry.symmetry,
            "tests": [name.replace("_", " ") for name in one.entry.ratio_tests],
        }
        for place, one in enumerate(return_stages())
    ]  # fmt: skip


def _morning_open(state: ReturnState, today: date) -> bool:
    """Whether the morning after the last session has come and is still to be told."""
    last = max(state.recent, key=lambda one: one.day, default=None)
    return last is not None and last.day < today and last.next_morning_0_10 is None
