"""What a week's mobility takes through its range, and on which days: the proof of R-MOB-WEEK."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evenstride.model import PlannedSession
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.figures import WEEK_JOINTS
from evenstride.plan.mobility import PLANES
from evenstride.plan.places import STYLES


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The days on which each joint, plane and style has its turn; those without a day are there too, with none."""

    joints: Mapping[str, tuple[date, ...]]
    planes: Mapping[str, tuple[date, ...]]
    styles: Mapping[str, tuple[date, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """What has no day: joints, then planes, then styles."""
        every = (*self.joints.items(), *self.planes.items(), *self.styles.items())
        return tuple(name for name, days in every if not days)


def coverage(sessions: Iterable[PlannedSession]) -> Coverage:
    """Return what the mobility among a week's sessions covers.

    >>> from evenstride.model import MobilityContent
    >>> content = MobilityContent(style="dynamic", joints=("hip", "knee"), planes=("sagittal",))
    >>> week = coverage([PlannedSession(id="a", day=date(2026, 5, 8), slot="free", kind="mobility", minutes=10,
    ...                                 mobility=content)])
    >>> len(week.joints["hip"]), week.joints["ankle"], week.missing[:3]
    (1, (), ('ankle', 'thoracic_spine', 'frontal'))
    """
    found = [(one.day, one.slot, one.mobility) for one in sessions if one.mobility is not None]

    def days(chosen: Iterable[date]) -> tuple[date, ...]:
        return tuple(sorted(set(chosen)))

    return Coverage(
        joints={name: days(day for day, _, what in found if name in what.joints) for name in WEEK_JOINTS},
        planes={name: days(day for day, _, what in found if name in what.planes) for name in PLANES},
        styles={
            name: days(day for day, slot, what in found if what.style == name and slot in OWN_SLOTS) for name in STYLES
        },
    )
