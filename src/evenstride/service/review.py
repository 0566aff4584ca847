"""The weekly review of one athlete: made and kept, brought into the plan, decided otherwise, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.judge.finding import finding
from evenstride.judge.screen import leg_changes
from evenstride.model import (
    Adjustment,
    Catalogue,
    HeartRateRecovery,
    Opinion,
    Rater,
    Review,
    ReviewCase,
    ReviewOutcome,
    RunReport,
    StoredRun,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import PlanDifference, plan_difference
from evenstride.review.cues import cues_for_next_run
from evenstride.review.opinions import Agreement, adjustments_held, agreement
from evenstride.review.weekly import weekly_review
from evenstride.service.home import Home, kept_runs
from evenstride.service.plan import Made, replan, undo
from evenstride.service.plan_history import planned_then
from evenstride.service.plan_request import (
    PlanAsked,
    applied_adjustments,
    calendar_for,
    logs_of,
    returning_now,
)
from evenstride.service.season import comparisons_of, right_way_round, season_from
from evenstride.store import (
    KeptReview,
    add_opinion,
    add_review,
    day_logs,
    mark_review_applied,
    plan_and_before,
    plan_in_force,
    review_history,
    reviews,
    run_logs,
    side_checks,
    undo_review,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SUNDAY = 6
REPORTS = timedelta(weeks=8)
SHOWN = timedelta(weeks=16)
CALENDAR_WEEKS = 9
"""The reviewed week and eight to come: as far as races matter to a review."""
RECOVERY, AT_END = "heart_rate_recovery_bpm", "heart_rate_at_end_bpm"


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A review as it is kept, and the plan that it led to where it was applied just now."""

    kept: KeptReview
    made: Made | None = None

    @property
    def review(self) -> Review:
        """The review itself."""
        return self.kept.review


@dataclass(frozen=True, kw_only=True)
class ReviewShown:
    """A week and its review (None: nobody looked yet), the others kept, and what changed in the plan if it is there.

    ``latest`` is the week that would be reviewed now; ``complete``: every review that is kept is among ``every``.
    """

    week: date
    kept: KeptReview | None
    every: tuple[Review, ...]
    agreed: Agreement
    latest: date
    complete: bool
    difference: PlanDifference | None = None


def week_meant(home: Home, day: date | None) -> date:
    """Return the Monday of the week to review: that of the day, else the last one that is over (or ends today)."""
    if day is not None:
        if day > home.today:
            raise InvalidRequest(f"The week of {day} has not begun.", help="A review looks back.")
        return day - timedelta(days=day.weekday())
    monday = home.today - timedelta(days=home.today.weekday())
    return monday if home.today.weekday() == SUNDAY else monday - WEEK


def review_week(home: Home, day: date | None = None) -> Reviewed:
    """Decide on a week and keep the decision, with what was said to it.

    One that comes out as it is kept already stays; so does one that is in the plan, until it is taken back there: the
    plan that it led to is no reason to decide anew.

    Raises
    ------
    InvalidRequest
        The week lies ahead.
    """
    week = week_meant(home, day)
    held = _held(home, week)
    if held is not None and held.review.applied:
        return Reviewed(kept=held)
    case = case_of(home, week)
    new = replace(weekly_review(case), cues=cues_for_next_run(case))
    if held is not None:
        if replace(new, day=held.review.day, opinions=held.review.opinions) == held.review:
            return Reviewed(kept=held)
        new = replace(new, opinions=held.review.opinions)
    return Reviewed(kept=add_review(home.store, home.athlete_id, new, home.now))


def apply_review(home: Home, day: date | None = None) -> Reviewed:
    """Bring what the review of a week asks for into the plan, which is made anew from today on.

    Raises
    ------
    PlanConflict
        No plan can serve it; nothing is kept.
    UnknownEntry
        There is no plan.
    """
    kept = review_week(home, day).kept
    made = replan(home, adjustments=_asked_of_plan(home, kept.review))
    if made.kept is None:
        raise UnknownEntry("There is no plan yet.", help="evenstride plan make makes one for twelve weeks.")
    week = kept.review.week
    marked = mark_review_applied(home.store, home.athlete_id, week, made.kept.number, home.now)
    return Reviewed(kept=marked, made=made)


def say_to_review(
    home: Home, outcome: ReviewOutcome | None, *, day: date | None = None, why: str = "", by: Rater = "runner",
    name: str = "",
) -> Reviewed:  # fmt: skip
    """Decide otherwise on a week, with a reason; without an outcome the review is approved as it stands.

    Raises
    ------
    InvalidRequest
        There is no reason.
    """
    kept = review_week(home, day).kept
    meant = outcome or kept.review.held
    if meant != kept.review.outcome and not why.strip():
        raise InvalidRequest(
            "A decision of your own needs its reason.", help='For example: --why "a cold since Monday".'
        )
    opinion = Opinion(by=by, outcome=meant, day=home.today, why=why.strip(), name=name.strip())
    return Reviewed(kept=add_opinion(home.store, home.athlete_id, kept.review.week, opinion, home.now))


def take_back(home: Home, day: date | None = None) -> KeptReview | None:
    """Take back what was last kept of a week's review; returns what holds now. UnknownEntry when there is none."""
    return undo_review(home.store, home.athlete_id, week_meant(home, day), home.now)[1]


def take_last_back(home: Home, day: date) -> None:
    """Take back what was last decided of a week: its way into the plan together with that plan, a word, the review.

    Raises
    ------
    InvalidRequest
        The plan has changed since.
    UnknownEntry
        There is nothing to take back.
    """
    history = review_history(home.store, home.athlete_id, week_meant(home, day))
    before, last = (history[-2] if len(history) > 1 else None), (history[-1] if history else None)
    brought = last is not None and last.review.applied and (before is None or not before.review.applied)
    if last is None or not brought or _changed_nothing(home, last):
        take_back(home, day)
        return
    held = plan_in_force(home.store, home.athlete_id)
    if held is None or held.number != last.plan_number:
        raise InvalidRequest(
            "The plan has changed since this review was brought into it.", help="Take back those later changes first."
        )
    undo(home)


def kept_reviews(home: Home, since: date | None = None) -> tuple[Review, ...]:
    """Return the review that holds of each week, oldest first; of the weeks from a Monday on, or of all."""
    return tuple(one.review for one in reviews(home.store, home.athlete_id, since))


def review_shown(home: Home, day: date | None = None, *, all_of: bool = False) -> ReviewShown:
    """Return the review of a week as it is kept, and those before it; nothing is decided anew."""
    week = week_meant(home, day)
    since = None if all_of else min(week, home.today - SHOWN)
    kept = {one.review.week: one for one in reviews(home.store, home.athlete_id, since)}
    every = tuple(one.review for one in kept.values())
    held = kept.get(week)
    return ReviewShown(
        week=week, kept=held, every=every, agreed=agreement(every), latest=week_meant(home, None), complete=all_of,
        difference=_difference(home, held) if held is not None and held.review.applied else None,
    )  # fmt: skip


def review_difference(home: Home, day: date) -> PlanDifference:
    """Return what the review of a week would change in the plan; nothing is kept.

    Raises
    ------
    PlanConflict
        No plan can serve it.
    UnknownEntry
        There is no review of that week, or no plan.
    """
    held = _held(home, week_meant(home, day))
    if held is None:
        raise UnknownEntry(f"There is no review of the week of {day}.", help="evenstride review makes one.")
    return replan(home, adjustments=_asked_of_plan(home, held.review), keep=False).difference


def adjustments_of(review: Review) -> tuple[Adjustment, ...]:
    """Return what a review asks of the plan, as it was decided at last."""
    return adjustments_held(review)


def catalogue_of_reviews() -> Catalogue:
    """Return the catalogue by whose names a review is told."""
    return load_catalogue()


def _changed_nothing(home: Home, kept: KeptReview) -> bool:
    found = _difference(home, kept)
    return found is not None and found.nothing


def _asked_of_plan(home: Home, review: Review) -> tuple[Adjustment, ...]:
    """What this review asks, beside what the others do."""
    asked = adjustments_held(review)
    return (*(one for one in applied_adjustments(home) if one not in asked), *asked)


def _difference(home: Home, kept: KeptReview) -> PlanDifference | None:
    """What the plan that it led to changed; None where that is not known any more."""
    if kept.plan_number is None:
        return None
    pair = plan_and_before(home.store, home.athlete_id, kept.plan_number)
    first = review_history(home.store, home.athlete_id, kept.review.week)[0]
    if not pair or pair[0].number != kept.plan_number:
        return None
    if pair[0].made < first.made:  # nothing changed: it is the plan of before
        return PlanDifference()
    return plan_difference(pair[1].plan, pair[0].plan) if len(pair) > 1 else None


def case_of(home: Home, week: date) -> ReviewCase:
    """Return everything that the review of a week looks at, as it was known at the week's end or is today."""
    stored = kept_runs(home)
    checks = side_checks(home.store, home.athlete_id)
    season = season_from(stored, home.profile, checks, today=home.today)
    tests = comparisons_of(home)
    held = plan_in_force(home.store, home.athlete_id)
    began = held.began if held else home.today
    planned = planned_then(home, home.today)
    reports = {one.id: right_way_round(one.recordings[0].report, checks) for one in stored}
    calendar = calendar_for(home, PlanAsked(start=week, weeks=CALENDAR_WEEKS))
    return ReviewCase(
        week=week,
        today=home.today,
        profile=home.profile,
        catalogue=load_catalogue(),
        plan=held.plan if held else None,
        planned=tuple(one for one in planned if one.day >= began),
        calendar=calendar.runs,
        sessions=logs_of(home),
        runs=tuple(one.log for one in run_logs(home.store, home.athlete_id)),
        days=tuple(one.log for one in day_logs(home.store, home.athlete_id)),
        season=season,
        tests=tests,
        leg_changes=leg_changes([one.result for one in tests if one.result is not None]),
        finding=finding(season, tests, home.profile, side_checks=checks, today=home.today),
        returning=returning_now(home),
        recoveries=_recoveries(stored, home),
        reviews=tuple(one for one in kept_reviews(home) if one.week < week),
        reports=_of_last_weeks(reports, stored, home),
    )


def _held(home: Home, week: date) -> KeptReview | None:
    return next((one for one in reviews(home.store, home.athlete_id) if one.review.week == week), None)


def _recoveries(stored: tuple[StoredRun, ...], home: Home) -> tuple[HeartRateRecovery, ...]:
    zone = ZoneInfo(home.profile.timezone)
    told = [(one, one.recordings[0].report.summary) for one in stored]
    return tuple(
        HeartRateRecovery(
            run=one.id, day=one.start.astimezone(zone).date(), drop_bpm=summary[RECOVERY], at_bpm=summary[AT_END]
        )
        for one, summary in told
        if RECOVERY in summary and AT_END in summary
    )


def _of_last_weeks(
    reports: Mapping[str, RunReport], stored: tuple[StoredRun, ...], home: Home
) -> Mapping[str, RunReport]:
    zone = ZoneInfo(home.profile.timezone)
    recent = {one.id for one in stored if one.start.astimezone(zone).date() > home.today - REPORTS}
    return {name: report for name, report in reports.items() if name in recent}
