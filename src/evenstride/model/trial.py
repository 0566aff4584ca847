"""One runner's own experiment: does a cue or a drill help me?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenstride.model.season import Estimated

TrialUnit = Literal["run", "week"]
TrialVerdict = Literal["helps", "hurts", "no_difference", "cannot_tell"]


@dataclass(frozen=True, kw_only=True)
class TrialPeriod:
    """One run or week of a trial, by its number from 1: with the thing on trial, or without.

    ``pair`` numbers the two that were drawn together. ``monday`` is the first day of a week's period (None: runs count
    as they come). ``washout``: the first run of a week after a change is not looked at.
    """

    number: int
    pair: int
    on: bool
    monday: date | None = None
    washout: bool = False


@dataclass(frozen=True, kw_only=True)
class Trial:
    """An experiment: ``what`` (a cue or drill of the catalogue) on and off in a random order, drawn in pairs.

    ``metric`` and ``source`` say what is looked at. ``smallest`` is the smallest change of the gap between the legs
    that matters (percent), ``run_to_run_sd`` the runner's own noise when it was planned, ``power`` the chance (0–1) of
    finding such a change with so many pairs. ``seed`` repeats the draw.
    """

    id: str
    what: str
    kind: Literal["cue", "drill"]
    metric: str
    source: str
    unit: TrialUnit
    began: date
    periods: tuple[TrialPeriod, ...]
    smallest: float
    seed: int
    run_to_run_sd: float | None = None
    power: float | None = None
    ended: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TrialPoint:
    """What one run brought to a trial: its period, the gap between the legs, and whether the runner kept to it."""

    run: str
    day: date
    period: int
    on: bool
    value: float
    kept: bool = True


@dataclass(frozen=True, kw_only=True)
class TrialAnswer:
    """What a trial says so far: the gap with it minus without (negative: smaller with it), and a permutation p value.

    ``effect`` is None before both kinds have a run. ``waiting_for`` says what is missing.
    """

    trial: str
    verdict: TrialVerdict
    n_on: int
    n_off: int
    pairs: int
    text: str
    effect: Estimated | None = None
    p_value: float | None = None
    waiting_for: str | None = None
    points: tuple[TrialPoint, ...] = ()
