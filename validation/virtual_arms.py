"""One virtual runner twice: reviewed every Sunday, and with the same life on the plan as it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from evenstride.judge.finding import finding
from evenstride.judge.screen import leg_changes
from evenstride.judge.trend import season_metric
from evenstride.model import Adjustment, Catalogue, Review, ReviewCase, Season
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.weekly import weekly_review
from validation.virtual_diary import (
    BEGAN,
    PROFILE,
    Diary,
    calendar_of,
    day_of,
    earlier_points,
    is_light,
    is_test_week,
    plan_of,
    plan_week,
    test_legs,
    true_index,
    write_week,
)
from validation.virtual_life import DAYS, JOINT_TOO_LONG, LEGS, WEEKS, Life
from validation.virtual_runner import (
    QUIET,
    RESTED,
    SITES,
    SORE,
    TIRED,
    Body,
    Day,
    active,
    live_week,
    minutes_run,
    tiredness,
)

Truth = Literal["refer", "rest", "grey", "go on"]
SEEN_AFTER, WELL_AFTER, LOOKS_BACK = 7, 14, 14
"""Days from a referral until a clinician has looked and until the episode is over; what referrals may look back on."""
DOES_A_RETEST = 0.8


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week of one arm: what was right at its end, why, and what was decided (nothing on the fixed plan).

    ``rules`` are those that spoke, the leading one first; ``light``: the plan makes the coming week light anyway;
    ``lessened``: the coming week is lighter than this one, by the plan or by the review; ``steps``: how far the
    exercises rose; ``fever_only``: a referral for nothing but a fever; ``episode_lately``: one was there in the last
    two weeks; ``all_done``: strength sessions were planned and all of them done, written down or not.
    """

    week: int
    truth: Truth
    why: tuple[str, ...]
    light: bool
    lessened: bool
    steps: int
    outcome: str = ""
    rules: tuple[str, ...] = ()
    fever_only: bool = False
    episode_lately: bool = False
    all_done: bool = False


@dataclass(frozen=True, kw_only=True)
class Course:
    """What became of a runner in one arm. ``out`` counts exercises that were still set aside at the end."""

    weeks: tuple[Week, ...] = ()
    gap_pct: float = 0.0
    index_pct: float = 0.0
    sets: float = 0.0
    minutes: float = 0.0
    irritated_days: int = 0
    tired_days: int = 0
    stopped_days: int = 0
    risen: int = 0
    out: int = 0


def live(life: Life, *, missing: float | None, weeks: int = WEEKS) -> Course:
    """Let a runner live, reviewed with this share of entries missing; None: on the fixed plan."""
    body, course, reviews = Body(gap_pct=life.traits.gap_pct), Course(), list[Review]()
    diary = Diary(missing=missing or 0.0)
    diary.points += earlier_points(life, body)
    for week in range(weeks):
        if is_test_week(week) or (body.retest and life.u["says"][7 * week, 1] < DOES_A_RETEST):
            test_legs(diary, life, body, week)
        body.retest = False
        diary.planned += plan_week(body, week)
        days = live_week(life, body, week)
        told = truth_of(life, body, days, week)
        before, body.light = sum(body.steps.values()), is_light(week + 1)
        if missing is None:
            _rise_all(body)
        else:
            write_week(diary, life, body, days)
            reviews.append(weekly_review(case_of(body, diary, reviews, week)))
            told = _with_review(told, reviews[-1])
            obey(life, body, reviews[-1], week)
        less = body.light or body.fewer_sets_until >= 7 * week + 7 or body.sessions_most[1] >= 7 * week + 7
        told = replace(told, steps=sum(body.steps.values()) - before, lessened=less)
        course = _added(course, told, days, body)
    return replace(course, gap_pct=body.gap_pct, index_pct=abs(true_index(life, body)), sets=body.sets_done,
                   risen=sum(body.steps.values()), out=len(body.easier))  # fmt: skip


def _added(course: Course, told: Week, days: Sequence[Day], body: Body) -> Course:
    return replace(
        course, weeks=(*course.weeks, told), minutes=course.minutes + minutes_run(days),
        irritated_days=course.irritated_days + sum(one.irritated for one in days),
        tired_days=course.tired_days + sum(one.tiredness >= TIRED for one in days),
        stopped_days=course.stopped_days + sum(one.day <= body.stopped_until for one in days),
    )  # fmt: skip


def truth_of(life: Life, body: Body, days: Sequence[Day], week: int) -> Week:
    """What is right at the end of a week: refer, rest, go on, or in between."""
    sunday = 7 * week + 6
    here = active(life, body, sunday)
    worst = max(days[-1].aches.values(), default=0.0)
    due = [str(one.kind) for one in here if one.due <= sunday]
    due += ["knee"] if not due and max(body.lasting.values()) > JOINT_TOO_LONG else []
    why = [*due]
    why += ["tired"] if tiredness(body) >= TIRED else []
    why += ["irritated"] if worst >= SORE and not due else []
    why += ["ill"] if life.ill[sunday] else []
    fine = tiredness(body) < RESTED and worst < QUIET and not here and not life.ill[sunday - 6 : sunday + 1].any()
    truth: Truth = "refer" if due else "rest" if why else "go on" if fine else "grey"
    lately = bool(due) or any(one.first <= sunday and min(one.last, body.ended.get(one, DAYS)) >= sunday - LOOKS_BACK
                 for one in life.episodes)  # fmt: skip
    sessions = [one.session for one in days if one.session is not None]
    return Week(
        week=week, truth=truth, why=tuple(why), light=is_light(week + 1), lessened=False, steps=0,
        episode_lately=lately, all_done=bool(sessions) and all(sessions),
    )  # fmt: skip


def _with_review(told: Week, review: Review) -> Week:
    flags = {one.node for one in review.rest.advice if one.action == "stop"} if review.rest else set()
    rules = tuple(one.rule for one in review.decisions)
    only = flags == {"fever"} and "D-REFER-PERSISTING" not in rules
    return replace(told, outcome=review.outcome, rules=rules, fever_only=only)


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


def case_of(body: Body, diary: Diary, reviews: Sequence[Review], week: int) -> ReviewCase:
    """What the review of a week may see."""
    today = day_of(7 * week + 6)
    season = _season(diary, today)
    coming = plan_week(body, week + 1)
    return ReviewCase(
        week=day_of(7 * week), today=today, profile=PROFILE, catalogue=_catalogue(),
        plan=plan_of(coming, week), planned=tuple(diary.planned), calendar=calendar_of(week),
        sessions=tuple(diary.sessions), runs=tuple(diary.runs), days=tuple(diary.days), season=season,
        tests=tuple(diary.tests), leg_changes=leg_changes(diary.results), reviews=tuple(reviews),
        finding=finding(season, diary.tests, PROFILE, today=today), recoveries=tuple(diary.recoveries),
    )  # fmt: skip


def _season(diary: Diary, today: date) -> Season:
    """The season's first metric alone: nothing else of it decides here."""
    points = diary.points
    metric = season_metric(points, metric="contact_time", source="watch_balance", today=today)
    first = min((one.start.date() for one in points), default=None)
    return Season(athlete="Ada", first=first, last=today if points else None, n_runs=len(points), metrics=(metric,))


def _rise_all(body: Body) -> None:
    """The plan as it was made takes every week as done: one step more, but for its light weeks."""
    if not body.light:
        body.steps = {place: steps + 1 for place, steps in body.steps.items()}


def obey(life: Life, body: Body, review: Review, week: int) -> None:
    """Do next week what the review asks for."""
    for one in review.adjustments:
        _adjust(body, one)
    for decision in review.exercises:
        if decision.rule == "D-EXERCISE-PROGRESS" and decision.exercise in SITES:
            for side in (decision.side,) if decision.side else LEGS:
                body.steps[decision.exercise, side] += 1
    if review.outcome == "refer":
        _be_seen(life, body, review, 7 * week + 6)


def _adjust(body: Body, one: Adjustment) -> None:
    until = (one.until - BEGAN).days if one.until else DAYS
    body.light |= one.kind == "deload_week"
    body.retest |= one.kind == "retest"
    body.changed |= one.kind == "change_stimulus"
    if one.kind == "fewer_sets":
        body.fewer_sets_until = until
    if one.kind == "redistribute":
        body.more_until = until
    if one.kind == "fewer_sessions":
        body.sessions_most = (one.amount, until)
    if one.kind in ("regress", "clear"):
        name = next((base for base in SITES if one.exercise in (base, body.easier.get(base, ("",))[0])), "")
        if one.kind == "clear":
            body.easier.pop(name, None)
        elif name:
            body.easier[name] = (one.to, until)


def _be_seen(life: Life, body: Body, review: Review, sunday: int) -> None:
    """A clinician looks within a week, once for each episode; what stops is stopped until then."""
    flags = any(one.rule == "D-REFER-FLAG" for one in review.decisions)
    if flags and sunday > body.seen_until:
        body.stopped_until = max(body.stopped_until, sunday + SEEN_AFTER)
    body.seen_until = max(body.seen_until, sunday + LOOKS_BACK)
    for one in active(life, body, sunday):
        body.ended.setdefault(one, sunday + WELL_AFTER)
