"""How a difference between the legs went between two tests of the same kind: did it close, and how surely?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot

from evenstride.model import LimbComparison, ReviewCase, Side
from evenstride.review.tables import limits


@dataclass(frozen=True, kw_only=True)
class GapChange:
    """How far the difference fell (positive: closer) from an earlier test to the latest, with its 95 % interval.

    ``worthwhile`` is what would be worth having after so many weeks: half of the difference in eight. ``side`` is the
    leg that was behind.
    """

    label: str
    unit: str
    side: Side
    since: date
    day: date
    before: float
    now: float
    closed: float
    low: float
    high: float
    worthwhile: float

    @property
    def weeks(self) -> float:
        """Weeks between the two tests."""
        return (self.day - self.since).days / 7.0

    @property
    def is_closing(self) -> bool:
        """Whether it closed beyond the error of both tests."""
        return self.low > 0.0

    @property
    def excludes_worthwhile(self) -> bool:
        """Whether the interval leaves out a change worth having."""
        return self.high < self.worthwhile

    @property
    def words(self) -> str:
        """The change with its interval."""
        low, high = (f"{abs(end):.1f} {'larger' if end < 0.0 else 'smaller'}" for end in (self.low, self.high))
        change = f"{abs(self.closed):.1f} {'larger' if self.closed < 0.0 else 'smaller'}"
        same_way = self.low * self.high >= 0.0
        ends = sorted((abs(self.low), abs(self.high)))
        interval = f"{ends[0]:.1f} to {ends[1]:.1f}" if same_way else f"{low} to {high}"
        return (
            f"{self.label}: the difference went from {self.before:.1f} to {self.now:.1f} {self.unit} between"
            f" {self.since} and {self.day}, {change} ({interval}); worth having by then: {self.worthwhile:.1f} smaller"
        )


def series(case: ReviewCase) -> dict[str, list[LimbComparison]]:
    """Every test's comparisons until the case's day, oldest first."""
    found: dict[str, list[LimbComparison]] = {}
    for one in sorted(case.tests, key=lambda one: (one.day, one.test)):
        if one.day <= case.today:
            found.setdefault(one.test, []).append(one)
    return found


def gap_changes(case: ReviewCase) -> tuple[GapChange, ...]:
    """Return, per test that once named a leg beyond error, how its difference went from then to the latest test.

    The earlier test is the first beyond error of the last 16 weeks, four weeks or more before the latest. Both
    differences have their own interval; that of the change holds both (root of the sum of squares).
    """
    return tuple(change for tests in series(case).values() for change in _changes(tests))


def _changes(tests: list[LimbComparison]) -> Iterable[GapChange]:
    figures, now = limits("decisions"), tests[-1]
    since = now.day - timedelta(weeks=float(figures["gap_weeks_most"]))
    latest = now.day - timedelta(weeks=float(figures["gap_weeks_least"]))
    for then in tests:
        if not since <= then.day <= latest or then.weaker is None or then.mdc95 is None or now.mdc95 is None:
            continue
        sign = 1.0 if then.difference > 0.0 else -1.0
        before, after = abs(then.difference), sign * now.difference
        # Beyond zero the other leg is behind: the gap is as large there.
        closed, half = before - abs(after), hypot(then.mdc95, now.mdc95)
        weeks = (now.day - then.day).days / 7.0
        yield GapChange(
            label=now.label, unit=now.unit, side=then.weaker, since=then.day, day=now.day, before=before,
            now=abs(after), closed=closed, low=closed - half, high=closed + half,
            worthwhile=worth_having(before, weeks),
        )  # fmt: skip
        return


def worth_having(before: float, weeks: float) -> float:
    """Return by how much a difference should have fallen after so many weeks of work: half of it in eight, at most.

    >>> worth_having(6.0, 8.0), worth_having(6.0, 16.0), worth_having(6.0, 0.0)
    (3.0, 3.0, 0.0)
    """
    halvings = min(max(weeks, 0.0) / float(limits("decisions")["half_gap_weeks"]), 1.0)
    return float(before * (1.0 - 0.5**halvings))


def retested(case: ReviewCase) -> bool:
    """Whether a test was done again in the case's week, four weeks or more after an earlier one."""
    least = timedelta(weeks=float(limits("decisions")["gap_weeks_least"]))
    for tests in series(case).values():
        if case.week <= tests[-1].day < case.week + timedelta(days=7) and tests[0].day <= tests[-1].day - least:
            return True
    return False


def last_test(case: ReviewCase) -> date | None:
    """The day of the latest test."""
    return max((one.day for one in case.tests if one.day <= case.today), default=None)
