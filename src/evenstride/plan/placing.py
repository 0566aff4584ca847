"""What stands where: a session that has its place, but not yet its exercises."""

from dataclasses import dataclass
from datetime import date, time

from evenstride.model import Because
from evenstride.model.exercise import MobilityStyle
from evenstride.model.plan import SessionKind, Slot


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A session's place. ``minutes`` is its budget; ``light``: nothing is loaded and nothing jumps.

    ``before_quality``: a quality run starts within the hour after it. ``after_hard``: the day after a hard run, or
    after one on the same day.
    """

    day: date
    at: time | None
    slot: Slot
    kind: SessionKind
    minutes: float
    style: MobilityStyle | None = None
    light: bool = False
    locked: bool = False
    before_quality: bool = False
    after_hard: bool = False
    because: tuple[Because, ...] = ()
