"""How the nouns keep their arrays: float64, read-only, of one length, equal when their values are."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

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
    return Channels(kept)


class Channels(Mapping[str, Floats]):
    """Named arrays that cannot be replaced. Unlike a mapping proxy it travels between processes."""

    __slots__ = ("_by_name",)

    def __init__(self, by_name: Mapping[str, Floats]) -> None:
        self._by_name = dict(by_name)

    def __getitem__(self, name: str) -> Floats:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __repr__(self) -> str:
        return f"Channels({', '.join(self._by_name)})"


def equal_by_value(one: Any, other: Any) -> bool:
    """Compare two nouns field by field, arrays by their values: what ``==`` means for nouns that hold arrays.

    Missing values (NaN) at the same places are equal.
    """
    if type(one) is not type(other):
        return False
    return all(_same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one) if field.compare)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)
