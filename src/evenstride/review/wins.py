"""Small gains that are really there: beyond error, a first time, or a row of weeks."""

from collections.abc import Iterable
from datetime import timedelta

from evenstride.model import ReviewCase, SeasonMetric, SessionLog
from evenstride.review.adherence import row_of_weeks
from evenstride.review.gaps import gap_changes
from evenstride.review.sides import with_interval

ROW_LEAST = 2
VARIABILITIES = ("cadence_variability", "stride_time_variability")


def small_wins(case: ReviewCase) -> tuple[str, ...]:
    """Name what was gained in the case's week; nothing is named that could be chance, nor twice.

    A leg's own result past its detectable change, a difference that closed past the error of both tests, the longest
    row of weeks with all sessions kept, a steadier stride than at the baseline, an exercise clean or loaded for the
    first time.
    """
    found = [*_legs(case), *_gaps(case), *_row(case), *_steadier(case), *_first_times(case)]
    told = {win for review in case.reviews for win in review.wins}
    return tuple(win for win in dict.fromkeys(found) if win not in told)


def _in_week(case: ReviewCase, log: SessionLog) -> bool:
    return case.week <= log.day < case.week + timedelta(days=7) and log.day <= case.today


def _legs(case: ReviewCase) -> Iterable[str]:
    for one in sorted(case.leg_changes, key=lambda one: (one.test, one.side)):
        fresh = case.week <= one.day < case.week + timedelta(days=7)
        if fresh and one.beyond_error and one.improved and one.mdc95 is not None:
            yield (
                f"{one.label or one.test}, {one.side} leg: {_tenths(one.before)} to {_tenths(one.value)} {one.unit}"
                f" since {one.since}, more than the {one.mdc95:.1f} that error alone could make."
            )


def _tenths(value: float) -> str:
    """The mean of some trials has no more digits than its unit is read in."""
    return f"{value:.1f}".removesuffix(".0")


def _gaps(case: ReviewCase) -> Iterable[str]:
    for one in gap_changes(case):
        if one.is_closing and case.week <= one.day < case.week + timedelta(days=7):
            yield (
                f"{one.label}: the legs are {with_interval(one.closed, one.low, one.high, one.unit)} closer than on"
                f" {one.since}."
            )


def _row(case: ReviewCase) -> Iterable[str]:
    now, before = row_of_weeks(case)
    if now >= ROW_LEAST and now > before:
        yield f"{now} weeks in a row with every session kept, your longest row so far."


def _steadier(case: ReviewCase) -> Iterable[str]:
    for one in case.season.metrics if case.season else ():
        if one.metric in VARIABILITIES and _is_best(one) and one.change and one.baseline:
            since, change = one.baseline.until, one.change
            lower = with_interval(-change.value, -change.high, -change.low, one.unit)
            win = f"{one.label}: {lower} lower than at your baseline of {since}, your steadiest level so far."
            # The level moves with every run: the same baseline is left behind once.
            start = f"{one.label}:"
            if not any(said.startswith(start) for review in case.reviews for said in review.wins):
                yield win


def _is_best(one: SeasonMetric) -> bool:
    if one.change is None or one.change.high >= 0.0 or one.band is None or not len(one.band.level):
        return False
    return bool(one.band.level[-1] <= one.band.level.min())


def _first_times(case: ReviewCase) -> Iterable[str]:
    """Exercises of strength, balance and jumps; mobility and drills are nothing to be clean at."""
    clean, loaded = set[str](), set[str]()
    for log in sorted(case.sessions, key=lambda one: (one.day, one.session)):
        for one in log.exercises if log.done else ():
            exercise = case.catalogue.exercises.get(one.exercise)
            if exercise is not None and exercise.family in ("mobility", "drill"):
                continue
            name = exercise.name if exercise else one.exercise
            is_clean = one.clean_left is True and one.clean_right is True and one.pain_0_10 <= 0.0
            has_load = max(one.left_load_kg, one.right_load_kg) > 0.0 and is_clean
            if is_clean and one.exercise not in clean and _in_week(case, log):
                yield f"{name}: clean on both legs for the first time."
            if has_load and one.exercise not in loaded and _in_week(case, log):
                yield f"{name}: clean with a load for the first time."
            clean |= {one.exercise} if is_clean else set()
            loaded |= {one.exercise} if has_load else set()
