"""What all readers of a profile's words share: examples that work, near misses, numbers, the one form of errors."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from evenstride.errors import InvalidRequest

NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
DAY_MINUTES = 24 * 60.0
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "name": "Ada",
        "born": "1990",
        "mass": "68",
        "sex": "female",
        "dominant": "right",
        "leg_length": "right +6 mm",
        "runs": "tue intervals 60 18:00, thu tempo 50, sun long 110 08:00",
        "run": "2026-06-03 intervals 60 18:00",
        "no_run": "2026-06-05",
        "free": "mon 40, wed 40 07:00",
        "around_runs": "10 10",
        "equipment": "dumbbell,band,low_box",
        "race": "2026-09-20=A",
        "injury": "right achilles 2025-11..2026-02",
        "surgery": "left knee 2019-03",
        "restriction": "no jumping left until 2026-08-01",
        "target": "contact_time left 1 to right 3 since 2026-05-04",
        "timezone": "Europe/Berlin",
        "guidance": "off",
        "units": "imperial",
    }
)
"""An example that works, for every kind of text."""


def number_words(number: float) -> str:
    """Write a number so that reading it gives the very same."""
    return str(int(number)) if number == int(number) else repr(float(number))


def parts(text: str) -> list[str]:
    """Return the entries of a list with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return the question that a near miss deserves, with a space before it; nothing where none is near."""
    near = get_close_matches(word, known, n=2, cutoff=0.7)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def wrong(text: str, field: str, *, more: str = "") -> InvalidRequest:
    """Return the error for a text of this field, with the example that works."""
    return InvalidRequest(text, help=" ".join(("For example", f'"{EXAMPLES[field]}"', more)).strip() + ".")
