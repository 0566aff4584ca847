"""The personal target range: where the difference between the legs should stay, and how that was reviewed.

Signs are as everywhere: positive when the right leg's value is larger.
"""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Literal

TargetStatus = Literal["inside", "outside", "cannot_tell"]


@dataclass(frozen=True, kw_only=True)
class TargetReview:
    """What one re-test did to the range: ``low`` and ``high`` hold from ``day`` on.

    ``seen`` with its 95 % interval is what the re-test found, ``status`` how that stood to the range as it was before.
    All are None for a range that somebody set, on the day it was set. ``rule`` decided.
    """

    day: date
    low: float
    high: float
    rule: str
    status: TargetStatus | None = None
    seen: float | None = None
    seen_low: float | None = None
    seen_high: float | None = None


@dataclass(frozen=True, kw_only=True)
class TargetRange:
    """A sustainable range for the difference between the legs, in ``unit``; never zero alone.

    ``rule`` set the range as it is now, on ``set_on``. ``status`` is where the latest level (of a test: its latest
    result) is, since ``status_since``. The first of ``reviews`` is the setting. ``next_review`` is the day from which
    the next one is due, None for tests, which are reviewed whenever they are done. ``device`` measured what the range
    was set by, empty where that is not known or does not matter.
    """

    low: float
    high: float
    unit: str
    rule: str
    set_on: date
    status: TargetStatus
    status_since: date
    reviews: tuple[TargetReview, ...] = ()
    next_review: date | None = None
    device: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and self.low <= self.high):
            raise ValueError("a range has two finite ends, the left one first")
