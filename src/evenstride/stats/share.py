"""How sure a share is: Wilson's interval for a count out of n."""

from math import sqrt

_Z95 = 1.959964


def wilson(count: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share [1]_.

    .. [1] Wilson (1927), J Am Stat Assoc 22:209.

    >>> print("{:.3f} to {:.3f}".format(*wilson(9, 10)))
    0.596 to 0.982
    """
    share, z2 = count / n, _Z95**2
    middle = (share + 0.5 * z2 / n) / (1.0 + z2 / n)
    half = _Z95 / (1.0 + z2 / n) * sqrt(share * (1.0 - share) / n + 0.25 * z2 / n**2)
    return max(0.0, middle - half), min(1.0, middle + half)
