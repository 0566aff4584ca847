"""Which session stands on which day: the best timetable that the rules allow, by integer programming.

Everything that binds is a constraint, everything that is wished has a price (:data:`PRICES`). The prices are far
enough apart that a wish of one line never buys one of a line above it for a single session.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from evenstride.model import MobilityContent, PlannedSession, SolverStatus
from evenstride.model.exercise import MobilityStyle
from evenstride.model.plan import PhaseName
from evenstride.plan.figures import (
    BEGINNER_MINUTES,
    BETWEEN_BEGINNER_DAYS,
    BETWEEN_HARD,
    FIRST_SESSIONS_MINUTES,
    MICRO_MINUTES,
    MOBILITY_MINUTES,
    POCKET_MINUTES,
    SESSIONS_A_WEEK,
    STRENGTH_MINUTES_MIN,
)
from evenstride.plan.placing import Placed
from evenstride.plan.slots import DAY, Opportunity, Span, span
from evenstride.plan.weeks import Week, monday

if TYPE_CHECKING:
    from collections.abc import Callable

    from evenstride.model.arrays import Floats

PRICES: Mapping[str, float] = MappingProxyType(
    {
        "strength": 300.0,  # a session of the week's number
        "light instead": 150.0,  # nothing loaded, because only that fits
        "short strength": 40.0,  # times the share of its minutes that is missing
        "kept": 16.0,  # a strength session of the plan in force on its day
        "style": 40.0,  # one of the week's three mobility days
        "kept style": 6.0,
        "second recovery": 3.0,
        "short mobility": 4.0,  # times the share of its minutes that is missing
        "dynamic after hard": 3.0,
        "same day": 1.5,  # as the week before
        "pocket": 0.8,
        "room": 1.0,  # times the share of two days to the next hard run
        "early": 0.01,  # of two that are equal, the one that comes first
    }
)
"""What each wish is worth (our own convention)."""
STYLES: tuple[MobilityStyle, ...] = ("long_hold", "dynamic", "recovery")
FULL_MINUTES = 60.0
"""The full dose of the longest phase; more minutes are worth nothing."""
WHOLE_WEEKS = 26
BLOCK_WEEKS = 13
"""So many weeks are solved at once, and in such blocks more of them are (our own convention)."""
NODES_MAX = 20_000
GAP = 1e-6


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the timetable is made of.

    ``phases``, ``tests`` and ``done`` by Monday: each week's phase, whether it has a test, and how many strength
    sessions of it are past. ``past`` are sessions before the first day, ``kept`` what the plan in force has, ``fixed``
    sessions that stay where they are. ``most``: so many strength sessions reviews leave in a week. ``told`` names the
    sessions of ``past`` that logs tell of.
    """

    opportunities: Sequence[Opportunity]
    weeks: Sequence[Week]
    phases: Mapping[date, PhaseName]
    tests: Sequence[Placed] = ()
    past: Sequence[PlannedSession] = ()
    kept: Sequence[PlannedSession] = ()
    fixed: Sequence[PlannedSession] = ()
    most: Mapping[date, int] = field(default_factory=dict)
    told: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """Where everything stands, in order of time, and how surely nothing better exists."""

    placed: tuple[Placed, ...]
    solver: SolverStatus
    worth: float = 0.0


def wanted_minutes(week: Week, phase: PhaseName, *, micro: bool) -> float:
    """Return how many minutes a full strength session of a week has."""
    if micro:
        return MICRO_MINUTES[1]
    if phase == "beginner":
        return FIRST_SESSIONS_MINUTES if week.number <= 2 else BEGINNER_MINUTES
    return FULL_MINUTES


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
        block = _written(_block(question, weeks, placed))
        solved = block.solve(nodes=NODES_MAX)
        if solved.x is None:
            return None
        placed += block.read(solved.x, solved.status).placed
        worth, blocks, gap = worth + solved.worth, blocks + 1, max(gap, solved.status.gap)
    status = SolverStatus(status="optimal" if gap <= GAP and blocks == 1 else "within_gap", gap=gap, blocks=blocks)
    return Timetable(placed=tuple(placed), solver=status, worth=worth)


def loss(question: Question, table: Timetable) -> SolverStatus:
    """Return how far a timetable of several blocks may be from the best: against a bound that none can pass."""
    if table.solver.blocks <= 1:
        return table.solver
    bound = _written(question).solve(nodes=1).bound
    gap = max(0.0, (bound - table.worth) / max(bound, 1.0))
    return replace(table.solver, status="optimal" if gap <= GAP else "within_gap", gap=gap)


def _written(question: Question) -> "_Programme":
    programme = _Programme(question)
    programme.add_strength()
    programme.add_mobility()
    programme.add_likeness()
    return programme


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


@dataclass(frozen=True, kw_only=True)
class _Solved:
    """The variables (None: there are none), how surely they are best, their worth, and what no others can pass."""

    x: "Floats | None"
    status: SolverStatus
    worth: float
    bound: float


@dataclass
class _Programme:
    """The integer programme while it is written: variables with their worth, and rows over them."""

    question: Question
    worth: list[float] = field(default_factory=list)
    binary: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    hard: dict[int, int] = field(default_factory=dict)
    light: dict[int, int] = field(default_factory=dict)
    styles: dict[tuple[int, MobilityStyle], int] = field(default_factory=dict)
    pocket: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = list(self.question.opportunities)
        self.week = {week.monday: week for week in self.question.weeks}
        self.tested = {(one.day, one.at) for one in self.question.tests}
        tested = [one.day for one in self.question.tests]
        tested += [one.day for one in self.question.past if one.kind == "test"]
        self.test_weeks = {monday(day) for day in tested}

    def variable(self, worth: float, *, binary: bool = True) -> int:
        self.worth.append(worth)
        self.binary.append(binary)
        return len(self.worth) - 1

    def row(self, terms: Mapping[int, float], least: float = -np.inf, most: float = np.inf) -> None:
        if terms:
            self.rows.append((dict(terms), least, most))

    def at_most(self, variables: Iterable[int], most: float) -> None:
        self.row(dict.fromkeys(variables, 1.0), most=most)

    # ── strength ──

    def add_strength(self) -> None:
        for i, slot in enumerate(self.slots):
            if monday(slot.day) in self.test_weeks:
                continue
            full = self._wanted(slot)
            for group, minutes, cost in (
                (self.hard, slot.hard_minutes, 0.0),
                (self.light, slot.light_minutes, PRICES["light instead"]),
            ):
                if minutes > 0 and (group is self.hard or slot.hard_minutes < minutes):
                    missing = PRICES["short strength"] * max(0.0, 1.0 - minutes / full)
                    group[i] = self.variable(PRICES["strength"] - cost - missing + self._strength_extras(i))
        by_day: dict[date, list[int]] = defaultdict(list)
        by_week: dict[date, list[int]] = defaultdict(list)
        for group in (self.hard, self.light):
            for i, variable in group.items():
                by_day[self.slots[i].day].append(variable)
                by_week[monday(self.slots[i].day)].append(variable)
        for variables in by_day.values():
            self.at_most(variables, 1)
        for start, variables in by_week.items():
            done = sum(monday(one.day) == start for one in self.question.past if one.kind in ("strength", "micro"))
            self.at_most(variables, max(0, self._most(start, done) - done))
        self._light_only_instead()
        self._first_where_new()
        self._keep_apart()
        self._fix()

    def _most(self, start: date, done: int) -> int:
        """How many strength sessions a week may have; where a review leaves fewer, done and locked ones still stand."""
        most = SESSIONS_A_WEEK[self.question.phases[start]]
        locked = sum(monday(one.day) == start for one in self.question.fixed if one.kind in ("strength", "micro"))
        return min(most, max(self.question.most.get(start, most), done + locked))

    def _light_only_instead(self) -> None:
        """Outside the season an unloaded session stands only where the week holds no loaded one: it tires as well."""
        by_week: dict[date, list[int]] = defaultdict(list)
        for i in self.light:
            if not self.slots[i].micro:
                by_week[monday(self.slots[i].day)].append(i)
        for start, lights in by_week.items():
            self.at_most([self.light[i] for i in lights], 1)
            for j in (j for j in self.hard if monday(self.slots[j].day) == start):
                self.row({self.hard[j]: 1.0, **{self.light[i]: 1.0 for i in lights}}, most=1.0)

    def _first_where_new(self) -> None:
        """Where only what is known may stand, something stood before, where new exercises may begin."""
        if any(one.kind in ("strength", "micro") and not one.id for one in self.question.past):
            return  # it stands in the weeks that are solved already
        free = [(i, v) for group in (self.hard, self.light) for i, v in group.items() if not self.slots[i].only_known]
        for group in (self.hard, self.light):
            for i, variable in group.items():
                if self.slots[i].only_known:
                    earlier = [v for j, v in free if self.slots[j].key < self.slots[i].key]
                    self.row({variable: 1.0, **dict.fromkeys(earlier, -1.0)}, most=0.0)

    def _wanted(self, slot: Opportunity) -> float:
        start = monday(slot.day)
        return wanted_minutes(self.week[start], self.question.phases[start], micro=slot.micro)

    def _strength_extras(self, i: int) -> float:
        slot = self.slots[i]
        kept = any(_same_place(one, slot) for one in self.question.kept if one.kind in ("strength", "micro"))
        room = 0.0 if slot.before_hard else 1.0
        early = PRICES["early"] * (1.0 - i / len(self.slots))
        return PRICES["kept"] * kept + PRICES["room"] * room + early

    def _keep_apart(self) -> None:
        """No two strength sessions too near to each other, nor to a test or to one that is past."""
        fixed = [(span(one.day, one.at, one.minutes), one.day, True) for one in self.question.tests]
        fixed += [
            (span(one.day, one.at, one.minutes), one.day, one.hard)
            for one in self.question.past
            if one.kind in ("strength", "micro", "test")
        ]
        mine = sorted((*self.hard, *self.light))
        for i in sorted(set(mine)):
            slot = self.slots[i]
            for other, day, hard in fixed:
                for group in (self.hard, self.light):
                    if i in group and self._too_near(
                        (self._span(i, group), slot.day, group is self.hard), (other, day, hard)
                    ):
                        self.at_most([group[i]], 0)
            for j in sorted(set(mine)):
                if j > i and 0 < (self.slots[j].day - slot.day).days <= 3:
                    self._pair(i, j)

    def _pair(self, i: int, j: int) -> None:
        for one in (self.hard, self.light):
            for other in (self.hard, self.light):
                if i in one and j in other and self._too_near(
                    (self._span(i, one), self.slots[i].day, one is self.hard),
                    (self._span(j, other), self.slots[j].day, other is self.hard),
                ):  # fmt: skip
                    self.at_most((one[i], other[j]), 1)

    def _span(self, i: int, group: Mapping[int, int]) -> Span:
        slot = self.slots[i]
        return slot.span(slot.hard_minutes if group is self.hard else slot.light_minutes)

    def _too_near(self, one: tuple[Span, date, bool], other: tuple[Span, date, bool]) -> bool:
        first, second = (one, other) if one[0].start <= other[0].start else (other, one)
        if abs((second[1] - first[1]).days) < BETWEEN_BEGINNER_DAYS:
            return True
        if self.question.phases.get(monday(second[1])) == "beginner":
            return False
        return first[2] and second[2] and second[0].start - first[0].end < BETWEEN_HARD

    def _fix(self) -> None:
        """Sessions that the runner locked keep their day."""
        for one in self.question.fixed:
            if one.kind in ("strength", "micro"):
                there = [
                    group[i] for group in (self.hard, self.light) for i in group if _same_place(one, self.slots[i])
                ]
                self.row(dict.fromkeys(there, 1.0) or {self.variable(0.0): 0.0}, least=1.0)

    # ── mobility ──

    def add_mobility(self) -> None:
        least = MOBILITY_MINUTES[0]
        for i, slot in enumerate(self.slots):
            left = slot.minutes
            if left >= least and not self._taken(i):
                for style in STYLES:
                    if self._may_have(slot, style):
                        self.styles[i, style] = self.variable(self._style_extras(i, style))
            if left >= POCKET_MINUTES and not self._taken(i):
                self.pocket[i] = self.variable(PRICES["pocket"])
        self._share_the_minutes()
        self._style_of_each_week()
        self._alternate()
        self._open_lightly()
        self._fix_mobility()

    def _taken(self, i: int) -> bool:
        return (self.slots[i].day, self.slots[i].at) in self.tested

    @staticmethod
    def _may_have(slot: Opportunity, style: MobilityStyle) -> bool:
        if style == "dynamic":
            return not slot.before_hard
        return not (style == "long_hold" and slot.before_quality)

    def _style_extras(self, i: int, style: MobilityStyle) -> float:
        slot = self.slots[i]
        kept = any(
            _same_place(one, slot) and one.mobility is not None and one.mobility.style == style
            for one in self.question.kept
            if one.kind == "mobility"
        )
        short = PRICES["short mobility"] * max(0.0, 1.0 - slot.minutes / MOBILITY_MINUTES[1])
        after = PRICES["dynamic after hard"] * (style == "dynamic" and slot.after_hard)
        return PRICES["kept style"] * kept + after - short + PRICES["early"] * (1.0 - i / len(self.slots))

    def _share_the_minutes(self) -> None:
        by_day: dict[date, list[int]] = defaultdict(list)
        for i, slot in enumerate(self.slots):
            mobility = [self.styles[i, style] for style in STYLES if (i, style) in self.styles]
            by_day[slot.day] += mobility
            strength = [group[i] for group in (self.hard, self.light) if i in group]
            if i in self.pocket:
                self.row({self.pocket[i]: 2.0, **dict.fromkeys([*mobility, *strength], 1.0)}, most=2.0)
            room = slot.minutes - MOBILITY_MINUTES[0]
            least = MICRO_MINUTES[1] if slot.micro else STRENGTH_MINUTES_MIN
            if not (mobility and strength):
                continue
            if room < least:
                self.at_most([*mobility, *strength], 1)
                continue
            full = min(self._wanted(slot), max(slot.hard_minutes, slot.light_minutes))
            loss = PRICES["short strength"] * max(0.0, full - room) / self._wanted(slot)
            both = self.variable(-loss - PRICES["short mobility"] * 0.5)
            self.row({both: -1.0, **dict.fromkeys([*mobility, *strength], 1.0)}, most=1.0)
        for variables in by_day.values():
            self.at_most(variables, 1)

    def _style_of_each_week(self) -> None:
        for start in sorted({monday(slot.day) for slot in self.slots}):
            for style in STYLES:
                here = [v for (i, one), v in self.styles.items() if one == style and monday(self.slots[i].day) == start]
                if not here:
                    continue
                done = sum(
                    monday(one.day) == start and one.mobility is not None and one.mobility.style == style
                    for one in self.question.past
                    if one.slot in ("free", "after_run")
                )
                first = self.variable(PRICES["style"] if not done else 0.0)
                second = self.variable(PRICES["second recovery"])
                self.row({first: 1.0, second: 1.0, **dict.fromkeys(here, -1.0)}, most=0.0)
                self.at_most(here, (2 if style == "recovery" else 1) - min(done, 1))
                if style != "recovery":
                    self.at_most([second], 0)

    def _alternate(self) -> None:
        """Between two days of long holds stands a dynamic one, and the other way round."""
        before = [
            (one.id, one.mobility.style)
            for one in sorted(self.question.past, key=lambda one: (one.day, one.at or time.max))
            if one.mobility is not None and one.slot in ("free", "after_run") and one.mobility.style != "recovery"
        ]
        # What no log tells of is not taken for done where another one is; sessions of this plan have no name yet.
        done = [style for name, style in before if not name or name in self.question.told] or [two for _, two in before]
        sum_so_far: dict[int, float] = {}
        low = {"long_hold": -1.0, "dynamic": 0.0}.get(done[-1] if done else "")
        start = self.variable(0.0) if low is None else None
        for i in range(len(self.slots)):
            mine = {style: v for (j, style), v in self.styles.items() if j == i and style != "recovery"}
            if not mine:
                continue
            for style, variable in mine.items():
                sum_so_far[variable] = 1.0 if style == "long_hold" else -1.0
            if start is None:
                self.row(sum_so_far, least=low or 0.0, most=(low or 0.0) + 1.0)
            else:
                self.row({**sum_so_far, start: 1.0}, least=0.0, most=1.0)

    def _open_lightly(self) -> None:
        """The first mobility session of a week is a recovery one."""
        for (i, style), variable in self.styles.items():
            if style == "recovery":
                continue
            slot, start = self.slots[i], monday(self.slots[i].day)
            opened = any(
                start <= one.day < slot.day and one.mobility is not None and one.slot in ("free", "after_run")
                for one in self.question.past
            )
            if not opened:
                before = [
                    v
                    for (j, one), v in self.styles.items()
                    if one == "recovery" and start <= self.slots[j].day < slot.day
                ] + [v for j, v in self.pocket.items() if start <= self.slots[j].day < slot.day]
                self.row({variable: 1.0, **dict.fromkeys(before, -1.0)}, most=0.0)

    def _fix_mobility(self) -> None:
        """Mobility that the runner locked keeps its day and its style."""
        for one in self.question.fixed:
            if one.mobility is not None and one.slot in ("free", "after_run"):
                style = one.mobility.style
                there = [v for (i, own), v in self.styles.items() if own == style and _same_place(one, self.slots[i])]
                self.row(dict.fromkeys(there, 1.0) or {self.variable(0.0): 0.0}, least=1.0)

    # ── likeness of weeks ──

    def add_likeness(self) -> None:
        """Weeks that resemble each other are easier to live with."""
        groups: list[Mapping[int, int]] = [
            {i: v for group in (self.hard, self.light) for i, v in group.items()},
            *({i: v for (i, one), v in self.styles.items() if one == style} for style in STYLES),
        ]
        for group in groups:
            by_place: dict[tuple[int, time | None], list[tuple[date, int]]] = defaultdict(list)
            for i, variable in sorted(group.items()):
                by_place[self.slots[i].day.weekday(), self.slots[i].at].append((self.slots[i].day, variable))
            for found in by_place.values():
                for (day, one), (next_day, other) in pairwise(found):
                    if next_day - day == 7 * DAY:
                        differs = self.variable(-PRICES["same day"], binary=False)
                        self.row({one: 1.0, other: -1.0, differs: -1.0}, most=0.0)
                        self.row({one: -1.0, other: 1.0, differs: -1.0}, most=0.0)

    # ── solving and reading ──

    def solve(self, *, nodes: int) -> "_Solved":
        """Solve within so many nodes of the search."""
        if not self.worth:
            return _Solved(x=np.zeros(0), status=SolverStatus(status="optimal", gap=0.0), worth=0.0, bound=0.0)
        # Half a second of imports that only a plan needs.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        n, m = len(self.worth), len(self.rows)
        rows = np.repeat(np.arange(m), [len(terms) for terms, _, _ in self.rows])
        columns = np.array([column for terms, _, _ in self.rows for column in terms], int)
        amounts = np.array([amount for terms, _, _ in self.rows for amount in terms.values()], float)
        matrix: csr_array[np.float64, tuple[int, int]] = csr_array((amounts, (rows, columns)), shape=(m, n))
        constraint = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        answer = milp(
            c=-np.array(self.worth),
            constraints=constraint if m else None,
            integrality=np.array(self.binary, int),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": GAP, "node_limit": nodes},
        )
        bound = -float(answer.mip_dual_bound) if answer.mip_dual_bound is not None else float(sum(self.worth))
        if answer.x is None:
            return _Solved(x=None, status=SolverStatus(status="within_gap", gap=1.0), worth=0.0, bound=bound)
        gap = float(answer.mip_gap or 0.0)
        status = SolverStatus(status="optimal" if gap <= GAP else "within_gap", gap=0.0 if gap <= GAP else gap)
        return _Solved(x=np.asarray(answer.x, float), status=status, worth=-float(answer.fun), bound=bound)

    def read(self, x: "Floats", status: SolverStatus) -> Timetable:
        chosen: Callable[[int], bool] = lambda variable: bool(x[variable] > 0.5)  # noqa: E731
        placed = list(self.question.tests)
        for i, slot in enumerate(self.slots):
            style = next((s for s in STYLES if (i, s) in self.styles and chosen(self.styles[i, s])), None)
            hard = i in self.hard and chosen(self.hard[i])
            light = i in self.light and chosen(self.light[i])
            used = 0.0
            if hard or light:
                most = slot.hard_minutes if hard else slot.light_minutes
                used = min(most, slot.minutes - MOBILITY_MINUTES[0]) if style else most
                used = min(used, MICRO_MINUTES[1]) if slot.micro else used
                placed.append(_strength(slot, used, light=light))
            if style:
                placed.append(_mobility(slot, style, used))
            elif i in self.pocket and chosen(self.pocket[i]):
                placed.append(replace(_mobility(slot, "recovery", 0.0), minutes=POCKET_MINUTES))
        placed.sort(key=lambda one: (one.day, one.at or time.max))
        return Timetable(placed=tuple(placed), solver=status)


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


def _same_place(one: PlannedSession, slot: Opportunity) -> bool:
    return one.day == slot.day and one.slot in ("free", "after_run") and (one.at is None or slot.at is None or (
        slot.at <= one.at
    ))  # fmt: skip
