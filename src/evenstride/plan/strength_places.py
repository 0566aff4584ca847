"""Where strength may stand: how often, how far apart, and what each place is worth."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from evenstride.plan.figures import BETWEEN_BEGINNER_DAYS, BETWEEN_HARD, SESSIONS_A_WEEK
from evenstride.plan.places import PRICES, Places, same_place
from evenstride.plan.slots import Span, span
from evenstride.plan.weeks import monday

NEAR_DAYS = 3
"""Sessions further apart than this never disturb each other (48 h after a whole day are in its third night)."""


def add_strength(places: Places) -> None:
    """Add what may stand where, and every rule that binds it."""
    for i, slot in enumerate(places.slots):
        if monday(slot.day) in places.test_weeks:
            continue
        full = places.wanted_minutes(i)
        for group, minutes, cost in (
            (places.hard, slot.hard_minutes, 0.0),
            (places.light, slot.light_minutes, PRICES["light instead"]),
        ):
            if minutes > 0 and (group is places.hard or slot.hard_minutes < minutes):
                missing = PRICES["short strength"] * max(0.0, 1.0 - minutes / full)
                group[i] = places.programme.variable(PRICES["strength"] - cost - missing + _extras(places, i))
    _so_many_a_week(places)
    _light_only_instead(places)
    _first_where_new(places)
    _keep_apart(places)
    _fix(places)


def _extras(places: Places, i: int) -> float:
    slot = places.slots[i]
    kept = any(same_place(one, slot) for one in places.question.kept if one.kind in ("strength", "micro"))
    room = 0.0 if slot.before_hard else 1.0
    return PRICES["kept"] * kept + PRICES["room"] * room + places.early(i)


def _so_many_a_week(places: Places) -> None:
    by_week: dict[date, list[int]] = defaultdict(list)
    for i, slot in enumerate(places.slots):
        by_week[monday(slot.day)] += places.strength(i)
    for start, variables in by_week.items():
        past = places.question.past
        done = sum(monday(one.day) == start for one in past if one.kind in ("strength", "micro"))
        places.programme.at_most(variables, max(0, _most(places, start, done) - done))


def _most(places: Places, start: date, done: int) -> int:
    """How many strength sessions a week may have; where a review leaves fewer, done and locked ones still stand."""
    question = places.question
    most = SESSIONS_A_WEEK[question.phases[start]]
    locked = sum(monday(one.day) == start for one in question.fixed if one.kind in ("strength", "micro"))
    return min(most, max(question.most.get(start, most), done + locked))


def _light_only_instead(places: Places) -> None:
    """Outside the season an unloaded session stands only where the week holds no loaded one: it tires as well."""
    by_week: dict[date, list[int]] = defaultdict(list)
    for i in places.light:
        if not places.slots[i].micro:
            by_week[monday(places.slots[i].day)].append(places.light[i])
    for start, lights in by_week.items():
        places.programme.at_most(lights, 1)
        for j, loaded in places.hard.items():
            if monday(places.slots[j].day) == start:
                places.programme.at_most([loaded, *lights], 1)


def _first_where_new(places: Places) -> None:
    """Where only what is known may stand, something stood before, where new exercises may begin."""
    if any(one.kind in ("strength", "micro") and not one.id for one in places.question.past):
        return  # it stands in the weeks that are solved already
    free: list[int] = []
    for i, slot in enumerate(places.slots):
        if not slot.only_known:
            free += places.strength(i)
            continue
        for variable in places.strength(i):
            places.programme.row({variable: 1.0, **dict.fromkeys(free, -1.0)}, most=0.0)


def _keep_apart(places: Places) -> None:
    """No two strength sessions too near to each other, nor to a test or to one that is past."""
    question = places.question
    fixed = [(span(one.day, one.at, one.minutes), one.day, True) for one in question.tests]
    fixed += [
        (span(one.day, one.at, one.minutes), one.day, one.hard)
        for one in question.past
        if one.kind in ("strength", "micro", "test")
    ]
    mine = [
        (group[i], (_span(places, i, group), places.slots[i].day, group is places.hard))
        for i in range(len(places.slots))
        for group in (places.hard, places.light)
        if i in group
    ]
    pairs = []
    for k, (variable, one) in enumerate(mine):
        if any(_too_near(places, one, other) for other in fixed):
            places.programme.at_most([variable], 0)
        for later, other in mine[k + 1 :]:
            if (other[1] - one[1]).days > NEAR_DAYS:
                break
            if _too_near(places, one, other):
                pairs.append((variable, later))
    places.programme.never_together(pairs)


def _span(places: Places, i: int, group: Mapping[int, int]) -> Span:
    slot = places.slots[i]
    return slot.span(slot.hard_minutes if group is places.hard else slot.light_minutes)


def _too_near(places: Places, one: tuple[Span, date, bool], other: tuple[Span, date, bool]) -> bool:
    first, second = (one, other) if one[0].start <= other[0].start else (other, one)
    if abs((second[1] - first[1]).days) < BETWEEN_BEGINNER_DAYS:
        return True
    if places.question.phases.get(monday(second[1])) == "beginner":
        return False
    return first[2] and second[2] and second[0].start - first[0].end < BETWEEN_HARD


def _fix(places: Places) -> None:
    """Sessions that the runner locked keep their day."""
    for one in places.question.fixed:
        if one.kind in ("strength", "micro"):
            there = [v for i, slot in enumerate(places.slots) if same_place(one, slot) for v in places.strength(i)]
            places.programme.at_least_one(there)
