"""Is a timetable the best one? The same question, solved in another way."""

from contextlib import suppress
from unittest.mock import patch

from evenstride.errors import PlanConflict
from evenstride.model import PlanRequest
from evenstride.plan import schedule
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.places import Question
from evenstride.plan.timetable import NODES_MAX, Timetable, timetable, written

WORTH_APART = 0.01
"""As much as the solver may stop short of the best (a millionth of what a plan is worth)."""


def questions(request: PlanRequest) -> list[Question]:
    """Return every question that planning a request asks the solver."""
    asked: list[Question] = []

    def note(question: Question) -> Timetable | None:
        asked.append(question)
        return timetable(question)

    with patch.object(schedule, "timetable", note), suppress(PlanConflict):
        schedule.make_plan(request, load_catalogue())
    return asked


def agrees(question: Question) -> bool:
    """Whether the solver finds the same worth, or nothing, with and without its reductions."""
    programme = written(question).programme
    quick, plain = (programme.solve(nodes=NODES_MAX, presolved=presolved) for presolved in (True, False))
    if quick.x is None or plain.x is None:
        return quick.x is None and plain.x is None
    return abs(quick.worth - plain.worth) <= WORTH_APART
