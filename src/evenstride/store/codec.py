"""Nouns as JSON text and back, exactly: what a field's type says is what is written and what is accepted.

Built from the types of a frozen dataclass, once per type: text, numbers, dates, times, literals, optional values,
tuples, mappings by name, and dataclasses of these. Numbers keep full precision. Reading ignores fields that it does
not know and gives missing ones their default, so that a noun may grow; anything else that does not fit is an error.

Works for the nouns that are kept. Does not work for arrays: series are read again from the original file.
"""

import json
import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from math import inf, isfinite, nan
from operator import index
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from evenstride.model import Judged, RunReport

Noun = TypeVar("Noun")
Turn = Callable[[Any], Any]

NOT_KEPT: frozenset[tuple[type, str]] = frozenset({(RunReport, "activity"), (Judged, "trace")})
"""Fields that are read again from the original instead of being kept."""

_NOT_FINITE = {"NaN": nan, "Infinity": inf, "-Infinity": -inf}


class Misfit(ValueError):
    """The JSON does not fit the noun."""


def to_json(noun: object) -> str:
    """Return a noun as one line of JSON.

    >>> from evenstride.model import Device
    >>> to_json(Device(manufacturer="garmin"))
    '{"manufacturer":"garmin","product":null}'
    """
    return json.dumps(_writer(cast(Hashable, type(noun)))(noun), allow_nan=False, separators=(",", ":"))


def from_json(kind: type[Noun], text: str) -> Noun:
    """Return the noun that was written.

    Raises
    ------
    Misfit
        When it is no JSON, a value has another type, or a field without a default is missing.

    >>> from evenstride.model import Device
    >>> from_json(Device, '{"manufacturer":"garmin","colour":"red"}')
    Device(manufacturer='garmin', product=None)
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise Misfit(f"{kind.__name__}: not JSON") from None
    noun: Noun = _reader(cast(Hashable, kind))(raw)
    return noun


def _same(value: Any) -> Any:
    return value


# -- writing: value → what json.dumps takes ------------------------------------------------------------------------


@cache
def _writer(kind: Any) -> Turn:
    if kind in _WRITERS:
        return _WRITERS[kind]
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _same
    if origin in (Union, UnionType):
        return _optional(_writer(_only(inner)))
    if origin is tuple:
        return _tuple_writer([_writer(one) for one in inner if one is not Ellipsis], open_end=Ellipsis in inner)
    if origin is Mapping and inner[0] is str:
        return _mapping(_writer(inner[1]))
    raise TypeError(f"{kind} cannot be kept as JSON")


def _dataclass_writer(kind: Any) -> Turn:
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind) if (kind, one.name) not in NOT_KEPT]
    turns = [(name, _writer(hints[name])) for name in names]
    return lambda noun: {name: turn(getattr(noun, name)) for name, turn in turns}


def _tuple_writer(turns: list[Turn], *, open_end: bool) -> Turn:
    if open_end:
        turn = turns[0]
        return lambda values: [turn(value) for value in values]
    return lambda values: [turn(value) for turn, value in zip(turns, values, strict=True)]


def _write_float(value: Any) -> float | str:
    number = float(value)
    return number if isfinite(number) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(number)]


def _write_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {value!r}")
    return value


def _write_aware(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a time to keep must carry its zone")
    return value.isoformat()


_WRITERS: Mapping[Any, Turn] = {
    str: _write_text, bool: bool, int: index, float: _write_float, date: date.isoformat, time: time.isoformat,
    datetime: _write_aware,
}  # fmt: skip


# -- reading: what json.loads gives → value -------------------------------------------------------------------------


@cache
def _reader(kind: Any) -> Turn:
    if kind in _READERS:
        return _READERS[kind]
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _literal_reader(inner)
    if origin in (Union, UnionType):
        return _optional(_reader(_only(inner)))
    if origin is tuple:
        return _tuple_reader([_reader(one) for one in inner if one is not Ellipsis], open_end=Ellipsis in inner)
    if origin is Mapping and inner[0] is str:
        turn = _mapping(_reader(inner[1]))
        return lambda raw: turn(_expect(raw, dict))
    raise TypeError(f"{kind} cannot be kept as JSON")


def _dataclass_reader(kind: Any) -> Turn:
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind) if (kind, one.name) not in NOT_KEPT]
    # Most values are numbers of the very type: taken as they are, without a call for each.
    turns = [(name, hints[name] if hints[name] in (float, int, bool) else None, _reader(hints[name])) for name in names]

    def read(raw: Any) -> Any:
        _expect(raw, dict)
        try:
            return kind(
                **{
                    name: value if type(value := raw[name]) is exactly else turn(value)
                    for name, exactly, turn in turns
                    if name in raw
                }
            )
        except Misfit as error:
            raise Misfit(f"{kind.__name__}: {error}") from None
        except (TypeError, ValueError) as error:  # a field is missing, or the noun itself refuses
            raise Misfit(f"{kind.__name__}: {error}") from None

    return read


def _literal_reader(allowed: tuple[Any, ...]) -> Turn:
    by_value = {one: one for one in allowed}

    def read(raw: Any) -> Any:
        try:
            return by_value[raw]
        except (KeyError, TypeError):
            raise Misfit(f"expected one of {', '.join(map(str, allowed))}, got {raw!r}") from None

    return read


def _tuple_reader(turns: list[Turn], *, open_end: bool) -> Turn:
    if open_end:
        turn = turns[0]
        return lambda raw: tuple([turn(value) for value in _expect(raw, list)])

    def read(raw: Any) -> Any:
        if len(_expect(raw, list)) != len(turns):
            raise Misfit(f"expected {len(turns)} values, got {len(raw)}")
        return tuple([turn(value) for turn, value in zip(turns, raw, strict=False)])

    return read


def _expect(raw: Any, kind: type) -> Any:
    if type(raw) is not kind:
        raise Misfit(f"expected {kind.__name__}, got {raw!r:.60}")
    return raw


def _read_float(raw: Any) -> float:
    if type(raw) is float:
        return raw
    if type(raw) is int:
        return float(raw)
    if type(raw) is str and raw in _NOT_FINITE:
        return _NOT_FINITE[raw]
    raise Misfit(f"expected a number, got {raw!r:.60}")


def _read_text(raw: Any) -> str:
    # The same few words stand in thousands of reports: kept once.
    return sys.intern(_expect(raw, str))


def _exactly(kind: type) -> Turn:
    return lambda raw: _expect(raw, kind)


def _from_iso(kind: Any) -> Turn:
    def read(raw: Any) -> Any:
        try:
            return kind.fromisoformat(_expect(raw, str))
        except ValueError:
            raise Misfit(f"expected a {kind.__name__}, got {raw!r:.60}") from None

    return read


_READERS: Mapping[Any, Turn] = {
    str: _read_text, bool: _exactly(bool), int: _exactly(int), float: _read_float, date: _from_iso(date),
    time: _from_iso(time), datetime: _from_iso(datetime),
}  # fmt: skip


# -- both ways --------------------------------------------------------------------------------------------------


def _only(kinds: tuple[Any, ...]) -> Any:
    others = [one for one in kinds if one is not NoneType]
    if len(others) != 1 or len(kinds) != 2:
        raise TypeError(f"a union of {kinds} cannot be kept as JSON")
    return others[0]


def _optional(turn: Turn) -> Turn:
    return lambda value: None if value is None else turn(value)


def _mapping(turn: Turn) -> Turn:
    return lambda values: {sys.intern(name): turn(value) for name, value in values.items()}
