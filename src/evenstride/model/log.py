"""What was felt: after a run, in the morning. What was done of sessions stands beside the plan (``SessionLog``).

Everything may be left out: None and empty mean that nothing was said, never that all was well.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, TypeVar

from evenstride.model.pain import Pain
from evenstride.model.profile import RunKind, Side
from evenstride.model.returning import RedFlag

Rater = Literal["runner", "coach"]
Felt = Literal["left", "right", "even"]
RunBlock = Literal["", "alternating", "late_technique"]
"""``alternating``: repetitions with the mind on one leg in turn, the left one first unless the runner says otherwise.
``late_technique``: technique is what the last part of a long run is about."""
ITEM_MAX = 4
"""An item of a checklist is rated 0 (poor) to 4 (as wished)."""
MINUTES_MAX = 2880.0
"""Two days: the longest races."""


@dataclass(frozen=True, kw_only=True)
class Stiffness:
    """How stiff a joint of one side is (None: both, or not said)."""

    joint: str
    value_0_10: float
    side: Side | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.value_0_10 <= 10:
            raise ValueError("stiffness is 0 to 10")


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """One question of a checklist, rated 0 to 4, with its share of the score (the weights of a list add up to 100)."""

    id: str
    label: str
    question: str
    weight: float
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class RunLog:
    """How a run felt, or how it looked to a coach (``by``, ``name``).

    ``run`` is the kept run's name; empty while no file of it is there. ``items`` rates checklist items 0 to 4, some or
    all. ``harder`` is the leg that worked harder, as felt. ``before_numbers``: asked before the run's numbers were
    shown (None: not known). ``cues`` are what the runner had in mind, ``block`` how the run was laid out,
    ``first`` the leg that the first repetition of alternating blocks was about.
    """

    day: date
    run: str = ""
    items: Mapping[str, int] = field(default_factory=dict)
    harder: Felt | None = None
    effort_0_10: float | None = None
    minutes: float | None = None
    kind: RunKind | None = None
    by: Rater = "runner"
    name: str = ""
    before_numbers: bool | None = None
    without_device: bool = False
    pain: tuple[Pain, ...] = ()
    cues: tuple[str, ...] = ()
    block: RunBlock = ""
    first: Side | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if any(not 0 <= value <= ITEM_MAX for value in self.items.values()):
            raise ValueError(f"an item of a checklist is 0 to {ITEM_MAX}")
        if self.effort_0_10 is not None and not 0 <= self.effort_0_10 <= 10:
            raise ValueError("effort is 0 to 10")
        if self.minutes is not None and not 0 <= self.minutes <= MINUTES_MAX:
            raise ValueError("a run has 0 to 2880 minutes")

    @property
    def load(self) -> float | None:
        """Session load: effort times minutes; None where one of them is not known."""
        return None if self.effort_0_10 is None or self.minutes is None else self.effort_0_10 * self.minutes


@dataclass(frozen=True, kw_only=True)
class DayLog:
    """One morning: what the night, the body and the mood were like. ``soreness_hours`` is how long it has lasted.

    ``cleared_by``: who looked at red flags named until then and said that training may go on (empty: nobody).
    """

    day: date
    sleep_hours: float | None = None
    mood_0_4: int | None = None
    resting_heart_rate_bpm: float | None = None
    stiffness: tuple[Stiffness, ...] = ()
    soreness_0_10: float | None = None
    soreness_hours: float | None = None
    pain: tuple[Pain, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    cleared_by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.sleep_hours is not None and not 0 <= self.sleep_hours <= 24:
            raise ValueError("a night has 0 to 24 hours")
        if self.mood_0_4 is not None and not 0 <= self.mood_0_4 <= ITEM_MAX:
            raise ValueError(f"mood is 0 to {ITEM_MAX}")
        if self.soreness_0_10 is not None and not 0 <= self.soreness_0_10 <= 10:
            raise ValueError("soreness is 0 to 10")
        if self.resting_heart_rate_bpm is not None and not 20 <= self.resting_heart_rate_bpm <= 150:
            raise ValueError("a resting heart rate is 20 to 150 beats a minute")


Told = TypeVar("Told", RunLog, DayLog)


def told_again(earlier: Told, later: Told) -> Told:
    """Join two entries on the same thing: what is newly said replaces, what is not said stays.

    Ratings are joined item by item, stiffness and pain by where they are; a red flag, once raised, stays raised.

    >>> evening = told_again(DayLog(day=date(2026, 5, 4), sleep_hours=7.5), DayLog(day=date(2026, 5, 4), mood_0_4=3))
    >>> evening.sleep_hours, evening.mood_0_4
    (7.5, 3)
    """
    said = {one.name: getattr(later, one.name) for one in fields(later) if getattr(later, one.name) != _unsaid(one)}
    joined = {name: _JOINED[name](getattr(earlier, name), new) for name, new in said.items() if name in _JOINED}
    return replace(earlier, **said | joined)


def _unsaid(one: Any) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _by_place(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({_place(one): one for one in (*old, *new)}.values())


def _place(one: Stiffness | Pain) -> tuple[str, Side | None]:
    return (one.joint if isinstance(one, Stiffness) else one.site, one.side)


_JOINED: Mapping[str, Callable[[Any, Any], Any]] = {
    "items": lambda old, new: {**old, **new},
    "stiffness": _by_place,
    "pain": _by_place,
    "red_flags": lambda old, new: tuple(dict.fromkeys((*old, *new))),
}


@dataclass(frozen=True, kw_only=True)
class HeartRateRecovery:
    """How far heart rate fell in the minute after a hard end of a run, as its file shows it.

    ``at_bpm`` is the heart rate from which it fell. Only runs with a clear end and a minute of standing or walking
    after it tell.
    """

    run: str
    day: date
    drop_bpm: float
    at_bpm: float
    seconds: float = 60.0
