"""The usual week as rows of a form, and usual weeks to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from evenstride.errors import InvalidRequest
from evenstride.model import FreeSlot, PlannedRun, Profile
from evenstride.model.profile import RunKind
from evenstride.report.athlete_document import WEEKDAYS as NAMES
from evenstride.service.profile_text import WEEKDAYS


class Said(NamedTuple):
    """What a day holds, in short: a run of a kind, or free minutes, whose kind is empty."""

    kind: str
    minutes: str


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """One weekday with its runs and free minutes; of each at least one line, which may be empty."""

    key: str
    name: str
    runs: tuple[tuple[str, str, str], ...]
    free: tuple[tuple[str, str], ...]

    @property
    def says(self) -> tuple[Said, ...]:
        """What stands in the line of a day that is folded.

        >>> week_rows(usual_week(Profile(name="Ada"), 3))[1].says
        (Said(kind='easy', minutes='45'),)
        """
        runs = [Said(kind, minutes) for kind, minutes, _ in self.runs if kind]
        return (*runs, *(Said("", minutes) for minutes, _ in self.free if minutes))


def week_rows(profile: Profile) -> tuple[DayRow, ...]:
    """Return the week that is kept as seven rows."""
    return tuple(_row(profile, day) for day in range(7))


def week_words(
    days: Sequence[str], kinds: Sequence[str], minutes: Sequence[str], times: Sequence[str]
) -> tuple[str, ...]:
    """Return what the lines of a form say, as words of the profile; a line without minutes (and no rest) says nothing.

    >>> week_words(["tue", "wed"], ["easy", ""], ["45", ""], ["18:00", ""])
    ('tue easy 45 18:00',)
    """
    if not len(days) == len(kinds) == len(minutes) == len(times):
        raise InvalidRequest("The week cannot be read.", help="Open the page again.")
    told = []
    for day, kind, long, at in zip(days, kinds, minutes, times, strict=True):
        if day not in WEEKDAYS:
            raise InvalidRequest(f"{day} is no weekday.", help="Open the page again.")
        said = [part.strip() for part in (day, kind, long, at) if part.strip()]
        if long.strip() or kind.strip():
            told.append(" ".join(said))
    return tuple(told)


def usual_week(profile: Profile, runs: int) -> Profile:
    """Return the profile with a usual week of so many runs, to be looked at and changed before it is kept.

    >>> [one.kind for one in usual_week(Profile(name="Ada"), 3).runs]
    ['easy', 'intervals', 'long']
    """
    free = tuple(FreeSlot(weekday=day, minutes=30) for day in _FREE[runs])
    planned = tuple(PlannedRun(weekday=day, kind=kind, minutes=minutes) for day, kind, minutes in _RUNS[runs])
    return replace(profile, runs=planned, free=free)


def _row(profile: Profile, day: int) -> DayRow:
    runs = [(one.kind, _number(one.minutes), _time(one)) for one in profile.runs if one.weekday == day]
    free = [(_number(one.minutes), _time(one)) for one in profile.free if one.weekday == day]
    return DayRow(
        key=WEEKDAYS[day], name=NAMES[day], runs=tuple(runs) or (("", "", ""),), free=tuple(free) or (("", ""),)
    )


def _number(minutes: float) -> str:
    return f"{minutes:g}" if minutes else ""


def _time(slot: PlannedRun | FreeSlot) -> str:
    return f"{slot.at:%H:%M}" if slot.at else ""


_EASY: tuple[RunKind, float] = ("easy", 45.0)
_HARD: tuple[RunKind, float] = ("intervals", 50.0)
_TEMPO: tuple[RunKind, float] = ("tempo", 50.0)
_LONG: tuple[RunKind, float] = ("long", 80.0)
_RUNS: Mapping[int, tuple[tuple[int, RunKind, float], ...]] = {
    2: ((2, *_EASY), (6, *_LONG)),
    3: ((1, *_EASY), (3, *_HARD), (6, *_LONG)),
    4: ((1, *_HARD), (2, *_EASY), (4, *_TEMPO), (6, *_LONG)),
    5: ((0, *_EASY), (1, *_HARD), (3, *_EASY), (4, *_TEMPO), (6, *_LONG)),
    6: ((0, *_EASY), (1, *_HARD), (2, *_EASY), (3, *_TEMPO), (5, *_EASY), (6, *_LONG)),
}
_FREE: Mapping[int, tuple[int, ...]] = {2: (0, 3, 4), 3: (0, 2, 4), 4: (0, 3, 5), 5: (0, 2, 5), 6: (0, 2, 4)}
USUAL_RUNS = tuple(_RUNS)
"""How many runs a week there is a usual week for (our own convention, to begin with)."""
