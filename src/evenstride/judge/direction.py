"""The same side twice: how often runs and tests point to one leg, and whether successive ones agree beyond chance."""

from collections.abc import Sequence

import numpy as np

from evenstride.model import Direction, Floats, Side
from evenstride.stats.agreement import cohen_kappa
from evenstride.stats.share import wilson


def direction(values: Floats, *, level: float) -> Direction | None:
    """Tell how often signed values, in order of time, point to the side of ``level``.

    The share has Wilson's 95 % interval [1]_. Kappa [2]_ compares the sides of each value and the next one; it is None
    where all point to one side. None altogether where the level, or every value, is exactly 0.

    .. [1] Wilson (1927), J Am Stat Assoc 22:209. .. [2] Cohen (1960), Educ Psychol Meas 20:37.

    >>> found = direction(np.array([1.2, 0.8, -0.1, 2.0, 1.1, 0.9]), level=1.0)
    >>> print(f"{found.side} {found.same_side_share:.2f} ({found.share_low:.2f} to {found.share_high:.2f})")
    right 0.83 (0.44 to 0.97)
    """
    right = values[values != 0.0] > 0.0
    n = len(right)
    if level == 0.0 or n == 0:
        return None
    same = right == (level > 0.0)
    low, high = wilson(int(same.sum()), n)
    kappa = cohen_kappa(_pairs(right)) if 0 < right.sum() < n else None
    return Direction(
        side="right" if level > 0.0 else "left", same_side_share=float(same.mean()), share_low=low, share_high=high,
        n=n, kappa=kappa.kappa if kappa else None, low=kappa.low if kappa else None, high=kappa.high if kappa else None,
    )  # fmt: skip


def direction_of_tests(poorer: Sequence[tuple[str, Side | None]]) -> Direction | None:
    """Tell how often tests, as (test, poorer leg) in order of time, name one leg as the poorer one.

    ``side`` is the leg named more often. Kappa compares each session of a test with the next session of the same test,
    over all tests together. Sessions without a poorer leg are left out; None where neither leg is named more often.

    >>> found = direction_of_tests([("hop", "left"), ("calf", "left"), ("hop", "left"), ("calf", "right")])
    >>> found.side, found.same_side_share, found.n
    ('left', 0.75, 4)
    """
    told = [(test, side) for test, side in poorer if side is not None]
    n_right = sum(side == "right" for _, side in told)
    if 2 * n_right == len(told):
        return None
    side: Side = "right" if 2 * n_right > len(told) else "left"
    same = max(n_right, len(told) - n_right)
    low, high = wilson(same, len(told))
    table, last = np.zeros((2, 2)), dict[str, int]()
    for test, leg in told:
        row = int(leg == "right")
        if test in last:
            table[last[test], row] += 1.0
        last[test] = row
    both = table.sum() > table.max() or table.trace() == 0.0 < table.sum()  # pairs that all say one thing tell nothing
    kappa = cohen_kappa(table) if both else None
    return Direction(
        side=side, same_side_share=same / len(told), share_low=low, share_high=high, n=len(told),
        kappa=kappa.kappa if kappa else None, low=kappa.low if kappa else None, high=kappa.high if kappa else None,
    )  # fmt: skip


def _pairs(right: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Count (this one's side, the next one's side), shape (2, 2)."""
    table = np.zeros((2, 2))
    np.add.at(table, (right[:-1].astype(int), right[1:].astype(int)), 1.0)
    return table
