"""Tests of each leg: how often are equal legs called unequal, and how often are unequal ones found?"""

from collections.abc import Mapping
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
BETWEEN = (0.0, 0.5, 0.7, 1.0, 1.5)
"""Day-to-day sd of one leg, in sds of its trials."""
BORNE_WITH_DAYS = 1.0
BORNE_WITHOUT_DAYS = 0.7
"""What the wider limit of a first day must bear, however trials scatter: it is made for 1 where they are normal."""
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


def _worst(shares: Mapping[Cell, float], between: float, *, known: bool) -> list[list[str]]:
    """One row for all shapes where the limit must bear them, else one for each."""
    borne = between <= (BORNE_WITH_DAYS if known else BORNE_WITHOUT_DAYS)
    days = f"day-to-day error {between:g} sd of a trial, {'with' if known else 'without'} earlier days"
    rows = []
    for shapes in (SHAPES,) if borne else tuple((shape,) for shape in SHAPES):
        called_unequal = [
            share for cell, share in shares.items()
            if not cell.gap and (cell.between, cell.earlier > 0) == (between, known) and cell.shape in shapes
        ]  # fmt: skip
        named = days if borne else f"{days}, {shapes[0]} trials"
        rows.append([named, percent(max(called_unequal)), "≤ 5" if borne else ""])
    return rows


def run() -> None:
    equal = [Cell(shape, trials, between, earlier)
             for shape in SHAPES for trials in TRIALS for between in BETWEEN for earlier in EARLIER]  # fmt: skip
    unequal = [Cell("normal", trials, between, earlier, gap)
               for trials in (3, 5) for between in (0.0, 0.5) for earlier in EARLIER for gap in GAPS]  # fmt: skip
    shares = dict(zip(equal + unequal, spread(called, equal + unequal, "screen"), strict=True))
    worst = [row for between in BETWEEN for known in (False, True) for row in _worst(shares, between, known=known)]
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
        " for this test, so the error comes from the trials and, from two earlier days on, from the days. On a first"
        " day each leg is taken to have its own day, as variable as one trial: more than that is not borne, nor is that"
        " much where trials are skewed. A single share of 5 is uncertain by 1 point (95 %), the largest of many by"
        " more."
    )
    write("screen", "Tests of each leg: false calls and power", intro, [
        "## Equal legs called unequal (%), worst of all shapes and numbers of trials",
        markdown(["", "measured", "required"], worst),
        "## Equal legs called unequal (%)", markdown(header, false_calls),
        "## Unequal legs called unequal (%), by the true difference in sds of a trial",
        markdown(["", *(f"{gap:g} sd" for gap in GAPS)], power),
    ])  # fmt: skip
