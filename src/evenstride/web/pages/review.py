"""The weekly review: the decision, why, what it changes; applied, decided otherwise, taken back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.model import Decision, Review, ReviewOutcome
from evenstride.model.review import OUTCOMES
from evenstride.report.plan_changes import difference_told
from evenstride.report.plan_words import exercise_name
from evenstride.report.review_words import (
    MEANINGS,
    OUTCOME_WORDS,
    adherence_words,
    agreement_words,
    decision_words,
    exercises_told,
    rest_answers,
    review_answer,
    week_span,
    who_decided,
)
from evenstride.service.home import Home
from evenstride.service.review import (
    ReviewShown,
    adjustments_of,
    apply_review,
    catalogue_of_reviews,
    review_difference,
    review_shown,
    review_week,
    say_to_review,
    take_last_back,
)
from evenstride.web.answers import done, page, part
from evenstride.web.home import HomeHere
from evenstride.web.log_forms import Fields, FormHere, day_in

router = APIRouter()

WEEK = timedelta(weeks=1)
PAST_FIRST = 6
"""So many past reviews stand open."""


@router.get("/review")
def show(request: Request, here: HomeHere, week: str = "", every: str = "") -> Response:
    """Show the review of a week as it is kept; nothing is decided by looking."""
    shown = review_shown(here, day_in(week) if week else None, all_of=bool(every))
    return page(request, "review.html", **_values(here, shown))


@router.post("/review/{week}/look")
def look(request: Request, week: str, here: HomeHere) -> Response:
    """Look back on a week and decide."""
    return _again(request, review_week(here, day_in(week)).review.week)


@router.post("/review/{week}/apply")
def apply_it(request: Request, week: str, here: HomeHere) -> Response:
    """Bring what the review asks for into the plan."""
    return _again(request, apply_review(here, day_in(week)).review.week)


@router.post("/review/{week}/say")
def say(request: Request, week: str, here: HomeHere, form: FormHere) -> Response:
    """Decide otherwise with a reason, or approve; as the runner, or as a coach by name."""
    fields = Fields(form=form)
    outcome = fields.chosen("outcome", OUTCOMES)
    coach = fields.text("coach", most=80)
    reviewed = say_to_review(
        here, cast(ReviewOutcome | None, outcome), day=day_in(week), why=fields.text("why"),
        by="coach" if coach else "runner", name=coach,
    )  # fmt: skip
    return _again(request, reviewed.review.week)


@router.post("/review/{week}/undo")
def undo(request: Request, week: str, here: HomeHere) -> Response:
    """Take back what was last kept of a week's review."""
    take_last_back(here, day_in(week))
    return _again(request, day_in(week))


@router.get("/review/{week}/difference")
def difference(request: Request, week: str, here: HomeHere) -> Response:
    """Say what the review would change in the plan."""
    found = difference_told(review_difference(here, day_in(week)), catalogue_of_reviews())
    return part(request, "parts/review_difference.html", difference=found)


def _again(request: Request, week: date) -> Response:
    return done(request, f"/review?week={week}")


def _values(here: Home, shown: ReviewShown) -> dict[str, Any]:
    monday = shown.week
    past = [one for one in reversed(shown.every) if one.week != monday]
    values: dict[str, Any] = {
        "monday": monday,
        "span": _span(monday),
        "before": monday - WEEK,
        "after": monday + WEEK if monday < shown.latest or _begun(here, monday + WEEK) else None,
        "is_latest": monday == shown.latest,
        "past": [_past(one) for one in past],
        "past_first": PAST_FIRST,
        "complete": shown.complete,
        "overridden": sum(one.overridden for one in shown.every),
        "n": len(shown.every),
        "agreed": agreement_words(shown.agreed),
        "outcomes": [(one, OUTCOME_WORDS[one], MEANINGS[one]) for one in OUTCOMES],
        "review": None,
    }
    return values | (_review(shown, shown.kept.review) if shown.kept else {})


def _begun(here: Home, monday: date) -> bool:
    return monday <= here.today


def _span(monday: date) -> str:
    return week_span(Review(week=monday, day=monday, outcome="hold", decisions=()))


def _review(shown: ReviewShown, review: Review) -> dict[str, Any]:
    catalogue = catalogue_of_reviews()
    exercises = exercises_told([one for one in review.exercises if not one.side], catalogue.exercises)
    kept = review.adherence
    return {
        "review": review,
        "answer": review_answer(review),
        "who": who_decided(review),
        "outcome": OUTCOME_WORDS[review.held],
        "decisions": [(one, OUTCOME_WORDS[one.outcome]) for one in review.decisions],
        "asked": adjustments_of(review),
        "exercises": [(one, OUTCOME_WORDS[one.outcome]) for one in exercises],
        "sided": _sided([one for one in review.exercises if one.side], catalogue.exercises),
        "kept_words": adherence_words(kept) if kept else "",
        "bar": _bar(kept) if kept and kept.share is not None else None,
        "rest": rest_answers(review.rest) if review.rest else None,
        "opinions": [(one, OUTCOME_WORDS[one.outcome]) for one in review.opinions],
        "difference": difference_told(shown.difference, catalogue) if shown.difference is not None else None,
    }


def _past(one: Review) -> dict[str, Any]:
    said = decision_words(one).partition(": ")
    return {"week": one.week, "span": said[0], "words": said[2], "applied": one.applied}


def _bar(kept: Any) -> dict[str, float]:
    """Where the share and the ends of its interval stand on a line of a hundred."""
    return {name: round(100 * (getattr(kept, name) or 0.0), 1) for name in ("low", "share", "high")}


def _sided(decisions: Sequence[Decision], exercises: Any) -> list[dict[str, Any]]:
    """Exercise by exercise what holds for one leg alone: left, right."""
    found: dict[str, dict[str, Any]] = {}
    for one in decisions:
        row = found.setdefault(one.exercise, {"name": exercise_name(one.exercise, exercises), "left": [], "right": []})
        row[str(one.side)].append((OUTCOME_WORDS[one.outcome], one.reason, one.rule))
    return list(found.values())
