"""What kind of run an event of a calendar is, by the words of its title: tables, in English.

Of several kinds that a title names, the hardest counts: strength work then keeps more distance rather than less.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evenstride.model.profile import RunKind

KM_PER_MILE = 1.609344

KINDS: Mapping[RunKind, str] = MappingProxyType(
    {
        "race": r"rac(e|ing)|park ?run|time trial|\btt\b|(du|tri)athlon",
        "hills": r"hill(s|y)?|uphill",
        "intervals": r"intervals?|track|repeats?|reps|fartlek|vo2 ?max|vo2|speed ?work|speed session|"
        r"\d+ ?[x×] ?\d+.*|(200|300|400|500|600|800|1000|1200|1600) ?(s|m|metres|meters)?",
        "tempo": r"tempo|threshold|cruise|progression|lactate|race pace|marathon pace|half marathon pace",
        "long": r"long|long ?run|lsd",
        "easy": r"easy|recovery|jog(ging)?|shake ?out|base|aerobic|zone ?[12]|z[12]|strides",
    }
)
"""Kind → the words that name it, the hardest kind first."""

WEAK_RACES = r"(half |ultra ?)?marathon|ultra|5 ?k|10 ?k"
"""Distances that are a race where a title names nothing else of a run: many a plan is called after its marathon."""

RUNNING = r"run|runs|running|jog|jogging|park ?run|marathon|treadmill|fartlek|trail run(ning)?|strides"
"""Words that no event but a run has, once :data:`NO_RUNS` are taken out."""

NO_RUNS = (
    r"(dry|test|trial|school|airport|errand|beer|shop|production|pipeline|ci|pay|coffee|bin|tip) ?runs?|"
    r"run(ning)? (through|the numbers|payroll|errands?|a (test|report|script|workshop)|for (office|president))|"
    r"(run|running) (club|shop|store) (meeting|dinner|committee|agm)|run-through|running late"
)
"""Running that is none."""

ABOUT_RACES = (
    r"(pre|post|after|before|day after|day before)[ -]?(the )?(race|marathon)|race (week|fees?|pack|bib)|"
    r"race registration|"
    r"(race|half marathon|marathon|10 ?k|5 ?k)[ -]pace|marathon (training|plan|block|prep|build|specific|week)"
)
"""Races that are only spoken of."""

OTHER_THINGS = (
    r"rid(e|ing)|bik(e|ing)|cycl(e|ing)|spin(ning)?|swim(ming)?|row(ing)?|ski(ing)?|gym|weights|strength|lifting|yoga|"
    r"pilates|mobility|stretch(ing)?|core|physio(therapy)?|massage|walk(ing)?|hik(e|ing)|climb(ing)?|football|soccer|"
    r"tennis|basketball|hiit|class|meeting|call|lunch|dinner|breakfast|birthday|dentist|doctor|flight|"
    r"holiday|vacation|rest( day)?"
)
"""Words of events that are no runs, unless they also say that somebody runs."""

AMOUNT = r"\d+([.,]\d+)? ?(km|k|mi|miles?|min|mins|minutes|h|hrs?|hours?)|\d+ ?[x×] ?\d+"
"""Words that make a training session of a bare "easy" or "long"."""

SURE = (
    r"intervals?|fartlek|tempo|hill repeats|hill sprints|park ?run|marathon|(du|tri)athlon|shake ?out|race day|lsd|"
    r"time trial"
)
"""Words that are a run by themselves."""

FILLING = (
    r"mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun|(mon|tues|wednes|thurs|fri|satur|sun)day|morning|evening|noon|night|"
    r"am|pm|session|workout|training|day|week|the|a|on|at|in|with|and|by|min|mins|minutes|km|k|mi|miles?|m|h|hours?|pace|"
    r"hard|fast|short|light|slow|very|steady|[\d.,+&@x×/'-]+"
)
"""Words that leave a title as sure, or unsure, as it is without them."""

RUNS_AS_CATEGORY = r"runs?|running|training|workouts?"


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What an event is taken for; ``said``: its words named the kind, else it is taken as easy."""

    kind: RunKind
    said: bool


def recognise(title: str, description: str = "", categories: str = "") -> Recognised | None:
    """Return what kind of run an event is, or None where it is plainly none.

    >>> recognise("Track: 6 x 800").kind, recognise("Run with Bo").said, recognise("Dentist") is None
    ('intervals', False, True)
    >>> recognise("Easy spin 60 min") is None, recognise("Marathon plan: easy 8 km").kind
    (True, 'easy')
    """
    own = _plain(title)
    running = _has(RUNNING, re.sub(rf"\b({NO_RUNS})\b", " ", own))
    if not running and (_has(OTHER_THINGS, own) or _has(NO_RUNS, own)):
        return None
    kind = _kind(own)
    training = running or _has(SURE, own) or _has(RUNS_AS_CATEGORY, _plain(categories))
    training |= kind == "race" and own.startswith("race ")
    if not training and not (kind and (_has(AMOUNT, own) or _only_training(own))):
        return None
    kind = kind or _kind(_plain(description))
    return Recognised(kind=kind or "easy", said=kind is not None)


def minutes_in(text: str) -> float | None:
    """Return the minutes that a title names.

    >>> minutes_in("Easy 45 min"), minutes_in("Long run 1h45"), minutes_in("Long 2 h"), minutes_in("Easy")
    (45.0, 105.0, 120.0, None)
    """
    hours = re.search(r"\b(\d{1,2}) ?(?:h|hrs?|hours?) ?(\d{1,2})?(?: ?(?:m|min|minutes))?\b", text.lower())
    if hours:
        return 60.0 * int(hours[1]) + int(hours[2] or 0)
    minutes = re.search(r"(?<![x×\d.,:])(?<![x×] )\b(\d{1,3}) ?(?:min|mins|minutes|')(?!\w)", text.lower())
    return float(minutes[1]) if minutes else None


def km_in(text: str) -> float | None:
    """Return the distance that a title names; repetitions and paces are none.

    >>> km_in("Long run 18,5 km"), km_in("Easy 8 miles"), km_in("6x1km"), km_in("10k pace")
    (18.5, 12.874752, None, None)
    """
    found = re.search(r"(?<![x×\d.,])(?<![x×] )\b(\d{1,3}(?:[.,]\d+)?) ?(km|k|mi|miles?)\b(?![ -]pace)", text.lower())
    if not found:
        return None
    km = float(found[1].replace(",", ".")) * (1.0 if found[2].startswith("k") else KM_PER_MILE)
    return km if km > 0 else None


def _kind(words: str) -> RunKind | None:
    plain = re.sub(rf"\b({ABOUT_RACES})\b", lambda found: " tempo " if "pace" in found[0] else " ", words)
    for kind, pattern in KINDS.items():
        if _has(pattern, plain):
            return kind
    return "race" if _has(WEAK_RACES, plain) else None


def _only_training(words: str) -> bool:
    """Whether nothing but words of training stands in a title: "Track", "Sunday long", "6x800m"."""
    kinds = "|".join(KINDS.values())
    return not re.sub(rf"(?<!\w)({kinds}|{FILLING})(?!\w)", "", words).strip()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_/|,;:()\[\]!?\"“”–—•]+", " ", text.lower()).split())


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"(?<!\w)({pattern})(?!\w)", words) is not None
