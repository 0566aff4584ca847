"""A trial as a JSON-ready document, ``evenstride.trial/1``.

What is drawn for runs and weeks to come stays unsaid: who knows it beforehand can choose the run to suit.
"""

from collections.abc import Sequence
from typing import Any

from evenstride.model import Trial, TrialAnswer, TrialPoint
from evenstride.report.felt_document import estimated

SCHEMA = "evenstride.trial/1"
UNDONE_SCHEMA = "evenstride.trial_undone/1"


def trial_document(
    trial: Trial, answer: TrialAnswer | None, *, name: str, today: str = "", others: Sequence[Trial] = ()
) -> dict[str, Any]:
    """Return the document of a trial; without an ``answer`` it is a plan that was not started."""
    return {
        "schema": SCHEMA,
        "id": trial.id,
        "what": trial.what,
        "name": name,
        "kind": trial.kind,
        "started": answer is not None,
        "began": trial.began.isoformat(),
        "ended": trial.ended.isoformat() if trial.ended else None,
        "metric": trial.metric,
        "source": trial.source,
        "unit": trial.unit,
        "usual_side": trial.usual_side,
        "better": trial.better,
        "pairs": trial.pairs,
        "smallest": trial.smallest,
        "run_to_run_sd": trial.run_to_run_sd,
        "power": trial.power,
        "runs_a_week": trial.runs_a_week,
        "outlook": trial.outlook,
        "note": trial.note,
        "today": today or None,
        "told": [_told(trial, run, number) for run, number in sorted(trial.told.items())],
        "answer": _answer(answer) if answer else None,
        "others": [{"id": one.id, "what": one.what, "began": one.began.isoformat(),
                    "ended": one.ended.isoformat() if one.ended else None} for one in others],
    }  # fmt: skip


def _told(trial: Trial, run: str, number: int) -> dict[str, Any]:
    period = trial.periods[number - 1]
    return {"run": run, "period": number, "pair": period.pair, "on": period.on}


def _answer(one: TrialAnswer) -> dict[str, Any]:
    return {
        "verdict": one.verdict, "text": one.text, "n_on": one.n_on, "n_off": one.n_off, "pairs": one.pairs,
        "effect": estimated(one.effect), "p_value": one.p_value, "waiting_for": one.waiting_for,
        "kept_effect": estimated(one.kept_effect), "kept_pairs": one.kept_pairs,
        "points": [_point(point) for point in one.points],
    }  # fmt: skip


def _point(one: TrialPoint) -> dict[str, Any]:
    return {"run": one.run, "date": one.day.isoformat(), "period": one.period, "on": one.on, "value": one.value,
            "kept": one.kept}  # fmt: skip
