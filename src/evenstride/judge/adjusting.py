"""A level at the usual conditions: how it depends on what is recorded beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from types import MappingProxyType

import numpy as np

from evenstride.judge.comparable import Column, Compared, independent_columns, precision
from evenstride.model import Floats, Level, RunPoint
from evenstride.stats.local_level import LocalLevelFit, fit_local_level

TEMPERATURE = "temperature_c"
TEMPERATURE_SLOPE: Mapping[str, float] = MappingProxyType({"heart_rate_bpm": 1.0, "effort_0_10": 0.1})
"""How much a degree usually adds (our own convention): runs of one season say little of another's temperatures."""
RESPONSES: Mapping[str, str] = MappingProxyType({"heart_rate_bpm": "heart rate", "effort_0_10": "effort"})
_LEAST = 1e-9


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """By how much a value goes up with a unit of each quantity (``slopes``), and each quantity's ``usual`` value."""

    usual: Mapping[str, float]
    slopes: Mapping[str, float]

    def at_usual(self, point: RunPoint) -> float | None:
        """Return the run's value at the usual conditions; None where one was not recorded.

        >>> from datetime import UTC, datetime
        >>> start = datetime(2026, 3, 2, tzinfo=UTC)
        >>> run = RunPoint(run="1", start=start, value=3.0, conditions={"heart_rate_bpm": 150.0})
        >>> print(Adjustment(usual={"heart_rate_bpm": 145.0}, slopes={"heart_rate_bpm": 0.04}).at_usual(run))
        2.8
        """
        away = [slope * (point.conditions.get(name, nan) - self.usual[name]) for name, slope in self.slopes.items()]
        value = point.value - sum(away)
        return value if isfinite(value) else None


def adjustment(compared: Compared, level: Level) -> Adjustment | None:
    """Find how a level depends on the quantities it is adjusted for, from runs at hand.

    The level may move meanwhile, and devices and shoes may differ. Where the level is judged ``through`` a noisier
    quantity, such as heart rate, that one is regressed on the value: the other way round, its noise would make the
    slope too flat, and easier runs would look like lost fitness.

    Returns
    -------
    None with too few runs, and where the noisier quantity does not clearly go up with the value: its 95 % interval
    holds 0.
    """
    names = quantities(compared.points, level)
    values = {name: _recorded(compared.points, name) for name in names}
    usual = {name: float(np.median(at)) for name, at in values.items()} if compared.points else {}
    own = np.array([point.value for point in compared.points])
    if not level.through:
        found = _slopes(compared, own, values, smallest=level.smallest)
        return None if found is None else Adjustment(usual=usual, slopes={name: at for name, (at, _) in found.items()})
    response = values.pop(level.through)
    found = _slopes(compared, response, {"value": own} | values, smallest=level.smallest * _rough(own, response),
                    temperature=TEMPERATURE_SLOPE[level.through])  # fmt: skip
    rises, low = found["value"] if found else (0.0, 0.0)
    if found is None or low <= 0.0:
        return None
    others = {name: -at / rises for name, (at, _) in found.items() if name != "value"}
    return Adjustment(usual=usual, slopes={level.through: 1.0 / rises} | others)


def quantities(points: Sequence[RunPoint], level: Level) -> tuple[str, ...]:
    """Return what a level is adjusted for: where it is judged through another quantity also temperature, if known."""
    warm = level.through and all(isfinite(point.conditions.get(TEMPERATURE, nan)) for point in points)
    return (*level.adjusts, TEMPERATURE) if warm else level.adjusts


def not_rising(level: Level) -> str:
    """Say what is missing where the noisier quantity does not clearly go up with the value."""
    return f"runs at speeds different enough to see your {RESPONSES[level.through]} rise with them"


def _recorded(points: Sequence[RunPoint], name: str) -> Floats:
    return np.array([point.conditions[name] for point in points])


def _rough(value: Floats, response: Floats) -> float:
    """How much the response changes with the value, whatever the sign; only what shoes may do is judged by it."""
    centred = value - value.mean() if len(value) else value
    return abs(float(centred @ response)) / max(float(centred @ centred), _LEAST)


def _slopes(
    compared: Compared, response: Floats, values: Mapping[str, Floats], *, smallest: float, temperature: float = np.inf
) -> dict[str, tuple[float, float]] | None:
    """Return each quantity's slope and its lower end; 0 for one that does not vary, None with too few runs."""
    columns, design, _ = independent_columns(len(response), _columns(compared, values))
    known = precision(columns, smallest)
    for place, column in enumerate(columns):
        if column.condition == TEMPERATURE:
            known[place, place] = 1.0 / temperature**2
    if len(response) < 3 + (~known.any(axis=1)).sum():
        return None
    fit = fit_local_level(compared.t_days, response, se=np.zeros(len(response)), design=design, precision=known)
    return dict.fromkeys(values, (0.0, 0.0)) | _found(columns, fit)


def _found(columns: Sequence[Column], fit: LocalLevelFit) -> dict[str, tuple[float, float]]:
    return {
        column.condition: (slope.estimate, slope.low)
        for column, slope in zip(columns, fit.offsets, strict=True)
        if not column.name
    }


def _columns(compared: Compared, values: Mapping[str, Floats]) -> Iterable[tuple[Column, Floats]]:
    for name, at in values.items():
        if len(at) and np.ptp(at) > 0.0:
            yield Column(condition=name), at - np.median(at)
    yield from zip(compared.columns, compared.design.T, strict=True)
