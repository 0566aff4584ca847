"""Do level, change, scatter and offset of a season hold the truth of simulated runners?"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.judge.trend import season_metric
from evenstride.model import Estimated, RunPoint, SeasonMetric
from validation.work import markdown, percent, rng_of, spread, write

Floats = NDArray[np.float64]

RUNNERS = 500
RUNS = (4, 8, 20, 60)
START = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
OFFSET_PCT = 1.5
DEVICES: Mapping[str, float] = {"usual": 0.0, "other": OFFSET_PCT}
PAIR_SD_PCT = 0.5
TREADMILL_PCT = 2.0
NOISE_PCT = (0.3, 0.6, 1.0)
OWN_SE_PCT = ((0.2, 0.5), (0.4, 1.2))


@dataclass(frozen=True, kw_only=True)
class Varied:
    """One condition of every run, as the runner says it, and what each of its names adds to the value (%)."""

    condition: str
    names: Sequence[str]
    effects: Mapping[str, float]

    def reference(self, season: SeasonMetric) -> str:
        """The name that the season's offsets are told against; without offsets the one used most."""
        told = [offset.reference for offset in season.offsets if offset.condition == self.condition]
        return told[0] if told else Counter(self.names).most_common(1)[0][0]

    def added(self) -> Floats:
        return np.array([self.effects[name] for name in self.names])


def shoes_in_turn(n: int, rng: np.random.Generator) -> Varied:
    """Pairs of 9 to 15 runs, each worn out before the next, each with an effect of its own."""
    pair = np.repeat(np.arange(n), rng.integers(9, 16, n))[:n]
    names = [f"pair {i:02}" for i in pair]
    effects = {name: rng.normal(0.0, PAIR_SD_PCT) for name in dict.fromkeys(names)}
    return Varied(condition="shoe", names=names, effects=effects)


def shoes_alternating(n: int, rng: np.random.Generator) -> Varied:
    return Varied(condition="shoe", names=rng.choice(["a", "b"], n).tolist(), effects={"a": 0.0, "b": OFFSET_PCT})


def treadmill_in_winter(n: int, rng: np.random.Generator) -> Varied:
    """Four in five of the last 40 % of the runs."""
    inside = (np.arange(n) >= 0.6 * n) & (rng.random(n) < 0.8)
    effects = {"no": 0.0, "yes": TREADMILL_PCT}
    return Varied(condition="treadmill", names=np.where(inside, "yes", "no").tolist(), effects=effects)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A runner: the true level (%) from weeks since the first run and progress 0–1 through the runs."""

    level: Callable[[Floats, Floats], NDArray[np.floating[Any]]]
    heavy_tail: bool = False
    gap_weeks: float = 0.0
    wild_pct: float = 0.0
    replaced: bool = False  # one device until half-time, another from then on
    varies: Callable[[int, np.random.Generator], Varied] | None = None


def steady_level(weeks: Floats, _: Floats) -> Floats:
    return np.full(len(weeks), 2.0)


def closing_level(weeks: Floats, _: Floats) -> Floats:
    return np.clip(3.0 - weeks / 8.0, 0.0, None)


KINDS: Mapping[str, Kind] = {
    "steady": Kind(level=steady_level),
    "steady, t4 noise": Kind(level=steady_level, heavy_tail=True),
    "steady, one run 8 % off": Kind(level=steady_level, wild_pct=8.0),
    "steady, device replaced": Kind(level=steady_level, replaced=True),
    "drift 1 % in 24 weeks": Kind(level=lambda weeks, _: 2.0 + weeks / 24.0),
    "the same, 8 weeks off": Kind(level=lambda weeks, _: 2.0 + weeks / 24.0, gap_weeks=8.0),
    "step of 2 %": Kind(level=lambda _, progress: 1.0 + 2.0 * (progress >= 0.5)),
    "step of 4 %": Kind(level=lambda _, progress: 1.0 + 4.0 * (progress >= 0.5)),
    "closing 3 % in 24 weeks": Kind(level=closing_level),
    "closing, t4 noise": Kind(level=closing_level, heavy_tail=True),
    "steady, shoes one after the other": Kind(level=steady_level, varies=shoes_in_turn),
    "closing, shoes one after the other": Kind(level=closing_level, varies=shoes_in_turn),
    "steady, two shoes alternating": Kind(level=steady_level, varies=shoes_alternating),
    "steady, treadmill in winter": Kind(level=steady_level, varies=treadmill_in_winter),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    name: str
    n: int


@dataclass(frozen=True, kw_only=True)
class Truth:
    level: Floats
    noise_pct: float
    se: Floats
    conditions: Sequence[Varied]  # the last is the one whose offset is asked for

    def at_reference(self, season: SeasonMetric) -> float:
        """The last level under the conditions that the season gives its level at."""
        return float(self.level[-1]) + sum(varied.effects[varied.reference(season)] for varied in self.conditions)


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """Shares of runners whose interval held the truth (nan where none is given), half-widths, and what was said."""

    held: Mapping[str, float]
    half_width: Mapping[str, float]
    said: Mapping[str, float]


def simulate(cell: Cell) -> CellResult:
    rng = rng_of(17, list(KINDS).index(cell.name), cell.n)
    rows = []
    for runner in range(RUNNERS):
        points, truth = _runner(KINDS[cell.name], cell.n, runner, rng)
        rows.append(_judged(points, truth))
    held, half, said = ({key: _mean([row[i][key] for row in rows]) for key in rows[0][i]} for i in range(3))
    return CellResult(held=held, half_width=half, said=said)


def _mean(values: list[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def _runner(kind: Kind, n: int, runner: int, rng: np.random.Generator) -> tuple[list[RunPoint], Truth]:
    """Every second runner has a second device (30 % of runs, 1.5 % offset); noise and intervals take turns."""
    days = np.cumsum(rng.choice([1.0, 2.0, 3.0, 4.0, 5.0], n, p=[0.15, 0.3, 0.25, 0.2, 0.1]))
    days[n // 2 :] += 7.0 * kind.gap_weeks
    progress = np.arange(n) / n
    level: Floats = np.asarray(kind.level((days - days[0]) / 7.0, progress), dtype=np.float64)
    noise = NOISE_PCT[runner % 3]
    se = rng.uniform(*OWN_SE_PCT[runner // 3 % 2], n)
    own = rng.standard_t(4, n) / np.sqrt(2.0) if kind.heavy_tail else rng.standard_normal(n)
    other = progress >= 0.5 if kind.replaced else (rng.random(n) < 0.3) & (runner % 2 == 1) & (np.arange(n) > 0)
    conditions = [Varied(condition="device", names=np.where(other, "other", "usual").tolist(), effects=DEVICES)]
    values = level + noise * own + se * rng.standard_normal(n) + conditions[0].added()
    if kind.wild_pct:
        values[rng.integers(n)] += kind.wild_pct * rng.choice([-1.0, 1.0])
    if kind.varies:
        conditions.append(kind.varies(n, rng))
        values += conditions[-1].added()
    points = [
        RunPoint(
            run=str(i), start=START + timedelta(days=float(days[i])), value=float(values[i]),
            low=float(values[i] - 1.96 * se[i]), high=float(values[i] + 1.96 * se[i]),
            device=conditions[0].names[i], tags={varied.condition: varied.names[i] for varied in conditions[1:]},
        )
        for i in range(n)
    ]  # fmt: skip
    return points, Truth(level=level, noise_pct=noise, se=se, conditions=conditions)


def _judged(points: list[RunPoint], truth: Truth) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    season = season_metric(points, metric="contact_time", source="watch_balance", today=date(2027, 1, 1))
    told = {
        "level": (season.level, truth.at_reference(season)),
        "change since the baseline": (season.change, truth.level[-1] - _baseline(season, truth)),
        "run-to-run sd": (season.run_to_run_sd, float(np.hypot(truth.noise_pct, np.median(truth.se)))),
    }
    offsets = _offsets_held(season, truth.conditions[-1])
    closing = season.closing
    said = {
        "closing": np.nan if closing is None else float(closing.probability_closing > 0.95),
        "growing": np.nan if closing is None else float(closing.probability_growing > 0.95),
        "no worthwhile catch-up": np.nan if closing is None else float(closing.excludes_worthwhile),
        "changed": np.nan if season.change is None else float(season.change.low > 0.0 or season.change.high < 0.0),
        "scatter": float(season.run_to_run_sd is not None),
    }
    return (
        {key: _held(found, true) for key, (found, true) in told.items()} | {"offset": offsets},
        {key: _half_width(found) for key, (found, _) in told.items()},
        said,
    )


def _baseline(season: SeasonMetric, truth: Truth) -> float:
    if season.baseline is None:
        return float("nan")
    until = season.baseline.until
    return float(truth.level[[point.start.date() <= until for point in season.runs]].mean())


def _offsets_held(season: SeasonMetric, varied: Varied) -> float:
    held = [
        _held(offset, varied.effects[offset.name] - varied.effects[offset.reference])
        for offset in season.offsets
        if offset.condition == varied.condition
    ]
    return float(np.mean(held)) if held else float("nan")


def _held(found: Estimated | None, true: float) -> float:
    return float("nan") if found is None else float(found.low <= true <= found.high)


def _half_width(found: Estimated | None) -> float:
    return float("nan") if found is None else 0.5 * (found.high - found.low)


def run() -> None:
    cells = [Cell(name=name, n=n) for name in KINDS for n in RUNS]
    results = dict(zip(cells, spread(simulate, cells, "season"), strict=True))
    parts = []
    for what in TOLD:
        parts += [f"## Coverage of the {what} (%)", _table({c: percent(r.held[what]) for c, r in results.items()})]
    for what in TOLD[:2]:
        half = {cell: f"{result.half_width[what]:.2f}" for cell, result in results.items()}
        parts += [f"## Mean half-width of the {what} (%)", _table(half)]
    for what, title in SAID.items():
        parts += [f"## {title} (%)", _table({c: percent(r.said[what]) for c, r in results.items()})]
    write("season", "Do level, change, scatter and offset hold the truth?", INTRO, [_worst(results), *parts])


TOLD = ("level", "change since the baseline", "run-to-run sd", "offset")
SAID: Mapping[str, str] = {
    "scatter": "Runners told their run-to-run sd",
    "changed": "Runners whose interval of the change excludes 0",
    "closing": "Runners told that the gap closes (probability above 0.95)",
    "growing": "Runners told that the gap grows (probability above 0.95)",
    "no worthwhile catch-up": "Runners told that no worthwhile catch-up is under way",
}

INTRO = (
    f"{RUNNERS} simulated runners a cell, about 2.6 runs a week. A run's own standard error is 0.2–0.5 % or 0.4–1.2 %, "
    "the runner's own noise 0.3, 0.6 or 1.0 %; every second runner has a second device in 30 % of runs, 1.5 % off. "
    "Shoes worn one after the other last 9–15 runs, each pair with an effect of its own (standard deviation "
    f"{PAIR_SD_PCT} %); of two that alternate one is {OFFSET_PCT} % off; in winter, the last 40 % of runs, four "
    f"in five are on a treadmill, {TREADMILL_PCT:g} % off. Offsets are those of shoes and treadmill in these four "
    "kinds, of the second device in the others. "
    "Intervals are of 95 %. Shares are of runners to whom the number is given: a level from four comparable runs, a "
    "change with a run after the baseline, closing where the baseline had a clear side, the run-to-run sd from eight "
    "comparable runs and where no single one makes most of it."
)


def _worst(results: Mapping[Cell, CellResult]) -> str:
    rows = []
    for what in TOLD:
        shares = [100.0 * r.held[what] for r in results.values() if not np.isnan(r.held[what])]
        inside = sum(93.0 <= share <= 98.5 for share in shares)
        rows.append([what, f"{min(shares):.1f}", f"{np.mean(shares):.1f}", f"{max(shares):.1f}",
                     f"{inside} of {len(shares)}", str(sum(share < 93.0 for share in shares))])  # fmt: skip
    return markdown(["coverage (%)", "lowest cell", "mean", "highest cell", "cells in 93–98.5", "cells below"], rows)


def _table(values: Mapping[Cell, str]) -> str:
    rows = [[name, *(values[Cell(name=name, n=n)].replace("nan", "–") for n in RUNS)] for name in KINDS]
    return markdown(["runner", *(f"{n} runs" for n in RUNS)], rows)
