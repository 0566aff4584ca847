"""The side check: how often it is right, wrong or says that it cannot tell."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.judge.side_check import check_side
from evenstride.measure.metrics import leg_samples
from evenstride.model import Activity, Side, SideAnswer, Span
from evenstride.simulate import RunRecipe, simulate_run
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 300
MINUTES = (7, 12, 30)
SHIFTS_PCT = (0, 4, 6, 8, 12, 16, 24, 32, 48)
MEMORY_S = (10.0, 30.0, 60.0, 120.0, 240.0)
RUNNER = RunRecipe(
    speed_effect_pct=-0.6, grade_effect_pct=0.15, turn_effect_pct=-0.08, drift_pct=0.12, warmup_pct=1.5,
    missing_share=0.004, grade_sd_pct=1.5,
)  # fmt: skip
FILTER_S = 5.0
"""A watch's balance follows a change with about this delay."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    minutes: int
    shift_pct: int


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """Shares of right, wrong and unclear answers, with the stretch known and with it looked for."""

    cell: Cell
    known: tuple[float, float, float]
    found: tuple[float, float, float]


def limped(activity: Activity, window: Span, shift_pct: float) -> Activity:
    """Let one foot stay down longer in a stretch: the index moves by ``shift_pct``, positive to the right."""
    t_s = activity.t_s
    rise = 1.0 - np.exp(-np.clip(t_s - window.start_s, 0.0, None) / FILTER_S)
    fall = 1.0 - np.exp(-np.clip(t_s - window.end_s, 0.0, None) / FILTER_S)
    share = shift_pct / 400.0 * (rise - fall)
    legs = tuple(replace(one, left=one.left - share, right=one.right + share) for one in activity.legs)
    return replace(activity, legs=legs)


def answer(activity: Activity, leg: Side, window: Span | None) -> SideAnswer:
    (legs,) = leg_samples(activity)
    try:
        return check_side(
            legs, leg=leg, method="limp", window=window, checked=date(2026, 5, 4), device="simulated"
        ).answer
    except InvalidRequest:
        return "unclear"


def simulate(cell: Cell) -> CellResult:
    rng = rng_of(7, cell.minutes, cell.shift_pct)
    known, found = [], []
    for number in range(RUNS):
        recipe = replace(
            RUNNER, minutes=float(cell.minutes), asymmetry_pct=float(rng.uniform(-4, 4)),
            memory_s=MEMORY_S[number % len(MEMORY_S)],
        )  # fmt: skip
        start = float(rng.uniform(150, 60 * cell.minutes - 240))
        window = Span(start_s=start, end_s=start + float(rng.uniform(45, 75)))
        leg: Side = "right" if rng.random() < 0.5 else "left"
        swapped = bool(rng.random() < 0.5)
        towards = cell.shift_pct * (1 if leg == "right" else -1) * (-1 if swapped else 1)
        run = limped(simulate_run(recipe, rng=rng).activity, window, towards)
        truth = "unclear" if cell.shift_pct == 0 else "swapped" if swapped else "as_named"
        pressed = Span(start_s=window.start_s + rng.uniform(-3, 3), end_s=window.end_s + rng.uniform(-3, 3))
        known.append(_kind(answer(run, leg, pressed), truth))
        found.append(_kind(answer(run, leg, None), truth))
    return CellResult(cell=cell, known=_shares(known), found=_shares(found))


def _kind(said: str, truth: str) -> str:
    if said == "unclear":
        return "unclear"
    return "right" if said == truth else "wrong"


def _shares(kinds: list[str]) -> tuple[float, float, float]:
    right, wrong, unclear = (kinds.count(kind) / len(kinds) for kind in ("right", "wrong", "unclear"))
    return right, wrong, unclear


def run() -> None:
    cells = [Cell(minutes=minutes, shift_pct=shift) for minutes in MINUTES for shift in SHIFTS_PCT]
    results = spread(simulate, cells, "side_check")
    intro = (
        f"{RUNS} simulated runs a cell, half of them recorded by a device that swaps the legs, on an undulating road,"
        f" with a memory of {MEMORY_S[0]:g} to {MEMORY_S[-1]:g} s, the runner's own index within ±4 %. In a stretch of"
        f" 45–75 s one foot stays down longer, so that the index moves by the shift (4 % are one point of balance);"
        f" the watch follows with a delay of {FILTER_S:g} s. Known: the lap button, pressed within 3 s. Looked for:"
        " without it. Without a limp every answer is wrong. Beyond 60 % of balance the samples are left out as"
        " implausible, so that of a limp of 48 % hardly anything is left."
    )
    nothing = [one for one in results if one.cell.shift_pct == 0]
    worst = max(max(one.known[1], one.found[1]) for one in results)
    write("side_check", "Does the side check know left from right?", intro, [
        markdown(["", "measured", "required"], [
            ["wrong answers without a limp, stretch looked for (%)",
             percent(max(one.found[1] for one in nothing)), "≤ 2"],
            ["wrong answers without a limp, stretch known (%)",
             percent(max(one.known[1] for one in nothing)), "≤ 2"],
            ["wrong answers, worst cell (%)", percent(worst), "≤ 2"],
        ]),
        "## Stretch known by the lap button: right / wrong / unclear (%)", _table(results, "known"),
        "## Stretch looked for: right / wrong / unclear (%)", _table(results, "found"),
    ])  # fmt: skip


def _table(results: list[CellResult], which: str) -> str:
    header = ["shift (%) \\ minutes", *(str(minutes) for minutes in MINUTES)]
    shares = {one.cell: getattr(one, which) for one in results}
    rows = [
        [
            str(shift) if shift else "no limp",
            *(
                " / ".join(percent(share) for share in shares[Cell(minutes=minutes, shift_pct=shift)])
                for minutes in MINUTES
            ),
        ]
        for shift in SHIFTS_PCT
    ]
    return markdown(header, rows)
