"""How the nouns keep their arrays: float64, read-only, of one length."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def frozen_floats(values: ArrayLike) -> Floats:
    """Return the values as a read-only float64 array, shape (n,).

    An array that already is float64 is viewed, not copied: the caller hands it over.

    >>> frozen_floats([1, 2]).flags.writeable
    False
    """
    array = np.asarray(values, dtype=np.float64).view()
    if array.ndim != 1:
        raise ValueError(f"expected one dimension, got {array.ndim}")
    array.flags.writeable = False
    return array


def frozen_channels(channels: Mapping[str, ArrayLike], length: int) -> Mapping[str, Floats]:
    """Return the channels read-only, each of the given length."""
    kept = {name: frozen_floats(values) for name, values in channels.items()}
    for name, values in kept.items():
        if len(values) != length:
            raise ValueError(f"channel {name} has {len(values)} values, the time base has {length}")
    return MappingProxyType(kept)
