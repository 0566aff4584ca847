"""The graph of exercises: what comes after what, the way to an exercise, and what can stand in for one."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from evenstride.model import Catalogue, Exercise


def regressions_of(progressions: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Turn round what leads to what.

    >>> regressions_of({"squat": ("pistol",), "box_sit": ("squat",), "pistol": ()})
    {'squat': ('box_sit',), 'box_sit': (), 'pistol': ('squat',)}
    """
    easier: dict[str, tuple[str, ...]] = dict.fromkeys(progressions, ())
    for name, harder in progressions.items():
        for one in harder:
            easier[one] = (*easier[one], name)
    return easier


def cycle_in(progressions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the exercises that lie on circles, or lead only to or from them; empty when there is none.

    >>> cycle_in({"a": ("b",), "b": ("c",), "c": ()}), cycle_in({"a": ("b",), "b": ("a",)})
    ((), ('a', 'b'))
    """
    left = {name: set(harder) for name, harder in progressions.items()}
    while ends := [name for name, harder in left.items() if not harder]:
        for name in ends:
            del left[name]
        for harder in left.values():
            harder.difference_update(ends)
    return tuple(left)


def reachable(exercises: Mapping[str, Exercise]) -> frozenset[str]:
    """Return every exercise that progressions lead to from one that is open to anybody, those included."""
    found = {name for name, one in exercises.items() if one.start}
    ahead = deque(found)
    while ahead:
        new = set(exercises[ahead.popleft()].progressions) - found
        found |= new
        ahead.extend(new)
    return frozenset(found)


def ladder(catalogue: Catalogue, exercise: str) -> tuple[str, ...]:
    """Return the shortest way from an open start to an exercise, both included.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> ladder(load_catalogue(), "pistol_squat")
    ('squat', 'assisted_pistol_squat', 'single_leg_box_squat', 'partial_single_leg_squat', 'pistol_squat')
    """
    exercises = catalogue.exercises
    ways: deque[tuple[str, ...]] = deque([(exercise,)])
    seen = {exercise}
    while ways:
        way = ways.popleft()
        if exercises[way[0]].start:
            return way
        for easier in exercises[way[0]].regressions:
            if easier not in seen:
                seen.add(easier)
                ways.append((easier, *way))
    raise ValueError(f"nothing leads to {exercise}")


def nearest_relative(catalogue: Catalogue, exercise: str, usable: Collection[str]) -> str | None:
    """Return what can stand in for an exercise: of the same pattern, usable, and nearest in the graph.

    The exercise itself where it is usable, None where nothing of its pattern is. An exercise of each leg is replaced by
    one of each leg where there is any. Among equally near ones the difficulty decides, then the easier one, then the
    name, so that the answer is always the same.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> catalogue = load_catalogue()
    >>> bare = [name for name, one in catalogue.exercises.items() if not one.equipment]
    >>> nearest_relative(catalogue, "bulgarian_split_squat", bare), nearest_relative(catalogue, "step_up", bare)
    ('split_squat', 'lateral_toe_tap_squat')
    >>> nearest_relative(catalogue, "step_up", []) is None
    True
    """
    exercises = catalogue.exercises
    if exercise in usable:
        return exercise
    wanted = exercises[exercise]
    relatives = [one for name in usable if (one := exercises[name]).pattern == wanted.pattern]
    if not relatives:
        return None
    steps = _distances(exercises, exercise)

    def how_near(one: Exercise) -> tuple[bool, int, int, int, str]:
        harder = one.difficulty - wanted.difficulty
        return one.sides != wanted.sides, steps.get(one.id, len(exercises)), abs(harder), harder, one.id

    return min(relatives, key=how_near).id


def _distances(exercises: Mapping[str, Exercise], start: str) -> dict[str, int]:
    steps, ahead = {start: 0}, deque([start])
    while ahead:
        name = ahead.popleft()
        for one in (*exercises[name].progressions, *exercises[name].regressions):
            if one not in steps:
                steps[one] = steps[name] + 1
                ahead.append(one)
    return steps
