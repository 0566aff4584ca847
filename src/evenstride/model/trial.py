"""One runner's own experiment: does a cue or a drill help me?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evenstride.model.profile import Side
from evenstride.model.season import Estimated

TrialUnit = Literal["run", "week"]
TrialVerdict = Literal["helps", "hurts", "no_difference", "cannot_tell", "too_early"]
"""``too_early``: not all pairs are done, and before that nobody looks."""
Better = Literal["smaller", "larger"]


@dataclass(frozen=True, kw_only=True)
class TrialPeriod:
    """One run or week of a trial, by its number from 1: with the thing on trial, or without.

    ``pair`` numbers the two that were drawn together. ``monday`` is the first day of a week's period (None: runs count
    as they come). ``washout``: the first run of the week is not looked at, it may still feel the week before.
    """

    number: int
    pair: int
    on: bool
    monday: date | None = None
    washout: bool = False


@dataclass(frozen=True, kw_only=True)
class Trial:
    """An experiment: ``what`` (a cue or drill of the catalogue) on and off in a random order, drawn in pairs.

    ``metric`` and ``source`` say what is looked at. ``smallest`` is the smallest change that matters, in the metric's
    unit (percent for the gap between the legs), ``run_to_run_sd`` the runner's own noise when it was planned, ``power``
    the chance (0–1) of finding such a change with so many pairs. ``seed`` repeats the draw.

    ``usual_side`` is the leg whose value was larger at the start: the gap counts positive towards it (None: a level of
    both legs together). ``better`` says which way is an improvement. ``outlook`` is what it can and cannot find, in
    words. ``told`` are the runs whose period the runner was told, by their name.
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
    usual_side: Side | None = None
    better: Better = "smaller"
    runs_a_week: float | None = None
    outlook: str = ""
    told: Mapping[str, int] = field(default_factory=dict)

    @property
    def pairs(self) -> int:
        """How many pairs of runs or weeks were planned."""
        return len({period.pair for period in self.periods})


@dataclass(frozen=True, kw_only=True)
class TrialPoint:
    """What one run brought to a trial: its period, the gap between the legs, and whether the runner kept to it.

    ``value`` is positive towards the side that was usual when the trial began; a level of both legs is as measured.
    """

    run: str
    day: date
    period: int
    on: bool
    value: float
    kept: bool = True


@dataclass(frozen=True, kw_only=True)
class TrialAnswer:
    """What a trial says: the value with it minus without (negative: smaller with it), and a permutation p value.

    Before its end there are counts only. ``pairs`` are those with both members. ``effect`` is by what was drawn, kept
    to or not, and None under six pairs: it would have no interval. ``kept_effect`` is that of the ``kept_pairs`` in
    which every run was kept to, where some were not. ``waiting_for`` says what is missing.
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
    kept_effect: Estimated | None = None
    kept_pairs: int = 0
