"""A range that somebody set for the difference between the legs, as words."""

import re

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.model import METRICS, Target
from evenstride.service.profile_text.history import read_day
from evenstride.service.profile_text.shared import NUMBER, did_you_mean, number_words, wrong

_RANGE = re.compile(
    rf"(left|right)?\s*\+?\s*({NUMBER})\s*%?\s*(?:to|\.\.+|…|–)\s*(left|right)?\s*\+?\s*({NUMBER})\s*%?"
)
_WHOLE = re.compile(r"(\S.*?)\s+((?:left|right|\d).*?)\s+since\s+(\S+)\s*(?:\((.*)\))?", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r",(?![^(]*\))")
"""A comma between ranges; one in a note's brackets is the note's."""
SIGNS = {"left": -1.0, "right": 1.0}
MOST = 1000.0


def read_targets(text: str) -> tuple[Target, ...]:
    """Read ranges, comma between them.

    >>> len(read_targets("contact_time left 1 to right 3 since 2026-05-04 (with Mia, at the club)"))
    1
    """
    return tuple(read_target(part) for part in _BETWEEN.split(text) if part.strip())


def read_target(text: str) -> Target:
    """Read for which metric or test, from where to where, since when, and a note in brackets.

    >>> read_target("contact_time left 1 % to right 3 % since 2026-05-04")
    Target(what='contact_time', low=-1.0, high=3.0, since=datetime.date(2026, 5, 4), note='')
    >>> read_target("knee to wall right 0.5 to 2 since 2026-05-04 (physio)").low
    0.5
    """
    found = _WHOLE.fullmatch(text.strip())
    if not found:
        raise wrong(f"The target {text!r} does not say for what, from where to where, and since when.", "target")
    low, high = read_range(found[2])
    note = " ".join((found[4] or "").split())
    return Target(what=read_what(found[1]), low=low, high=high, since=read_day(found[3], "target"), note=note)


def read_what(text: str) -> str:
    """Read the name of a metric that compares the legs, or of a test; near misses are suggested.

    >>> read_what("Contact time"), read_what("knee to wall")
    ('contact_time', 'knee_to_wall')
    """
    word = re.sub(r"[\s_-]+", "_", text.strip().lower())
    known = (*METRICS, *(name for name, test in assessments().items() if not test.from_runs))
    if word in known:
        return word
    raise InvalidRequest(
        f"{text.strip()!r} is nothing that compares the legs.{did_you_mean(word, known)}",
        help=f"Known: {', '.join(known)}.",
    )


def read_range(text: str) -> tuple[float, float]:
    """Read a range between two ends, each with its leg: right minus left, the left end first.

    >>> read_range("left 1 to right 3"), read_range("right 3 to 1"), read_range("0 to left 2.5 %")
    ((-1.0, 3.0), (1.0, 3.0), (-2.5, 0.0))
    """
    found = _RANGE.fullmatch(text.strip().lower())
    if not found:
        raise wrong(f"{text!r} is no range between two ends.", "target")
    sizes = float(found[2]), float(found[4])
    sides = found[1], found[3] or found[1]
    if any(size > 0 and side is None for size, side in zip(sizes, sides, strict=True)):
        raise wrong(f"The range {text!r} does not name the leg whose value is the larger one.", "target")
    low, high = sorted(SIGNS[side or "right"] * size + 0.0 for size, side in zip(sizes, sides, strict=True))
    if max(sizes) > MOST:
        raise wrong(f"The range {text!r} is wider than legs differ.", "target")
    if low == high:
        raise wrong(f"{text!r} is one number; the aim is a range that can be kept.", "target")
    return low, high


def range_words(low: float, high: float) -> str:
    """Write a range so that :func:`read_range` reads it.

    >>> range_words(-1.0, 3.0), range_words(0.0, 2.5)
    ('left 1 to right 3', '0 to right 2.5')
    """
    ends = [f"{'left ' if end < 0 else 'right '}{number_words(abs(end))}" if end else "0" for end in (low, high)]
    return " to ".join(ends)


def target_words(target: Target) -> str:
    """Write a range so that :func:`read_target` reads it.

    >>> target_words(read_target("contact_time left 1 to right 3 since 2026-05-04 (physio)"))
    'contact_time left 1 to right 3 since 2026-05-04 (physio)'
    """
    note = f" ({target.note})" if target.note else ""
    return f"{target.what} {range_words(target.low, target.high)} since {target.since.isoformat()}{note}"
