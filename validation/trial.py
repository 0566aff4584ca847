"""One runner's own trial: false alarms, power, coverage, and whether the planned number of pairs keeps its promise."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import sqrt

import numpy as np

from evenstride.model import Estimated, Floats, RunPoint, SeasonMetric, Trial, TrialUnit
from evenstride.review.trial import TrialAsked, analyse_trial, plan_trial, trial_points
from validation.work import markdown, percent, rng_of, spread, write

RUNNERS = 2000
BEGAN = date(2026, 5, 4)
OVER = BEGAN + timedelta(weeks=104)
RUNS_A_WEEK = 3
GAP = 4.0
MEMORIES = (0.0, 0.3, 0.6)
DRIFTS_SD = (0.0, 2.0)
EFFECTS_SD = (0.0, 0.5, 1.0, 1.5, 2.0)
UNITS: Mapping[TrialUnit, int] = {"run": 12, "week": 6}
NOISES = ("normal", "heavy tails", "more noise with it")
LAPSES = "one run in five not kept to"
RATIOS = (1.25, 1.3, 1.4, 1.5, 1.75, 2.0, 2.25, 2.6)
EARLIER_RUNS = 12


@dataclass(frozen=True, kw_only=True)
class Cell:
    """``effect_sd`` and ``drift_sd`` (over the whole trial) are in sd of a run; ``kept`` the share of runs kept to."""

    unit: TrialUnit
    memory: float = 0.0
    drift_sd: float = 0.0
    effect_sd: float = 0.0
    noise: str = "normal"
    kept: float = 1.0


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """Share of trials with p ≤ 0.05, of intervals that hold the truth, and of each answer."""

    cell: Cell
    found: float
    coverage: float
    said: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A runner for whom the smallest change is ``ratio`` sd of a run; the sd is known, or from earlier runs."""

    ratio: float
    known: bool


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    rule: Rule
    pairs: float
    promised: float
    reached: float


def season(sd: float) -> SeasonMetric:
    return SeasonMetric(
        metric="contact_time", label="contact time", unit="%", kind="index", source="watch_balance", n_runs=30, runs=(),
        level=Estimated(value=GAP, low=GAP - 0.5, high=GAP + 0.5),
        run_to_run_sd=Estimated(value=sd, low=0.5 * sd, high=2.0 * sd),
    )  # fmt: skip


def asked(unit: TrialUnit, pairs: int, smallest: float) -> TrialAsked:
    return TrialAsked(
        id="t", what="quiet_feet", kind="cue", began=BEGAN, smallest_that_matters=smallest, smallest=smallest,
        unit=unit, most_pairs=pairs, runs_a_week=float(RUNS_A_WEEK),
    )  # fmt: skip


@cache
def planned(unit: TrialUnit, seed: int) -> Trial:
    """A trial of as many pairs as are allowed, whatever it could find."""
    trial = plan_trial(asked(unit, UNITS[unit], 0.1), season(1.0), seed=seed)
    return replace(trial, smallest=1.5)


def noise_of(cell: Cell, n: int, rng: np.random.Generator) -> Floats:
    """Draw sd 1 from run to run: AR(1), the first run as uncertain as any, with a drift of either sign."""
    fresh = rng.standard_t(4, n) / sqrt(2.0) if cell.noise == "heavy tails" else rng.standard_normal(n)
    noise = fresh.copy()
    for t in range(1, n):
        noise[t] = cell.memory * noise[t - 1] + sqrt(1.0 - cell.memory**2) * fresh[t]
    drift: Floats = cell.drift_sd * np.linspace(0.0, 1.0, n) * rng.choice((-1.0, 1.0))
    return noise + drift


def runs_of(trial: Trial, cell: Cell, rng: np.random.Generator) -> tuple[list[RunPoint], Mapping[str, bool]]:
    """The runs of a whole trial, and whether each was kept to: one that was not is as the other kind would be."""
    per = RUNS_A_WEEK if trial.unit == "week" else 1
    on = np.repeat([period.on for period in trial.periods], per)
    kept = rng.random(len(on)) < cell.kept
    noise = noise_of(cell, len(on), rng)
    if cell.noise == "more noise with it":
        noise = noise * np.where(on, 1.5, 1.0)
    values = GAP + noise + cell.effect_sd * (on == kept)
    start = datetime.combine(BEGAN, time(7), UTC)
    days = [7 * (i // RUNS_A_WEEK) + 2 * (i % RUNS_A_WEEK) for i in range(len(on))]
    runs = [
        RunPoint(run=f"{i:03}", start=start + timedelta(days=day), value=float(value))
        for i, (day, value) in enumerate(zip(days, values, strict=True))
    ]
    return runs, {run.run: bool(one) for run, one in zip(runs, kept, strict=True)}


def simulate(cell: Cell) -> CellResult:
    rng = rng_of(41, *(int(100 * x) for x in (cell.memory, cell.drift_sd, cell.effect_sd, cell.kept)),
                 list(UNITS).index(cell.unit), NOISES.index(cell.noise))  # fmt: skip
    found, held, said = 0, 0, Counter[str]()
    for number in range(RUNNERS):
        trial = planned(cell.unit, number)
        runs, kept = runs_of(trial, cell, rng)
        answer = analyse_trial(trial, trial_points(trial, runs, kept=kept), today=OVER)
        assert answer.effect is not None
        assert answer.p_value is not None
        truth = cell.effect_sd * (2.0 * cell.kept - 1.0)
        found += answer.p_value <= 0.05
        held += answer.effect.low <= truth <= answer.effect.high
        said[answer.verdict] += 1
    return CellResult(
        cell=cell, found=found / RUNNERS, coverage=held / RUNNERS,
        said={verdict: count / RUNNERS for verdict, count in said.items()},
    )  # fmt: skip


def keep_promise(rule: Rule) -> RuleResult:
    """Plan as many pairs as the rule asks for, and count how often the smallest change is found when it is there."""
    rng = rng_of(43, int(100 * rule.ratio), int(rule.known))
    cell = Cell(unit="run", effect_sd=-rule.ratio)
    pairs, promised, reached = [], [], 0
    for number in range(RUNNERS):
        sd = 1.0 if rule.known else float(np.std(rng.standard_normal(EARLIER_RUNS), ddof=1))
        trial = plan_trial(asked("run", UNITS["run"], rule.ratio), season(sd), seed=number)
        runs, _ = runs_of(trial, cell, rng)
        answer = analyse_trial(trial, trial_points(trial, runs))
        reached += answer.p_value is not None and answer.p_value <= 0.05
        pairs.append(trial.pairs)
        promised.append(trial.power or 0.0)
    return RuleResult(
        rule=rule, pairs=float(np.mean(pairs)), promised=float(np.mean(promised)), reached=reached / RUNNERS
    )  # fmt: skip


def run() -> None:
    grid = [
        Cell(unit=unit, memory=memory, drift_sd=drift, effect_sd=effect)
        for unit in UNITS for memory in MEMORIES for drift in DRIFTS_SD for effect in EFFECTS_SD
    ]  # fmt: skip
    odd = [Cell(unit=unit, noise=noise, effect_sd=effect) for unit in UNITS for noise in NOISES[1:]
           for effect in (0.0, 1.5)]  # fmt: skip
    lapses = [Cell(unit=unit, kept=0.8, effect_sd=effect) for unit in UNITS for effect in (0.0, 1.5)]
    results = {one.cell: one for one in spread(simulate, [*grid, *odd, *lapses], "trial")}
    rules = [Rule(ratio=ratio, known=known) for known in (True, False) for ratio in RATIOS]
    promises = {one.rule: one for one in spread(keep_promise, rules, "pairs")}
    intro = (
        f"{RUNNERS} simulated runners a cell. Noise has sd 1 from run to run, with an AR(1) correlation of ρ between"
        f" neighbouring runs and, where said, a drift of that many sd over the trial. Trials of {UNITS['run']} pairs of"
        f" runs, or of {UNITS['week']} pairs of weeks with {RUNS_A_WEEK} runs, the first of which does not count."
        " Effects are in sd of a run. The smallest change that matters is 1.5. A share of 5 % is measured within ±1.0"
        " points, and the worst of many cells lies above it by chance."
    )
    nothing = [one for one in results.values() if one.cell.effect_sd == 0.0]
    constant = [one for one in results.values() if one.cell.kept == 1.0]
    known = [one for one in promises.values() if one.rule.known and one.promised >= 0.8]
    write("trial", "Does a runner's own trial keep its promises?", intro, [
        markdown(["", "measured", "required"], [
            ["false alarms, mean of the cells without an effect (%)",
             percent(float(np.mean([one.found for one in nothing]))), "≤ 5.0"],
            ["false alarms, worst cell (%)", percent(max(one.found for one in nothing)), "≤ 6.5"],
            ["coverage of the 95 % interval, worst cell (%)", percent(min(one.coverage for one in constant)), "≥ 93.5"],
            ["power where 80 % is promised and the noise is known, worst cell (%)",
             percent(min(one.reached for one in known)), "≥ 78"],
        ]),
        "## Found (p ≤ 0.05, %), by effect: 0 is a false alarm", _table(results, grid, "found"),
        "## The interval holds the truth (%)", _table(results, grid, "coverage"),
        "## Other noise, and one run in five not kept to (%)", _others(results, [*odd, *lapses]),
        "## What runners are told, ρ = 0.3, no drift: helps or hurts / no difference / cannot tell (%)", _told(results),
        "## The number of pairs: promised and reached (%)", _promises(promises),
    ])  # fmt: skip


def _table(results: Mapping[Cell, CellResult], grid: list[Cell], what: str) -> str:
    rows = [
        [f"{unit}s, ρ = {memory:g}, drift {drift:g} sd",
         *(percent(getattr(results[Cell(unit=unit, memory=memory, drift_sd=drift, effect_sd=effect)], what))
           for effect in EFFECTS_SD)]
        for unit, memory, drift in dict.fromkeys((cell.unit, cell.memory, cell.drift_sd) for cell in grid)
    ]  # fmt: skip
    return markdown(["trial by \\ effect (sd)", *(f"{effect:g}" for effect in EFFECTS_SD)], rows)


def _others(results: Mapping[Cell, CellResult], cells: list[Cell]) -> str:
    rows = [
        [f"{cell.unit}s, {cell.noise if cell.kept == 1.0 else LAPSES}, effect {cell.effect_sd:g}",
         percent(results[cell].found), percent(results[cell].coverage)]
        for cell in cells
    ]  # fmt: skip
    return markdown(["", "found", "interval holds the mean effect"], rows)


def _told(results: Mapping[Cell, CellResult]) -> str:
    rows = []
    for unit in UNITS:
        cells = [results[Cell(unit=unit, memory=0.3, effect_sd=effect)] for effect in EFFECTS_SD]
        rows.append([f"{unit}s", *(
            " / ".join(percent(share) for share in (
                one.said.get("helps", 0.0) + one.said.get("hurts", 0.0), one.said.get("no_difference", 0.0),
                one.said.get("cannot_tell", 0.0),
            ))
            for one in cells
        )])  # fmt: skip
    return markdown(["trial by \\ effect (sd)", *(f"{effect:g}" for effect in EFFECTS_SD)], rows)


def _promises(promises: Mapping[Rule, RuleResult]) -> str:
    rows = []
    for ratio in RATIOS:
        known, estimated = (promises[Rule(ratio=ratio, known=known)] for known in (True, False))
        rows.append([
            f"{ratio:g}", *(
                text for one in (known, estimated)
                for text in (f"{one.pairs:.1f}", percent(one.promised), percent(one.reached))
            ),
        ])  # fmt: skip
    header = [
        "smallest change (sd of a run)", "pairs", "promised", "reached", f"pairs, sd from {EARLIER_RUNS} runs",
        "promised", "reached",
    ]  # fmt: skip
    return markdown(header, rows)
