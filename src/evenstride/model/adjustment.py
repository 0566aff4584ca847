"""What a review or a coach asks of the next plan."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenstride.model.exercise import Prescription
from evenstride.model.profile import Side

AdjustmentKind = Literal[
    "deload_week", "hold", "fewer_sets", "regress", "clear", "redistribute", "change_stimulus", "fewer_sessions",
    "retest", "alternating_block", "late_technique",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One thing that a decision changes in the next plan, from ``since`` to ``until`` (that day included).

    ``deload_week``: the week of ``since`` is light. ``hold``: nothing rises. ``fewer_sets``: one set fewer of each
    exercise. ``regress``: ``exercise`` (of ``side``, None: both) gives way to ``to``; ``clear``: it may come again.
    ``redistribute``: ``amount`` more sets for the limb ``side``. ``change_stimulus``: other exercises for the same
    aim. ``fewer_sessions``: at most ``amount`` strength sessions a week. ``retest``: a full test by ``until``.
    ``alternating_block``, ``late_technique``: how interval or long runs are laid out.
    """

    kind: AdjustmentKind
    rule: str
    since: date
    text: str
    until: date | None = None
    exercise: str = ""
    side: Side | None = None
    to: str = ""
    amount: int = 0

    def covers(self, day: date) -> bool:
        """Whether it speaks of a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class SessionTemplate:
    """A session that a coach prescribes: its exercises in order of importance, used in place of the phase's own list.

    The planner places and doses it by the same rules, and says what it had to leave out.
    """

    name: str
    exercises: tuple[Prescription, ...]
    since: date
    until: date | None = None
    by: str = ""
    note: str = ""
