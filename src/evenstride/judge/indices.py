"""The same difference in the field's other words: conversions between published symmetry indices.

Every function takes left and right (scalars or arrays, one unit) and is positive where the right is larger, except the
share. evenstride judges on :func:`log_ratio_pct` and shows :func:`robinson_index_pct`; the others are for reading the
literature. Formulas: table 1 of J Phys Med Rehabil 2014, 2329-9096-2-201, and docs/methods/symmetry-index.md.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", float, NDArray[np.float64])


def robinson_index_pct(left: Value, right: Value) -> Value:
    """100·(R−L)/((R+L)/2): Robinson's symmetry index, −200 to 200.

    >>> robinson_index_pct(90.0, 100.0)
    10.526315789473685
    """
    return 200.0 * (right - left) / (right + left)


def log_ratio_pct(left: Value, right: Value) -> Value:
    """100·ln(R/L): additive, and what the interval is computed on.

    >>> round(float(log_ratio_pct(90.0, 100.0)), 3)
    10.536
    """
    log_ratio: Value = 100.0 * np.log(right / left)
    return log_ratio


def share_left_pct(left: Value, right: Value) -> Value:
    """100·L/(L+R): what a watch calls balance; the index is exactly −4·(share − 50).

    >>> share_left_pct(51.0, 49.0)
    51.0
    """
    return 100.0 * left / (left + right)


def index_of_share(share_left: Value) -> Value:
    """Robinson's index of a left share in percent: a balance of 49 % is an index of +4 %, not 1 %.

    >>> index_of_share(49.0)
    4.0
    """
    return -4.0 * (share_left - 50.0)


def index_to_sum_pct(left: Value, right: Value) -> Value:
    """100·(R−L)/(R+L): half of Robinson's index.

    >>> round(index_to_sum_pct(90.0, 100.0), 3)
    5.263
    """
    return 100.0 * (right - left) / (right + left)


def ratio(left: Value, right: Value) -> Value:
    """R/L, 1 where the legs are alike. Not antisymmetric: swapping the legs gives the reciprocal.

    >>> ratio(90.0, 99.0)
    1.1
    """
    return right / left


def index_to_left_pct(left: Value, right: Value) -> Value:
    """100·(R−L)/L: refers to one named limb, so that swapping the legs does not only change the sign.

    >>> round(index_to_left_pct(0.39, 0.25), 2), round(index_to_left_pct(0.25, 0.39), 2)
    (-35.9, 56.0)
    """
    return 100.0 * (right - left) / left


def index_to_larger_pct(left: Value, right: Value) -> Value:
    """100·(R−L)/max(L, R): refers to the larger limb, the sign telling the side.

    >>> float(index_to_larger_pct(90.0, 100.0))
    10.0
    """
    index: Value = 100.0 * (right - left) / np.maximum(left, right)
    return index


def symmetry_angle_pct(left: Value, right: Value) -> Value:
    """Symmetry angle of Zifchock et al. (2008): (45° − atan(L/R))/90°·100, bounded where the index is not.

    For small differences it is the index divided by π.

    >>> round(float(symmetry_angle_pct(90.0, 100.0)), 3)
    3.348
    """
    angle_deg = 45.0 - np.rad2deg(np.arctan2(left, right))
    angle_pct: Value = 100.0 * np.where(angle_deg > 90.0, angle_deg - 180.0, angle_deg)[()] / 90.0
    return angle_pct
