"""How a season's true index moves through the weeks: constant, closing, in a step, drifting."""

from dataclasses import dataclass
from math import inf, isfinite

from evenstride.errors import InvalidRequest


@dataclass(frozen=True, kw_only=True)
class IndexPath:
    """The change of the true index since the season's baseline: corners ``(week, change in percent)``.

    Before the first corner nothing has changed, after the last one nothing changes any more, between two corners the
    change is a straight line; two corners in one week are a step. Weeks count from 0 and need not be whole. Without
    corners the index is constant. Positive: towards a larger right.

    >>> change_pct(IndexPath(corners=((12.0, 0.0), (32.0, -3.0))), 22.0)
    -1.5
    """

    corners: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        weeks = [week for week, _ in self.corners]
        if not all(isfinite(one) for corner in self.corners for one in corner) or weeks != sorted(weeks):
            raise InvalidRequest(
                "The corners of an index's path must be finite and in order of time.", help="Sort them by week."
            )
        if self.corners and self.corners[0][0] < 0:
            raise InvalidRequest(
                f"An index cannot begin to change in week {self.corners[0][0]:g}.", help="Weeks count from 0."
            )

    @property
    def baseline_weeks(self) -> float:
        """How long nothing has changed; infinite for a path that is constant."""
        return self.corners[0][0] if self.corners else inf

    @property
    def total_pct(self) -> float:
        """The change that remains at the end."""
        return self.corners[-1][1] if self.corners else 0.0


def change_pct(path: IndexPath, week: float) -> float:
    """Return the change since the baseline after ``week`` weeks, in percent of index.

    >>> [change_pct(step(week=20, by_pct=2.0), week) for week in (19.9, 20.0, 30.0)]
    [0.0, 2.0, 2.0]
    """
    before = (0.0, 0.0)
    for corner in path.corners:
        if week < corner[0]:
            share = (week - before[0]) / (corner[0] - before[0])
            return before[1] + share * (corner[1] - before[1])
        before = corner
    return before[1]


def constant() -> IndexPath:
    """An index that does not change."""
    return IndexPath()


def closing(*, from_pct: float, to_pct: float = 0.0, baseline_weeks: float, weeks: float) -> IndexPath:
    """Return a path from ``from_pct`` (the season's own index) to ``to_pct``, linear over ``weeks`` after the baseline.

    >>> change_pct(closing(from_pct=3.0, baseline_weeks=12, weeks=20), 40)
    -3.0
    """
    return _ramp(baseline_weeks, weeks, to_pct - from_pct)


def step(*, week: float, by_pct: float) -> IndexPath:
    """Return a path that changes by ``by_pct`` at the beginning of ``week``, at once and for good."""
    return _ramp(week, 0.0, by_pct)


def drift(*, week: float, pct_per_week: float, total_pct: float) -> IndexPath:
    """Return a path that changes by ``pct_per_week`` from ``week`` on, until it has changed by ``total_pct``.

    >>> drift(week=14, pct_per_week=-0.5, total_pct=-3.5).corners
    ((14.0, 0.0), (21.0, -3.5))

    Raises
    ------
    InvalidRequest
        When the drift would never arrive: no pace, or the other direction.
    """
    if total_pct and pct_per_week * total_pct <= 0:
        raise InvalidRequest(
            f"A drift of {pct_per_week:g} % a week never arrives at {total_pct:g} %.",
            help="Give both the same sign.",
        )
    return _ramp(week, total_pct / pct_per_week if total_pct else 0.0, total_pct)


def mirrored(path: IndexPath) -> IndexPath:
    """Return the path of the same runner with the legs exchanged."""
    return IndexPath(corners=tuple((week, -change) for week, change in path.corners))


def _ramp(week: float, weeks: float, by_pct: float) -> IndexPath:
    if weeks < 0:
        raise InvalidRequest(f"A change cannot take {weeks:g} weeks.", help="0 makes it a step.")
    return IndexPath(corners=((float(week), 0.0), (float(week + weeks), float(by_pct))))
