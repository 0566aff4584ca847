"""What programmes are made of: exercises, phases, cues and rules, as the TOML files beside this one say.

Adding an exercise is adding a table there; docs/methods/catalogue.md says what each field means.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from evenstride.model import Catalogue, Cue, Dose, Exercise, GateItem, Phase, Prescription, Rule, SessionType
from evenstride.plan.catalogue.checks import check
from evenstride.plan.catalogue.graph import regressions_of

_Noun = TypeVar("_Noun")

FAMILY_FILES = {
    "strength.toml": "strength",
    "support.toml": "support",
    "balance.toml": "balance",
    "plyometric.toml": "plyometric",
    "mobility.toml": "mobility",
    "drills.toml": "drill",
}
"""Which file holds which family; within one, exercises keep their order."""
WORD_LISTS = (
    "planes", "joints", "muscles", "equipment", "load_equipment", "contraindications", "progressions", "emphases",
    "uses",
)  # fmt: skip
"""Fields that are words with commas between them (arrays do as well, and take longer to read)."""
FILES = (*FAMILY_FILES, "evidence.toml", "phases.toml", "cues.toml", "rules.toml")


@cache
def load_catalogue() -> Catalogue:
    """Return everything that a programme can be made of; read and checked once.

    >>> catalogue = load_catalogue()
    >>> catalogue.exercises["single_leg_romanian_deadlift"].name, catalogue.rules["R-24H"].grade
    ('Single-leg Romanian deadlift', 'fair')
    >>> [phase.name for phase in catalogue.phases]
    ['beginner', 'intermediate', 'advanced']
    """
    folder = files("evenstride.plan.catalogue")
    return catalogue_of({name: folder.joinpath(name).read_text(encoding="utf8") for name in FILES})


def catalogue_of(texts: Mapping[str, str]) -> Catalogue:
    """Make a catalogue of TOML texts by file name, and check it.

    Raises
    ------
    ValueError
        Something is missing, unknown, named twice, or leads nowhere; names the entry.
    """
    said = {name: tomllib.loads(text) for name, text in texts.items()}
    tables: dict[str, dict[str, Any]] = {}
    for file, family in FAMILY_FILES.items():
        for name, table in said[file].items():
            if name in tables:
                raise ValueError(f"{file}: {name} is there twice")
            words = {field: table[field].split(", ") for field in WORD_LISTS if isinstance(table.get(field), str)}
            tables[name] = {"family": family, **table, **words}
    unknown = {(one, name) for name, table in tables.items() for one in table.get("progressions", ())
               if one not in tables}  # fmt: skip
    if unknown:
        raise ValueError("; ".join(f"{name} leads to {one}, which is no exercise" for one, name in sorted(unknown)))
    easier = regressions_of({name: table.get("progressions", ()) for name, table in tables.items()})
    catalogue = Catalogue(
        exercises={name: _exercise(name, table, easier[name], said["evidence.toml"]) for name, table in tables.items()},
        phases=tuple(_phase(table) for table in said["phases.toml"]["phase"]),
        cues=tuple(_made(Cue, name, id=name, **table) for name, table in said["cues.toml"].items()),
        rules={name: _made(Rule, name, id=name, **table) for name, table in said["rules.toml"].items()},
    )
    check(catalogue)
    return catalogue


def _exercise(
    name: str, table: Mapping[str, Any], easier: tuple[str, ...], notes: Mapping[str, Mapping[str, str]]
) -> Exercise:
    note = notes.get(table.get("evidence", ""))
    if note is None:
        raise ValueError(f"{name}: there is no evidence note {table.get('evidence')!r}")
    if "dose" not in table:
        raise ValueError(f"{name}: there is no dose")
    fields = {
        "tempo": "",
        **table,
        "dose": _made(Dose, name, **table["dose"]),
        "evidence": note["text"],
        "evidence_grade": note["grade"],
    }
    return _made(Exercise, name, id=name, regressions=easier, **fields)


def _phase(table: Mapping[str, Any]) -> Phase:
    name = table["name"]
    types = tuple(
        _made(SessionType, name, **{**one, "prescriptions": tuple(
            _made(Prescription, name, **line) for line in one["prescriptions"]
        )})
        for one in table["types"]
    )  # fmt: skip
    gate = tuple(_made(GateItem, name, **one) for one in table.get("gate", ()))
    return _made(Phase, name, **{"weeks": None, **table, "types": types, "gate": gate})


def _made(noun: Callable[..., _Noun], where: str, **fields: Any) -> _Noun:
    """Make a noun of a table; a wrong field is told with the entry that has it."""
    try:
        return noun(**{key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()})
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error
