"""What would chance have done? The sign-flip test of paired differences, its interval, and how many pairs it takes.

When a coin decided which of two came first, it also decided the sign of their difference. All flips of all signs are
what chance could have done: no noise of whatever shape, memory or drift can make the test reject too often.
"""

from dataclasses import dataclass
from functools import cache
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST_PAIRS = 6
"""With five pairs even the clearest result happens by chance in 1 of 16: no 95 % interval has an end."""
ALL_FLIPS_TO = 16
FLIPS = 9999
"""Random flips where there are too many to do all."""
_DRAWN_TO = 9
"""Power up to so many pairs is counted in drawn samples: with so few flips t is up to 8 points too hopeful."""
_DRAWS = 10000
_TAIL = 0.025
_SAME = 1e-12


@dataclass(frozen=True, kw_only=True)
class SignFlipTest:
    """The mean of ``n`` paired differences with its 95 % interval, and a two-sided p value.

    The ends are infinite under six pairs. ``exact``: all flips were done, and not a random part of them.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    n: int
    exact: bool


def sign_flip_test(differences: ArrayLike, *, rng: np.random.Generator | None = None) -> SignFlipTest:
    """Test whether the mean difference of randomly ordered pairs is 0 [1]_, and say which values it can be.

    Parameters
    ----------
    differences
        One per pair, shape (n,), any unit, nothing missing.
    rng
        Needed beyond 16 pairs, where 9999 random flips stand for all.

    Notes
    -----
    Works for pairs whose order a fair coin drew, whatever the noise: then p ≤ 0.05 in at most 5 % of trials without an
    effect. The interval holds the constant effects that the test does not reject; it needs no search, because the flip
    of a subset makes the mean of that subset a limit [2]_: its ends are order statistics of all subset means. Does not
    work for pairs whose order was chosen.

    .. [1] Fisher (1935), The Design of Experiments, §21. .. [2] Hartigan (1969), J Am Stat Assoc 64:1303.

    Examples
    --------
    >>> found = sign_flip_test([-1.9, -0.4, -1.2, -2.2, 0.3, -1.0, -1.6, -0.8])
    >>> print(f"{found.estimate:.1f} ({found.low:.2f} to {found.high:.2f}), p = {found.p_value:.3f}")
    -1.1 (-1.77 to -0.37), p = 0.016
    """
    d = np.asarray(differences, dtype=np.float64)
    if d.ndim != 1 or len(d) < 1 or not np.isfinite(d).all():
        raise ValueError("a sign-flip test needs one finite difference per pair")
    exact = len(d) <= ALL_FLIPS_TO
    if not exact and rng is None:
        raise ValueError(f"beyond {ALL_FLIPS_TO} pairs flips are drawn: give rng")
    shares = _all_subsets(len(d)) if rng is None or exact else _drawn_subsets(len(d), rng)
    flips = 2 ** len(d) if exact else FLIPS + 1
    means = shares @ d
    unmoved = flips - len(means)  # the flip of nothing, which chance can always do
    slack = _SAME * float(np.abs(d).max())
    up, down = int(np.count_nonzero(means <= slack)), int(np.count_nonzero(means >= -slack))
    mean = float(d.mean())
    low, high = _ends(means, int(_TAIL * flips) - unmoved)
    return SignFlipTest(
        estimate=mean, low=min(low, mean), high=max(high, mean),
        p_value=min(1.0, 2.0 * (unmoved + min(up, down)) / flips), n=len(d), exact=exact,
    )  # fmt: skip


def sign_flip_power(effect_sd: float, n: int) -> float:
    """Return the chance (0–1) that ``n`` pairs find an effect of so many sd of a pair's difference, at p ≤ 0.05.

    For normal differences: counted in 10 000 drawn samples to 9 pairs, beyond that of the t test at the level that the
    flips can reach, within half a point of it. Beside whole trials: ``validation/results/trial.md``.

    >>> round(sign_flip_power(1.0, 12), 2), round(sign_flip_power(1.0, 6), 2), sign_flip_power(3.0, 5)
    (0.88, 0.36, 0.0)
    """
    if n < FEWEST_PAIRS:
        return 0.0
    if n <= _DRAWN_TO:
        low, high = _drawn_ends(n)
        missed = np.searchsorted(low, -effect_sd, side="right") - np.searchsorted(high, -effect_sd, side="left")
        return float(1.0 - missed / _DRAWS)
    from scipy.special import nctdtr, stdtrit

    flips = 2.0 ** min(n, 50)
    beyond = float(stdtrit(n - 1, 1.0 - int(_TAIL * flips) / flips))
    off = abs(effect_sd) * sqrt(n)
    tails = nctdtr(n - 1, off, [beyond, -beyond])
    return float(1.0 - np.nan_to_num(tails) @ [1.0, -1.0])  # where a tail underflows scipy has no number


def pairs_needed(effect_sd: float, *, power: float = 0.8, most: int = 100) -> int | None:
    """Return the fewest pairs that find such an effect with ``power``, None where ``most`` do not.

    >>> pairs_needed(1.0), pairs_needed(2.0), pairs_needed(0.1)
    (11, 6, None)
    """
    from scipy.special import ndtri

    # No test of the mean can do with fewer than the one that knows the sd: no use in looking there.
    least = min(float(most + 1), ((ndtri(power) + ndtri(1.0 - _TAIL)) / max(abs(effect_sd), _SAME)) ** 2)
    tried = range(max(FEWEST_PAIRS, int(least)), most + 1)
    return next((n for n in tried if sign_flip_power(effect_sd, n) >= power), None)


def detectable_effect(n: int, *, power: float = 0.8) -> float:
    """Return the effect, in sd of a pair's difference, that ``n`` pairs find with ``power``; infinite under six.

    >>> round(detectable_effect(12), 2)
    0.89
    """
    if n < FEWEST_PAIRS:
        return inf
    low, high = 0.0, 8.0
    for _ in range(30):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if sign_flip_power(middle, n) >= power else (middle, high)
    return high


@cache
def _all_subsets(n: int) -> Floats:
    """Each subset but the empty one, as weights that make its mean. Shape (2**n − 1, n)."""
    inside = (np.arange(1, 2**n)[:, None] >> np.arange(n)) & 1
    shares: Floats = inside / inside.sum(axis=1, keepdims=True)
    shares.flags.writeable = False
    return shares


def _drawn_subsets(n: int, rng: np.random.Generator) -> Floats:
    inside = rng.integers(0, 2, size=(FLIPS, n))
    inside = inside[inside.any(axis=1)]
    shares: Floats = inside / inside.sum(axis=1, keepdims=True)
    return shares


def _ends(means: Floats, rank: int) -> tuple[float, float]:
    """The subset means with exactly ``rank`` others beyond them: the last effects that are not rejected."""
    if not 0 <= rank < len(means):
        return -inf, inf
    ordered = np.partition(means, (rank, len(means) - 1 - rank))
    return float(ordered[rank]), float(ordered[len(means) - 1 - rank])


@cache
def _drawn_ends(n: int) -> tuple[Floats, Floats]:
    """The interval's ends in drawn samples of mean 0 and sd 1, in order: an effect shifts both. One draw for all."""
    z = np.random.default_rng(n).standard_normal((_DRAWS, n))
    means = z @ _all_subsets(n).T
    rank = int(_TAIL * 2**n) - 1
    ordered = np.partition(means, (rank, -1 - rank), axis=1)
    return np.sort(ordered[:, rank]), np.sort(ordered[:, -1 - rank])
