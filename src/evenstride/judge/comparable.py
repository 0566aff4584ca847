"""Like with like: which runs can be compared, and what makes the others differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from types import MappingProxyType

import numpy as np

from evenstride.model import Floats, Note, RunPoint

NOT_SAID = "not said"
TAKES_OVER_RUNS = 5
"""A device is the reference from so many runs in a row on."""
_SAME = 1e-9
_LEAST = 1e-9  # nothing is smaller where all values are the same

CATEGORIES: Mapping[str, Callable[[RunPoint], str]] = MappingProxyType(
    {
        "device": lambda point: point.device or NOT_SAID,
        "shoe": lambda point: point.tags.get("shoe", NOT_SAID),
        "surface": lambda point: point.tags.get("surface", NOT_SAID),
        "treadmill": lambda point: point.tags.get("treadmill", NOT_SAID),
    }
)
"""What a run is compared within, and where a point says it. One more is one more line."""

OFFSET_SIZE: Mapping[str, float] = MappingProxyType({"shoe": 0.35, "surface": 0.7, "treadmill": 0.7})
"""How much one shoe, surface … usually moves a value, in smallest changes that matter (our own convention).

Shoes worn out one after the other could otherwise explain any drift. Of devices nothing is known beforehand: they
disagree by several percent.
"""


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one column of the design means: a category against ``reference``, or a quantity (``name`` is empty)."""

    condition: str
    name: str = ""
    reference: str = ""
    n_runs: int = 0


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Runs in order of time with the design that makes them comparable, shape (n, k), and what was left out.

    ``tells`` (n) is False for the first run of another device: it tells how that one differs, and nothing of the level.
    A quantity that is adjusted for costs one run as well.
    """

    points: tuple[RunPoint, ...]
    design: Floats
    columns: tuple[Column, ...]
    tells: tuple[bool, ...]
    notes: tuple[Note, ...]

    @property
    def n_comparable(self) -> int:
        """How many runs there are to tell the level from; without so many of one device it would be a guess."""
        reference = self.device
        return min(self.n_scattered, sum(point.device == reference for point in self.points))

    @property
    def n_scattered(self) -> int:
        """How many runs tell how far runs lie apart, whichever device they come from."""
        quantities = sum(not column.name for column in self.columns)
        unknown = sum(column.condition not in OFFSET_SIZE for column in self.columns)
        return min(sum(self.tells) - quantities, len(self.points) - unknown)

    def precision(self, smallest: float) -> Floats:
        """What is known beforehand of the slopes, shape (k, k), from the smallest change that matters."""
        return precision(self.columns, smallest)

    @property
    def device(self) -> str:
        """The device that the level is given as by; empty where the runs do not say."""
        named = _reference("device", [CATEGORIES["device"](point) for point in self.points]) if self.points else ""
        return "" if named == NOT_SAID else named

    @property
    def t_days(self) -> Floats:
        """Days since the first run, shape (n,)."""
        first = self.points[0].start
        return np.array([(point.start - first).total_seconds() / 86400.0 for point in self.points])


def precision(columns: Sequence[Column], smallest: float) -> Floats:
    """What is known beforehand of the slopes, the inverse of their covariance, shape (k, k): 0 where nothing is.

    Names of one condition have effects of the same size, the reference included: which one that is changes nothing.
    """
    known = np.zeros((len(columns), len(columns)))
    for condition, size in OFFSET_SIZE.items():
        of = np.array([column.condition == condition for column in columns], dtype=np.float64)
        known += (np.diag(of) - np.outer(of, of) / (of.sum() + 1.0)) / np.square(size * max(smallest, _LEAST))
    return known


def comparable(
    points: Iterable[RunPoint], *, adjusts: Sequence[str], intervals: bool, today: date, needs: Sequence[str] = ()
) -> Compared:
    """Choose the runs that can be compared and say what makes them differ.

    Left out, each with a note: runs tagged ``exclude``, runs after ``today``, runs without an interval where
    ``intervals`` are needed, runs in which a quantity of ``adjusts`` or ``needs`` was not recorded. The most used shoe,
    surface … is the reference; the reference device is that of the latest five runs in a row, before there were any the
    first that had five, and before that the most used. Quantities are taken at their median. A column that says the
    same as earlier ones is dropped.
    """
    ordered = sorted(points, key=lambda point: (point.start, point.run))
    kept, notes = _sifted(ordered, (*adjusts, *needs), intervals=intervals, today=today)
    columns, design, same = independent_columns(len(kept), _candidates(kept, adjusts))
    if same:
        notes.append(_changed_together(same))
    return Compared(
        points=tuple(kept), design=design, columns=tuple(columns), tells=_telling(kept, columns),
        notes=tuple(notes),
    )  # fmt: skip


def independent_columns(n: int, candidates: Iterable[tuple[Column, Floats]]) -> tuple[list[Column], Floats, list[str]]:
    """Return the columns that say something new, their values (n, k), and the conditions of the others."""
    basis = np.full((n, 1), 1.0 / np.sqrt(max(n, 1)))
    columns: list[Column] = []
    kept: list[Floats] = []
    same: dict[str, None] = {}
    for column, values in candidates:
        new = values - basis @ (basis.T @ values)
        new -= basis @ (basis.T @ new)  # once more, for rounding
        size = np.linalg.norm(new)
        if size <= _SAME * np.linalg.norm(values):
            same[column.condition] = None
            continue
        columns.append(column)
        kept.append(values)
        basis = np.column_stack([basis, new / size])
    return columns, np.column_stack(kept) if kept else np.empty((n, 0)), list(same)


def _sifted(
    points: Sequence[RunPoint], needs: Sequence[str], *, intervals: bool, today: date
) -> tuple[list[RunPoint], list[Note]]:
    reasons: Mapping[str, tuple[Callable[[RunPoint], bool], str]] = {
        "runs_excluded": (lambda point: "exclude" in point.tags, "left out because you said so"),
        "runs_in_the_future": (lambda point: point.start.date() > today, "dated after today"),
        "runs_too_short": (
            lambda point: intervals and (point.low is None or point.high is None),
            "left out: under ten usable minutes a run has no interval",
        ),
        "runs_not_adjustable": (
            lambda point: any(not isfinite(point.conditions.get(name, nan)) for name in needs),
            "left out: what the value depends on was not recorded",
        ),
    }
    out: dict[str, list[RunPoint]] = {}
    kept: list[RunPoint] = []
    for point in points:
        code = next((code for code, (applies, _) in reasons.items() if applies(point)), None)
        (kept if code is None else out.setdefault(code, [])).append(point)
    return kept, [_left_out(code, out[code], reasons[code][1]) for code in reasons if code in out]


def _left_out(code: str, points: Sequence[RunPoint], why: str) -> Note:
    days = [point.start.date().isoformat() for point in points]
    listed = ", ".join(days[:5]) + (f" and {len(days) - 5} more" if len(days) > 5 else "")
    return Note(code=code, text=f"{len(days)} {'run' if len(days) == 1 else 'runs'} {why} ({listed}).")


def _changed_together(conditions: Sequence[str]) -> Note:
    return Note(
        code="changed_together",
        text=f"What {' and '.join(conditions)} did cannot be told from what changed at the same time.",
    )


def _candidates(points: Sequence[RunPoint], adjusts: Sequence[str]) -> Iterable[tuple[Column, Floats]]:
    for name in adjusts:
        values = np.array([point.conditions[name] for point in points])
        if len(points) and np.ptp(values) > 0:
            yield Column(condition=name), values - np.median(values)
    for condition, of in CATEGORIES.items():
        names = [of(point) for point in points]
        reference = _reference(condition, names)
        for name, n_runs in sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])):
            if name != reference:
                column = Column(condition=condition, name=name, reference=reference, n_runs=n_runs)
                yield column, np.array([float(one == name) for one in names])


def _reference(condition: str, names: Sequence[str]) -> str:
    """Return what the others are compared with, from every run's name in order of time; empty without runs."""
    counts = Counter(names)
    most = min(counts, key=lambda name: (-counts[name], name), default="")
    return _taken_over(names) or most if condition == "device" else most


def _taken_over(names: Sequence[str]) -> str:
    """Return the name of the latest runs in a row, else the first that was used as often; empty before that.

    Neither the number of runs since long ago nor two devices in turn can make the reference jump to and fro.

    >>> _taken_over("aaaaaab"), _taken_over("aaaaaabbbbb"), _taken_over("aaaaaabbbbba"), _taken_over("abababababab")
    ('a', 'b', 'b', 'a')
    """
    taken, in_a_row, seen = "", 0, Counter[str]()
    for name, before in zip(names, ("", *names), strict=False):
        seen[name] += 1
        in_a_row = in_a_row + 1 if name == before else 1
        if in_a_row >= TAKES_OVER_RUNS or (not taken and seen[name] >= TAKES_OVER_RUNS):
            taken = name
    return taken


def _telling(points: Sequence[RunPoint], columns: Sequence[Column]) -> tuple[bool, ...]:
    unseen = {
        (column.condition, column.name) for column in columns if column.name and column.condition not in OFFSET_SIZE
    }
    tells = []
    for point in points:
        new = {(condition, of(point)) for condition, of in CATEGORIES.items()} & unseen
        unseen -= new
        tells.append(not new)
    return tuple(tells)
