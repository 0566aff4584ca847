"""A virtual runner's body through a week: what is done, what it does to the legs, and what could be written down.

Every number here is an assumption of this study; ``validation/results/decisions.md`` lists them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import exp

from evenstride.model import Dose, Side
from validation.virtual_life import DAYS, LEGS, Episode, Life

SITES: Mapping[str, str] = {"step_up": "knee", "single_leg_calf_raise": "achilles", "single_leg_romanian_deadlift": ""}
"""The programme's exercises, and the site that each may irritate."""
STRENGTH_DAYS, STRENGTH_LOAD, SETS = (0, 4), 180.0, 3
RUNS: Mapping[int, tuple[str, float, float]] = {
    1: ("easy", 45.0, 3.0), 3: ("intervals", 50.0, 8.0), 5: ("easy", 40.0, 3.0), 6: ("long", 80.0, 4.0)
}  # fmt: skip
"""By day of the week: kind, minutes, effort that goes with it."""
WEEK_LOAD = 2.0 * STRENGTH_LOAD + sum(minutes * effort for _, minutes, effort in RUNS.values())
FATIGUE_DAYS, IRRITATION_DAYS, SORENESS_DAYS = 6.0, 3.0, 1.2
STEP = 0.02
"""One step of the programme asks 2 % more of a leg."""
LIGHT_SETS, LIGHT_RUNNING = 2, 0.8
TIRED, RESTED = 1.2, 1.1
"""Fatigue at the end of a week over the runner's usual: from the first on rest is right, below the second going on."""
SORE, QUIET = 3.0, 1.5
"""Irritation of a site, 0 to 10: from the first on it should be spared, below the second it need not."""
GIVES_UP_AT, OUT_FOR = 7.0, 42
"""With so much pain the runner stops unasked, and for so many days."""
Place = tuple[str, Side]


@dataclass(kw_only=True)
class Body:
    """The hidden state. ``steps`` is how far each exercise has risen on a side; ``easier`` what stands in for one,
    ``lasting`` for how many days each knee has hurt without a day between."""

    gap_pct: float
    index_shift: float = 0.0
    growth: float = 1.0
    fatigue: float = 1.0
    lately: list[float] = field(default_factory=lambda: [1.0, 1.0, 1.0])
    soreness: float = 0.0
    irritation: dict[Place, float] = field(default_factory=lambda: {(s, leg): 0.0 for s in SITES.values() if s
                                                                    for leg in LEGS})  # fmt: skip
    bone: float = 0.0
    lasting: dict[Side, int] = field(default_factory=lambda: dict.fromkeys(LEGS, 0))
    steps: dict[Place, int] = field(default_factory=lambda: {(name, leg): 0 for name in SITES for leg in LEGS})
    easier: dict[str, tuple[str, int]] = field(default_factory=dict)
    stopped_until: int = -1
    seen_until: int = -1
    light: bool = False
    fewer_sets_until: int = -1
    sessions_most: tuple[int, int] = (2, -1)
    more_until: int = -1
    changed: bool = False
    retest: bool = False
    ended: dict[Episode, int] = field(default_factory=dict)
    sets_done: float = 0.0


@dataclass(kw_only=True)
class Worked:
    """One exercise of a session on both legs: dose, repetitions of each set, form, pain as it is."""

    exercise: str
    dose: dict[Side, Dose]
    reps: dict[Side, tuple[float, ...]]
    clean: dict[Side, bool]
    pain: float = 0.0
    site: str = ""
    side: Side | None = None


@dataclass(kw_only=True)
class Day:
    """What a day held: the session (None: none was planned, empty: missed), the run, how the body was."""

    day: int
    session: list[Worked] | None = None
    session_effort: float = 0.0
    run: tuple[str, float] | None = None
    run_effort: float = 0.0
    aches: dict[Place, float] = field(default_factory=dict)
    tiredness: float = 1.0
    soreness: float = 0.0
    irritated: bool = False


def tiredness(body: Body) -> float:
    """Fatigue of the last three days over what is usual there."""
    return sum(body.lately[-3:]) / 3.0


def capacity(life: Life, body: Body, side: Side) -> float:
    """Of one leg, in units of the weaker leg's at the beginning."""
    strong = body.growth / (1.0 - life.traits.gap_pct / 100.0)
    return strong * (1.0 - body.gap_pct / 100.0) if side == life.traits.weak else strong


def active(life: Life, body: Body, day: int) -> list[Episode]:
    """The episodes that are there on a day."""
    return [one for one in life.episodes if one.first <= day < min(one.last, body.ended.get(one, one.last))]


def live_week(life: Life, body: Body, week: int) -> list[Day]:
    """Live one week: the body changes, and what happened is told."""
    days = [_live_day(life, body, 7 * week + offset, offset) for offset in range(7)]
    done = sum(len(one.reps["left"]) for day in days for one in day.session or [])
    full = len(STRENGTH_DAYS) * len(SITES) * SETS
    share = min(1.0, done / full)
    body.sets_done += done
    body.growth *= 1.0 + life.traits.adapts_a_week * share
    _move_gap(life, body, week, share)
    return days


def _move_gap(life: Life, body: Body, week: int, share: float) -> None:
    traits = life.traits
    if traits.path == "closing" or (traits.path == "stagnating" and body.changed and traits.responds):
        more = 1.15 if body.more_until >= 7 * week else 1.0
        body.gap_pct *= 0.5 ** (share * more / traits.half_weeks)
    if traits.path == "drifting" and week >= traits.drift_from and body.index_shift < traits.drift_total:
        body.index_shift += traits.drift_a_week
        body.gap_pct += 0.5 * traits.drift_a_week / 0.15


def _live_day(life: Life, body: Body, day: int, offset: int) -> Day:
    week = day // 7
    _recover(life, body, day)
    told = Day(day=day, tiredness=body.lately[-1], soreness=body.soreness)
    able = not life.ill[day] and not life.away[week] and day > body.stopped_until
    load = 0.0
    if offset in STRENGTH_DAYS[: sessions_in(body, day - offset)]:
        told.session = _session(life, body, day, offset) if able and _keeps(life, day, offset) else []
        if told.session:
            load += STRENGTH_LOAD * _share(told.session)
            told.session_effort = 6.0 + 5.0 * max(0.0, _hardest(life, body) - 1.0)
    if offset in RUNS and able:
        kind, minutes, effort = RUNS[offset]
        factor = float(life.running[week]) * (LIGHT_RUNNING if body.light else 1.0)
        told.run, told.run_effort = (kind, minutes * factor), effort + 1.5 * max(0.0, factor - 1.0)
        load += minutes * factor * effort
        _strained_by_run(life, body, day, factor)
    told.aches = _aches(life, body, day)
    body.lasting = {
        leg: days + 1 if told.aches.get(("knee", leg), 0.0) >= QUIET else 0 for leg, days in body.lasting.items()
    }
    if max(told.aches.values(), default=0.0) >= GIVES_UP_AT and day > body.stopped_until:
        body.stopped_until = day + OUT_FOR
    body.fatigue += 7.0 * load / WEEK_LOAD / body.growth * (1.0 - exp(-1.0 / FATIGUE_DAYS))
    body.lately.append(body.fatigue / usual()[offset])
    told.irritated = max(told.aches.values(), default=0.0) >= SORE
    return told


def _recover(life: Life, body: Body, day: int) -> None:
    """A night: shorter ones recover less; a cold tires."""
    rest = min(1.2, max(0.4, (float(life.sleep_h[day]) / life.traits.sleep_h) ** 2))
    body.fatigue = body.fatigue * exp(-rest / FATIGUE_DAYS) + 0.2 * float(life.ill[day])
    body.soreness *= exp(-1.0 / (SORENESS_DAYS * max(1.0, tiredness(body)) ** 2))
    body.irritation = {place: value * exp(-1.0 / IRRITATION_DAYS) for place, value in body.irritation.items()}
    for place, value in zip(body.irritation, life.twinge[day].tolist(), strict=True):
        body.irritation[place] = min(10.0, body.irritation[place] + value)


def _keeps(life: Life, day: int, offset: int) -> bool:
    place = STRENGTH_DAYS.index(offset)
    return bool(life.u["kept"][day, place] < life.traits.keeps)


def sessions_in(body: Body, monday: int) -> int:
    """How many sessions the week that begins on a day has."""
    most, until = body.sessions_most
    return most if monday <= until else len(STRENGTH_DAYS)


def sets_of(body: Body, day: int) -> int:
    return LIGHT_SETS if body.light or day <= body.fewer_sets_until else SETS


def dose_of(body: Body, exercise: str, side: Side, day: int) -> Dose:
    """What the programme asks: a repetition more a step, then the next load."""
    steps = body.steps[exercise, side]
    return Dose(sets=sets_of(body, day), reps=8 + steps % 5, load_kg=2.0 * (steps // 5))


def exercises_of(body: Body, day: int) -> list[tuple[str, str]]:
    """The programme's exercise and what is done in its place, which may be the same."""
    found = []
    for name in SITES:
        to, until = body.easier.get(name, (name, DAYS))
        found.append((name, name if until < day else to))
    return [(name, to) for name, to in found if to]


def _session(life: Life, body: Body, day: int, offset: int) -> list[Worked]:
    return [
        _worked(life, body, day, (name, to), 3 * STRENGTH_DAYS.index(offset) + n)
        for n, (name, to) in enumerate(exercises_of(body, day))
    ]


def _worked(life: Life, body: Body, day: int, what: tuple[str, str], place: int) -> Worked:
    name, to = what
    easier, site = (0.6 if to != name else 1.0), SITES[name]
    dose, reps, clean = {}, {}, {}
    for n, side in enumerate(LEGS):
        dose[side] = dose_of(body, name, side, day)
        demand = easier * (1.0 + STEP * body.steps[name, side])
        hard = demand * (1.0 + 0.3 * (tiredness(body) - 1.0)) / capacity(life, body, side)
        draw = float(life.u["more"][day, place])
        reps[side] = _reps(dose[side], hard, draw)
        clean[side] = bool(life.u["clean"][day, place] < (0.93 if hard < 1.05 else 0.6) + 0.03 * n)
        if site:
            over = demand / (capacity(life, body, side) * life.traits.tolerance) - 1.0
            more = 6.0 * max(0.0, over) * dose[side].sets / SETS
            body.irritation[site, side] = min(10.0, body.irritation[site, side] + more)
            body.soreness = min(8.0, body.soreness + 0.4 * demand / capacity(life, body, side))
    worked = Worked(exercise=to, dose=dose, reps=reps, clean=clean, site=site)
    if site:
        worked.pain, worked.side = max((easier * _at(life, body, day, (site, side)), side) for side in LEGS)
    return worked


def _reps(dose: Dose, hard: float, draw: float) -> tuple[float, ...]:
    asked = float(dose.reps or 0)
    last = asked + 2.0 if hard < 1.0 and draw < 0.25 else asked
    if hard > 1.15 or (hard > 1.0 and draw > 0.7):
        last = asked - 2.0
    return (asked,) * (dose.sets - 1) + (last,)


def _hardest(life: Life, body: Body) -> float:
    return max((1.0 + STEP * steps) / capacity(life, body, side) for (_, side), steps in body.steps.items())


def _share(session: list[Worked]) -> float:
    """Of the load of a whole session of three sets."""
    return sum(len(one.reps["left"]) for one in session) / (SETS * len(SITES))


def _strained_by_run(life: Life, body: Body, day: int, factor: float) -> None:
    for side in LEGS:
        place = ("achilles", side)
        body.irritation[place] = min(10.0, body.irritation[place] + max(0.0, factor - 1.3))
    if any(one.kind == "bone" for one in active(life, body, day)):
        body.bone = min(10.0, body.bone + 0.35)


def _at(life: Life, body: Body, day: int, place: Place) -> float:
    """How much a place hurts: its irritation, or what an episode does there; half as much without what provokes it."""
    episodes = [one for one in active(life, body, day) if (one.kind, place) == ("joint", ("knee", one.side))]
    spared = 0.7 if "step_up" in body.easier else 1.0
    return max([body.irritation[place], *(one.size * spared for one in episodes)])


def _aches(life: Life, body: Body, day: int) -> dict[Place, float]:
    """Every place that hurts on a day, whether it is said or not."""
    found = {place: _at(life, body, day, place) for place in body.irritation}
    for one in active(life, body, day):
        if one.kind == "bone":
            found["shin", one.side] = 1.0 + body.bone
        if one.kind == "swelling":
            found["knee", one.side] = max(2.0, found["knee", one.side])
    return {place: value for place, value in found.items() if value > 0.3}


@cache
def usual() -> tuple[float, ...]:
    """Fatigue at the end of each day of the week where every week is the same and every night as usual."""
    fatigue, days = 1.0, [0.0] * 7
    for day in range(140):
        fatigue = fatigue * exp(-1.0 / FATIGUE_DAYS) + _usual_load(day % 7) * (1.0 - exp(-1.0 / FATIGUE_DAYS))
        days[day % 7] = fatigue
    return tuple(days)


def _usual_load(offset: int) -> float:
    load = STRENGTH_LOAD * (offset in STRENGTH_DAYS)
    kind = RUNS.get(offset)
    return 7.0 * (load + (kind[1] * kind[2] if kind else 0.0)) / WEEK_LOAD


def minutes_run(days: Iterable[Day]) -> float:
    """All minutes of running."""
    return sum(day.run[1] for day in days if day.run)
