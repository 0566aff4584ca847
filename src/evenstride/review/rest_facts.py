"""What the rest decisions ask, one small function a question: yes, no, or not known, and on what that rests.

Missing data are neither good nor bad: they are answered None and said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from evenstride.model import ReviewCase, Side
from evenstride.review.aches import Ache, aches, answered, spells
from evenstride.review.late import growths
from evenstride.review.strain import in_a_row, readings
from evenstride.review.tables import limits


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it is put to a fact: of whom, on which day, how far back, and with which threshold.

    ``stopped``: an earlier node of the same walk said stop.
    """

    case: ReviewCase
    day: date
    days: int
    threshold: float
    about: str = ""
    stopped: bool = False

    @property
    def since(self) -> date:
        """The first day that is looked at."""
        return self.day - timedelta(days=self.days - 1)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A fact's answer; ``about`` names the exercises and sides that it is about."""

    yes: bool | None
    text: str
    about: tuple[tuple[str, Side | None], ...] = ()


def _flag(asked: Asked) -> Answer:
    case, since = asked.case, asked.since
    entries = [(one.day, one.red_flags) for one in case.days]
    entries += [(one.day, one.red_flags) for one in (case.returning.recent if case.returning else ())]
    here = [(day, flags) for day, flags in entries if since <= day <= asked.day]
    cleared = {one.day: one.cleared_by for one in case.days if one.cleared_by and one.day <= asked.day}
    last = max(cleared, default=date.min)
    named = [day for day, flags in here if asked.about in flags]
    if named and max(named) <= last:
        return Answer(yes=False, text=f"Named on {max(named)}; looked at by {cleared[last]} on {last}, who said go on.")
    if named:
        return Answer(yes=True, text=f"Named on {max(named)}.")
    if not here:
        return Answer(yes=None, text=f"No diary entry since {asked.since}.")
    return Answer(yes=False, text=f"Not named in {len(here)} entries since {asked.since}.")


def _stopped(asked: Asked) -> Answer:
    return Answer(yes=asked.stopped, text="A red flag was named." if asked.stopped else "No red flag was named.")


def _any_log(asked: Asked) -> bool:
    case, since = asked.case, asked.since
    days = [one.day for one in case.sessions] + [one.day for one in case.runs] + [one.day for one in case.days]
    return any(since <= day <= asked.day for day in days)


def _told(asked: Asked, found: list[Ache], none: str) -> Answer:
    if found:
        text = "; ".join(sorted({f"{one.words} ({one.day})" for one in found}))
        about = dict.fromkeys((one.exercise, one.side) for one in found)
        return Answer(yes=True, text=f"{text}.", about=tuple(about))
    if not _any_log(asked):
        return Answer(yes=None, text=f"Nothing logged since {asked.since}.")
    return Answer(yes=False, text=none)


def _provoking(asked: Asked) -> Answer:
    found = [one for one in aches(asked.case, day=asked.day, days=asked.days) if one.warns]
    standing = [one for one in found if not answered(asked.case, one, day=asked.day)]
    return _told(asked, standing, f"None named since {asked.since}.")


def pain_limit(case: ReviewCase, threshold: float) -> float:
    """How much pain an exercise may provoke: more while a return to running is under way."""
    under_way = case.returning is not None and case.returning.finished_on is None
    return float(limits("rest")["pain_in_return_0_10"]) if under_way else threshold


def _exercise_pain(asked: Asked) -> Answer:
    most = pain_limit(asked.case, asked.threshold)
    found = [one for one in aches(asked.case, day=asked.day, days=asked.days) if one.exercise]
    standing = [one for one in found if one.value_0_10 > most and not answered(asked.case, one, day=asked.day)]
    return _told(asked, standing, f"None above {most:g} of 10 since {asked.since}.")


def _persisting(asked: Asked) -> Answer:
    figures = limits("rest")
    found = aches(asked.case, day=asked.day, days=int(figures["persisting_look_back_days"]))
    lasting = []
    for spell in spells([one for one in found if one.watched], gap_days=int(figures["persisting_gap_days"])):
        sessions = len({one.entry for one in spell if one.entry})
        lasted = (spell[-1].day - spell[0].day).days
        fresh = (asked.day - spell[-1].day).days < asked.days
        if fresh and (sessions >= asked.threshold or lasted >= figures["persisting_days"]):
            named = f"named {len(spell)} times, in {sessions} sessions, from {spell[0].day} to {spell[-1].day}"
            lasting.append((spell[-1], f"{spell[-1].where}: {named}"))
    if lasting:
        text = "; ".join(sorted(text for _, text in lasting))
        about = dict.fromkeys((one.exercise, one.side) for one, _ in lasting)
        return Answer(yes=True, text=f"{text}.", about=tuple(about))
    return _told(asked, [], "No pain came back so often or lasted so long.")


def _soreness(asked: Asked) -> Answer:
    said = [(one.day, one.soreness_0_10, one.soreness_hours) for one in asked.case.days]
    said += [(one.day, one.soreness_0_10, one.soreness_hours) for one in asked.case.sessions]
    since = asked.since
    here = [one for one in said if since <= one[0] <= asked.day and one[1:] != (None, None)]
    if not here:
        return Answer(yes=None, text=f"Nothing said of soreness since {asked.since}.")
    last = max(day for day, _, _ in here)
    hours = [hours for day, _, hours in here if day == last and hours is not None]
    sore = [value for day, value, _ in here if day == last and value is not None]
    if sore and max(sore) == 0.0:
        return Answer(yes=False, text=f"Not sore on {last}.")
    longest = max([*hours, 24.0 * _sore_days(here, last)])
    if not hours and longest <= asked.threshold:
        return Answer(yes=None, text=f"Sore on {last}; how long was not said.")
    return Answer(yes=longest > asked.threshold, text=f"Sore for {longest:g} h on {last}; the limit is 72 h.")


def _sore_days(here: list[tuple[date, float | None, float | None]], last: date) -> int:
    """For how many days before the last one soreness was named without a gap."""
    sore, count = {day for day, value, _ in here if value}, 0
    while last - timedelta(days=count) in sore:
        count += 1
    return count


def _strain(asked: Asked) -> Answer:
    found = readings(asked.case, day=asked.day)
    here = [one for one in found if one.day >= asked.since]
    if not here:
        return Answer(yes=None, text=f"No effort or recovery since {asked.since} that could be compared.")
    outside = [one for one in here if one.outside]
    if asked.threshold >= 2:
        row = in_a_row(found)
        text = (
            f"On {row} days in a row, the last on {here[-1].day}."
            if row
            else f"Not on {here[-1].day}, the last day that can tell."
        )
        return Answer(yes=row >= asked.threshold, text=text)
    text = "; ".join(one.text for one in outside) or f"All {len(here)} values were inside it"
    return Answer(yes=bool(outside), text=f"{text[0].upper()}{text[1:]}.")


def _sleep(asked: Asked) -> Answer:
    nights = int(limits("rest")["nights"])
    since = asked.day - timedelta(days=nights - 1)
    known = {one.day: one.sleep_hours for one in asked.case.days if one.sleep_hours is not None}
    here = {day: hours for day, hours in known.items() if since <= day <= asked.day}
    short = sum(hours < asked.threshold for hours in here.values())
    text = f"{short} of {len(here)} known nights since {since} were shorter than {asked.threshold:g} h"
    if short >= asked.days:
        return Answer(yes=True, text=f"{text}.")
    if short + nights - len(here) >= asked.days:
        return Answer(yes=None, text=f"{text}; {nights - len(here)} are not known.")
    return Answer(yes=False, text=f"{text}.")


def _late(asked: Asked) -> Answer:
    sure = limits("rest")["late_sure"]
    for one in asked.case.season.late if asked.case.season else ():
        fresh = one.last is not None and asked.since <= one.last <= asked.day
        if fresh and one.n_runs >= asked.threshold and one.grows is not None and one.grows >= sure:
            return Answer(yes=True, text=f"It grows late in your {one.kind} runs ({one.n_runs} runs, last {one.last}).")
    told = [one for one in growths(asked.case, day=asked.day, days=asked.days) if one.grew is not None]
    grew = [one for one in told if one.grew]
    if len(grew) >= asked.threshold:
        return Answer(yes=True, text=f"In {len(grew)} of {len(told)} runs: {'; '.join(one.text for one in grew)}.")
    if len(told) < asked.threshold:
        return Answer(yes=None, text=f"Only {len(told)} runs since {asked.since} can tell.")
    return Answer(yes=False, text=f"In {len(grew)} of {len(told)} runs that can tell.")


FACTS: Mapping[str, Callable[[Asked], Answer]] = MappingProxyType(
    {
        "flag": _flag,
        "stopped": _stopped,
        "provoking_pain": _provoking,
        "exercise_pain": _exercise_pain,
        "persisting": _persisting,
        "soreness": _soreness,
        "strain": _strain,
        "sleep": _sleep,
        "late": _late,
    }
)
"""Every question of the tree by its name in ``rest.toml``; adding one is a function and a line here."""
