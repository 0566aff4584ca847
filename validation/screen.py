"""Tests of each leg: how often are equal legs called unequal, and how often are unequal ones found?"""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.judge.screen import compare_limbs
from evenstride.model import Profile, TestResult
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 2000
TRIAL_SD_CM = 6.0
LEVEL_CM = 150.0
TEST = "single_leg_hop"
DAY = date(2026, 5, 4)
SHAPES = ("normal", "skewed")
TRIALS = (2, 3, 4, 5)
BETWEEN = (0.0, 0.5, 0.7, 1.0)
"""Day-to-day sd of one leg, in sds of its trials."""
BORNE_WITHOUT_DAYS = 0.7
"""What the wider limit of a first day is made to bear with two trials; more trials bear more."""
EARLIER = (0, 2, 4, 8)
GAPS = (2.0, 3.0, 4.0, 6.0)
"""True differences between the legs, in sds of a trial."""


class Cell(NamedTuple):
    shape: str
    trials: int
    between: float
    earlier: int
    gap: float = 0.0


def called(cell: Cell) -> float:
    """The share of tests in which the legs are called different beyond error."""
    rng = rng_of(
        SHAPES.index(cell.shape), cell.trials, round(10 * cell.between), cell.earlier, round(10 * cell.gap)
    )  # fmt: skip
    profile = Profile(name="simulated")
    found = 0
    for _ in range(RUNS):
        *earlier, now = (_tested(cell, DAY + timedelta(weeks=week), rng) for week in range(cell.earlier + 1))
        found += compare_limbs(now, profile=profile, earlier=earlier).beyond_error
    return found / RUNS


def _tested(cell: Cell, day: date, rng: np.random.Generator) -> TestResult:
    legs = []
    for gap in (0.0, cell.gap):
        noise = cell.between * rng.standard_normal() + _trials(cell, rng)
        legs.append(tuple(np.round(LEVEL_CM + TRIAL_SD_CM * (gap + noise)).tolist()))
    return TestResult(test=TEST, day=day, left=legs[0], right=legs[1])


def _trials(cell: Cell, rng: np.random.Generator) -> NDArray[np.float64]:
    if cell.shape == "normal":
        normal: NDArray[np.float64] = rng.standard_normal(cell.trials)
        return normal
    # Now and then one trial is much longer, as in standing.
    skewed: NDArray[np.float64] = rng.lognormal(0.0, 0.6, cell.trials) - np.exp(0.18)
    return skewed / float(np.sqrt((np.exp(0.36) - 1.0) * np.exp(0.36)))


def run() -> None:
    equal = [Cell(shape, trials, between, earlier)
             for shape in SHAPES for trials in TRIALS for between in BETWEEN for earlier in EARLIER]  # fmt: skip
    unequal = [Cell("normal", trials, between, earlier, gap)
               for trials in (3, 5) for between in (0.0, 0.5) for earlier in EARLIER for gap in GAPS]  # fmt: skip
    shares = dict(zip(equal + unequal, spread(called, equal + unequal, "screen"), strict=True))
    worst = [
        [f"day-to-day error {between:g} sd of a trial, {'with' if known else 'without'} earlier days",
         percent(max(shares[cell] for cell in equal if cell.between == between and (cell.earlier > 0) == known)),
         "" if between > BORNE_WITHOUT_DAYS and not known else "≤ 5"]
        for between in BETWEEN for known in (False, True)
    ]  # fmt: skip
    header = ["trials a leg, shape", *(f"{between:g} sd, {n} earlier" for between in BETWEEN for n in EARLIER)]
    false_calls = [
        [f"{trials}, {shape}",
         *(percent(shares[Cell(shape, trials, between, n)]) for between in BETWEEN for n in EARLIER)]
        for shape in SHAPES for trials in TRIALS
    ]  # fmt: skip
    power = [
        [f"{trials} trials, days {between:g} sd, {n} earlier",
         *(percent(shares[Cell("normal", trials, between, n, gap)]) for gap in GAPS)]
        for trials in (3, 5) for between in (0.0, 0.5) for n in EARLIER
    ]  # fmt: skip
    intro = (
        f"{RUNS} athletes a cell, hops of {LEVEL_CM:g} cm read to 1 cm, sd of one trial {TRIAL_SD_CM:g} cm. Each leg"
        " also has its own day: its sd is given in sds of a trial. Earlier tests are a week apart. Nothing is published"
        " for this test, so the error comes from the trials and, from two earlier days on, from the days."
    )
    write("screen", "Tests of each leg: false calls and power", intro, [
        "## Equal legs called unequal (%), worst of all shapes and numbers of trials",
        markdown(["", "measured", "required"], worst),
        "## Equal legs called unequal (%)", markdown(header, false_calls),
        "## Unequal legs called unequal (%), by the true difference in sds of a trial",
        markdown(["", *(f"{gap:g} sd" for gap in GAPS)], power),
    ])  # fmt: skip
