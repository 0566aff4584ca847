"""From samples at any times to one value a second."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class SecondGrid:
    """Values on seconds: ``t_s`` (N,), ``values`` (N,) or (N, m) as they came in.

    ``joins`` holds the indices at which a new stretch begins after a cut; the first stretch is not listed.
    """

    t_s: Floats
    values: Floats
    joins: Ints


def second_grid(
    t_s: ArrayLike, values: ArrayLike, max_spacing_s: float = 10.0, cuts: ArrayLike | None = None
) -> SecondGrid:
    """Bring samples to a 1-s grid, cutting what is too far apart to be bridged.

    Samples of the same second are averaged (strides, duplicated records); seconds between samples at most
    ``max_spacing_s`` apart are interpolated linearly; longer stretches are cut out and the rest is joined. So is what
    stands between two samples where the caller left something out.

    Parameters
    ----------
    t_s
        Times in seconds, shape (n,), not falling; repeated times are averaged.
    values
        Shape (n,) or (n, m), finite.
    max_spacing_s
        The longest spacing that is bridged.
    cuts
        Indices of samples that begin a new stretch because something before them was left out.

    Raises
    ------
    ValueError
        Empty, falling or not finite input, or shapes that do not match.

    Notes
    -----
    Works for records of 1 Hz, smart recording and strides. Does not work for signals that change within a second:
    they are averaged. Holding the last value instead of interpolating makes a signal look as if it remembered more
    than it does in a way the noise model does not know (docs/methods/interval.md).

    Examples
    --------
    >>> grid = second_grid([0, 1, 3, 60, 60.4], [5.0, 6.0, 8.0, 1.0, 3.0])
    >>> grid.t_s
    array([ 0.,  1.,  2.,  3., 60.])
    >>> grid.values
    array([5., 6., 7., 8., 2.])
    >>> grid.joins
    array([4])
    >>> second_grid([0, 1, 5, 6], [1.0, 2.0, 6.0, 7.0], cuts=[2]).values
    array([1., 2., 6., 7.])
    """
    t, v = np.asarray(t_s, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if t.ndim != 1 or not len(t) or v.ndim not in (1, 2) or len(v) != len(t):
        raise ValueError("t_s must have shape (n,) with n > 0, values (n,) or (n, m)")
    if not (np.isfinite(t).all() and np.isfinite(v).all()):
        raise ValueError("times and values must be finite")
    if (t[1:] < t[:-1]).any():
        raise ValueError("times must not fall")
    second = np.floor(t - t[0] + 0.5)
    step = np.diff(second)
    opened = t
    opens = np.zeros(len(t), dtype=bool)
    if cuts is not None:
        opens[np.asarray(cuts, dtype=np.intp)] = True
    if not step.all():
        first = np.flatnonzero(np.concatenate(([True], step > 0)))
        counts = np.diff(first, append=len(t)).astype(np.float64)
        v = np.add.reduceat(v, first, axis=0) / (counts if v.ndim == 1 else counts[:, None])
        second = second[first]
        opens = np.logical_or.reduceat(opens, first)
        opened = t[first]
        step = np.diff(second)
    if (step == 1).all() and not opens.any():  # one-second steps are never too far apart
        return SecondGrid(t_s=t[0] + second, values=v, joins=np.empty(0, dtype=np.intp))
    return _bridged(t[0], second, v, (np.diff(opened) > max_spacing_s) | opens[1:])


def _bridged(start_s: float, second: Floats, values: Floats, cut: NDArray[np.bool_]) -> SecondGrid:
    step = np.diff(second)
    points = np.append(np.where(cut, 1.0, step), 1.0).astype(np.intp)  # each sample opens this many grid seconds
    left = np.repeat(np.arange(len(second)), points)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(points) - points, points)
    right = np.minimum(left + 1, len(second) - 1)
    share = offset / points[left]
    if values.ndim == 2:
        share = share[:, None]
    first_of_stretch = np.flatnonzero(cut) + 1
    return SecondGrid(
        t_s=start_s + second[left] + offset,
        values=values[left] + share * (values[right] - values[left]),
        joins=(np.cumsum(points) - points)[first_of_stretch],
    )
