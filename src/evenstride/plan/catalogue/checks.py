"""What must hold of a catalogue, checked once when it is read."""

from collections.abc import Callable, Collection, Iterator

from evenstride.model import EMPHASES, Catalogue, Exercise
from evenstride.plan.catalogue.graph import cycle_in, reachable
from evenstride.plan.catalogue.words import (
    CENTRES,
    CHECKLIST,
    EQUIPMENT,
    FAMILIES,
    GRADES,
    JOINTS,
    LOAD_TYPES,
    PATTERNS,
    PLANES,
    REGIONS,
    SIDES,
    USES,
)
from evenstride.plan.figures import LONG_HOLD_S, SHORT_HOLD_S, TEMPO_PAUSE_S, TEMPO_S

CUES = (2, 4)
_WORDS: tuple[tuple[str, Collection[object]], ...] = (
    ("planes", PLANES), ("joints", JOINTS), ("equipment", EQUIPMENT), ("load_equipment", EQUIPMENT),
    ("contraindications", REGIONS), ("emphases", EMPHASES), ("uses", USES),
)  # fmt: skip
_WORD: tuple[tuple[str, Collection[object]], ...] = (
    ("family", FAMILIES), ("pattern", PATTERNS), ("sides", SIDES), ("load_type", LOAD_TYPES), ("centre", CENTRES),
    ("evidence_grade", GRADES), ("difficulty", range(1, 6)), ("balance_demand", range(4)), ("impact", range(4)),
)  # fmt: skip
_NEEDED = ("name", "planes", "joints", "muscles", "cues", "faults", "how", "evidence")


def check(catalogue: Catalogue) -> None:
    """Raise a ValueError that names every entry with which something is wrong."""
    wrong = [f"{one.id}: {what}" for one in catalogue.exercises.values() for part in _PARTS for what in part(one)]
    wrong += [*_graph(catalogue), *_phases(catalogue), *_rest(catalogue)]
    if wrong:
        raise ValueError("; ".join(wrong))


def _complete(one: Exercise) -> Iterator[str]:
    yield from (f"there is no {field}" for field in _NEEDED if not getattr(one, field))
    if not CUES[0] <= len(one.cues) <= CUES[1]:
        yield f"there are {len(one.cues)} cues"


def _known_words(one: Exercise) -> Iterator[str]:
    for field, known in _WORDS:
        yield from (f"{word!r} is none of the words of {field}" for word in getattr(one, field) if word not in known)
    for field, known in _WORD:
        if getattr(one, field) not in known:
            yield f"{field} cannot be {getattr(one, field)!r}"


def _dosed(one: Exercise) -> Iterator[str]:
    hold = one.dose.hold_s
    if one.tempo and (hold is not None or one.plyometric):
        yield "holds and plyometrics have no tempo"
    if not one.tempo and hold is None and one.family in ("strength", "support"):
        yield "repetitions of strength have a tempo"
    if one.tempo and not _slow(one.tempo):
        yield f"the tempo {one.tempo} is none of 2-3 s each way with short pauses"
    long_hold = hold == LONG_HOLD_S[0] and one.hold_s_max == LONG_HOLD_S[1]
    short_hold = hold is not None and SHORT_HOLD_S[0] <= hold <= SHORT_HOLD_S[1] and one.hold_s_max is None
    if one.family == "mobility" and hold is not None and not (long_hold or short_hold):
        yield "a hold is short, or long and growing"
    if "pre_run" in one.uses and hold is not None and hold > SHORT_HOLD_S[1]:
        yield "it is held too long for the minutes before a run"
    if (one.load_type == "none") != (not one.load_equipment):
        yield "load_type and load_equipment go together"


def _slow(tempo: str) -> bool:
    parts = tempo.split("-")
    if len(parts) != 4 or not all(part.isdigit() for part in parts):
        return False
    down, low, up, high = map(int, parts)
    return all(TEMPO_S[0] <= part <= TEMPO_S[1] for part in (down, up)) and all(
        TEMPO_PAUSE_S[0] <= part <= TEMPO_PAUSE_S[1] for part in (low, high)
    )


def _open(one: Exercise) -> Iterator[str]:
    if one.start and (one.equipment or one.plyometric or one.dose.load_kg):
        yield "a start needs no equipment, no load and no gate"


_PARTS: tuple[Callable[[Exercise], Iterator[str]], ...] = (_complete, _known_words, _dosed, _open)


def _graph(catalogue: Catalogue) -> Iterator[str]:
    circle = cycle_in({name: one.progressions for name, one in catalogue.exercises.items()})
    if circle:
        yield f"progressions go in a circle among {', '.join(circle)}"
    for name in sorted(catalogue.exercises.keys() - reachable(catalogue.exercises)):
        yield f"{name}: no way leads to it from a start"


def _phases(catalogue: Catalogue) -> Iterator[str]:
    for phase in catalogue.phases:
        named = [line.exercise for type_ in phase.types for line in type_.prescriptions]
        named += [item.exercise for item in phase.gate if item.exercise]
        yield from (f"{phase.name}: {name} is no exercise" for name in named if name not in catalogue.exercises)
        for line in (line for type_ in phase.types for line in type_.prescriptions):
            if (line.reps is None) == (line.hold_s is None):
                yield f"{phase.name}: {line.exercise} has repetitions or a hold, not both"


def _rest(catalogue: Catalogue) -> Iterator[str]:
    for cue in catalogue.cues:
        if cue.drill not in catalogue.exercises:
            yield f"{cue.id}: {cue.drill} is no exercise"
        if cue.about not in CHECKLIST:
            yield f"{cue.id}: {cue.about} is no item of the checklist"
    for rule in catalogue.rules.values():
        if rule.grade not in GRADES:
            yield f"{rule.id}: {rule.grade} is no grade"
