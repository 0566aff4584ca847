"""The usual week as rows of a form, and what its lines say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evenstride.errors import InvalidRequest
from evenstride.model import FreeSlot, PlannedRun, Profile
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

        >>> from evenstride.service.usual_week import usual_week
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
