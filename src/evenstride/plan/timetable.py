"""Which session stands on which day: the best timetable that the rules allow, by integer programming.

Everything that binds is a constraint, everything that is wished has a price (:data:`evenstride.plan.places.PRICES`).
The prices are far enough apart that a wish of one line never buys one of a line above it for a single session.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from evenstride.model import MobilityContent, PlannedSession, SolverStatus
from evenstride.model.exercise import MobilityStyle
from evenstride.plan.figures import MICRO_MINUTES, MOBILITY_MINUTES, POCKET_MINUTES
from evenstride.plan.integer import GAP
from evenstride.plan.mobility_places import add_mobility
from evenstride.plan.places import PRICES, STYLES, Places, Question
from evenstride.plan.placing import Placed
from evenstride.plan.slots import DAY, Opportunity
from evenstride.plan.strength_places import add_strength
from evenstride.plan.weeks import monday

if TYPE_CHECKING:
    from evenstride.model.arrays import Floats

WHOLE_WEEKS = 26
BLOCK_WEEKS = 13
"""So many weeks are solved at once, and in such blocks more of them are (our own convention)."""
NODES_MAX = 20_000


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """Where everything stands, in order of time, and how surely nothing better exists."""

    placed: tuple[Placed, ...]
    solver: SolverStatus
    worth: float = 0.0


def timetable(question: Question) -> Timetable | None:
    """Return the best timetable; None when what is fixed leaves none.

    More than half a year is solved in blocks of weeks, each after what stands before it; :func:`loss` says what that
    may cost.
    """
    mondays = sorted({monday(one.day) for one in question.opportunities})
    step = len(mondays) if len(mondays) <= WHOLE_WEEKS else BLOCK_WEEKS
    placed: list[Placed] = []
    worth, blocks, gap = 0.0, 0, 0.0
    for first in range(0, len(mondays), step):
        weeks = frozenset(mondays[first : first + step])
        block = written(_block(question, weeks, placed))
        solved = block.programme.solve(nodes=NODES_MAX)
        if solved.x is None:
            return None
        placed += _read(block, solved.x)
        worth, blocks, gap = worth + solved.worth, blocks + 1, max(gap, solved.status.gap)
    status = SolverStatus(status="optimal" if gap <= GAP and blocks == 1 else "within_gap", gap=gap, blocks=blocks)
    return Timetable(placed=tuple(placed), solver=status, worth=worth)


def loss(question: Question, table: Timetable) -> SolverStatus:
    """Return how far a timetable of several blocks may be from the best: against a bound that none can pass."""
    if table.solver.blocks <= 1:
        return table.solver
    bound = written(question).programme.solve(nodes=1).bound
    gap = max(0.0, (bound - table.worth) / max(bound, 1.0))
    return replace(table.solver, status="optimal" if gap <= GAP else "within_gap", gap=gap)


def written(question: Question) -> Places:
    """Return the question as an integer programme."""
    places = Places(question=question)
    add_strength(places)
    add_mobility(places)
    _add_likeness(places)
    return places


def _add_likeness(places: Places) -> None:
    """Weeks that resemble each other are easier to live with.

    Where two weeks running do the same on a weekday, nothing is lost: each of the two costs the price, and both
    together bring it back for each.
    """
    price, programme = PRICES["same day"], places.programme
    groups: list[Mapping[int, int]] = [
        {**places.hard, **places.light},
        *({i: v for (i, one), v in places.styles.items() if one == style} for style in STYLES),
    ]
    for group in groups:
        by_place: dict[tuple[int, time | None], list[tuple[date, int]]] = defaultdict(list)
        for i, variable in sorted(group.items()):
            by_place[places.slots[i].day.weekday(), places.slots[i].at].append((places.slots[i].day, variable))
        for found in by_place.values():
            for (day, one), (next_day, other) in pairwise(found):
                if next_day - day == 7 * DAY:
                    both = programme.variable(2.0 * price, whole=False)
                    for variable in (one, other):
                        programme.worth[variable] -= price
                        programme.row({both: 1.0, variable: -1.0}, most=0.0)


def _block(question: Question, weeks: Collection[date], before: Sequence[Placed]) -> Question:
    """The question of some weeks, with what was placed before them as past."""
    return replace(
        question,
        opportunities=[one for one in question.opportunities if monday(one.day) in weeks],
        tests=[one for one in question.tests if monday(one.day) in weeks],
        fixed=[one for one in question.fixed if monday(one.day) in weeks],
        past=(*question.past, *map(_as_past, before)),
    )


def _as_past(one: Placed) -> PlannedSession:
    style = MobilityContent(style=one.style, joints=(), planes=()) if one.style else None
    return PlannedSession(
        id="", day=one.day, at=one.at, slot=one.slot, kind=one.kind, minutes=one.minutes, hard=not one.light,
        mobility=style,
    )  # fmt: skip


def _read(places: Places, x: "Floats") -> list[Placed]:
    """What the variables say stands where, in order of time."""
    chosen = {variable for variable in range(len(x)) if x[variable] > 0.5}
    placed = list(places.question.tests)
    for i, slot in enumerate(places.slots):
        style = next((one for one in STYLES if places.styles.get((i, one)) in chosen), None)
        hard, light = places.hard.get(i) in chosen, places.light.get(i) in chosen
        used = 0.0
        if hard or light:
            most = slot.hard_minutes if hard else slot.light_minutes
            used = min(most, slot.minutes - MOBILITY_MINUTES[0]) if style else most
            used = min(used, MICRO_MINUTES[1]) if slot.micro else used
            placed.append(_strength(slot, used, light=light))
        if style:
            placed.append(_mobility(slot, style, used))
        elif places.pocket.get(i) in chosen:
            placed.append(replace(_mobility(slot, "recovery", 0.0), minutes=POCKET_MINUTES))
    return sorted(placed, key=lambda one: (one.day, one.at or time.max))


def _strength(slot: Opportunity, minutes: float, *, light: bool) -> Placed:
    return Placed(
        day=slot.day, at=slot.at, slot=slot.slot, kind="micro" if slot.micro else "strength", minutes=minutes,
        light=light, after_hard=slot.after_hard, before_quality=slot.before_quality,
    )  # fmt: skip


def _mobility(slot: Opportunity, style: MobilityStyle, used: float) -> Placed:
    minutes = min(slot.minutes - used, MOBILITY_MINUTES[1])
    start = datetime.combine(slot.day, slot.at) + timedelta(minutes=used) if slot.at else None
    return Placed(
        day=slot.day, at=start.time() if start else None, slot=slot.slot, kind="mobility", minutes=minutes, style=style,
        after_hard=slot.after_hard, before_quality=slot.before_quality,
    )  # fmt: skip
