"""Tests of each leg from a table: one row is one trial.

::

    date,test,leg,value,load_kg,note
    2026-05-04,single_leg_hop,left,152,,
    2026-05-04,single_leg_hop,right,158,,

Separators may be commas, semicolons or tabs; with the latter two a decimal comma is understood. A class is given by its
name or its place.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from evenstride.errors import EvenstrideError, InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.judge.screen import check_load, check_result, check_value
from evenstride.model import Assessment, Loss, TestResult
from evenstride.model.profile import Side

ROWS_MAX = 100_000
HEADER: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day"),
    "test": ("test", "assessment", "name"),
    "leg": ("leg", "side", "limb"),
    "value": ("value", "result", "score"),
    "load_kg": ("load_kg", "load", "load (kg)"),
    "note": ("note", "notes", "comment"),
}
"""Column → what its header may say."""
NEEDED = ("date", "test", "leg", "value")
_LEGS: Mapping[str, Side] = {"left": "left", "l": "left", "right": "right", "r": "right"}
_DATE_HELP = "Write it as 2026-05-04."


@dataclass
class _Trials:
    """One test on one day while its rows are read."""

    line: int
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    loads: dict[Side, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def parse_tests_csv(text: str) -> tuple[tuple[TestResult, ...], tuple[Loss, ...]]:
    """Read a table of trials: the results, and for each row that could not be read a sentence with its line.

    Rows of one test and day are one result, in the order of the table. Good rows are kept whatever the others are.

    Raises
    ------
    InvalidRequest
        The table as a whole cannot be read: it has no header with the columns that are needed, or far too many rows.

    Examples
    --------
    >>> results, losses = parse_tests_csv('''date,test,leg,value
    ... 2026-05-04,single-leg hop for distance,left,152
    ... 2026-05-04,single_leg_hop,right,158
    ... 2026-05-04,single_leg_hop,right,1580
    ... ''')
    >>> results[0].left, results[0].right
    ((152.0,), (158.0,))
    >>> print(losses[0].text)
    Line 4: 1580 cm cannot be a single-leg hop for distance of the right leg. It is 5 to 350 cm.
    """
    rows, decimal_comma = _rows(text)
    columns = _columns(rows)
    days: dict[tuple[date, str], _Trials] = {}
    losses = []
    for line, row in rows[1:]:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        try:
            _add(days, cells, line, decimal_comma=decimal_comma)
        except InvalidRequest as error:
            losses.append(_loss(line, error))
    results = []
    for (day, test), trials in days.items():
        result = TestResult(
            test=test, day=day, left=tuple(trials.left), right=tuple(trials.right),
            extra={f"{side}_load_kg": load for side, load in trials.loads.items()},
            note="; ".join(dict.fromkeys(trials.notes)),
        )  # fmt: skip
        try:
            check_result(result)
            results.append(result)
        except InvalidRequest as error:
            losses.append(_loss(trials.line, error))
    return tuple(results), tuple(losses)


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], bool]:
    text = text.lstrip("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";\t,", key=header.count)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if len(rows) > ROWS_MAX:
                raise InvalidRequest(f"The table has more than {ROWS_MAX} rows.", help="Give it in parts.")
    except csv.Error as error:
        raise InvalidRequest(
            f"Line {reader.line_num} of the table cannot be read: {error}.", help="Save it as plain CSV."
        ) from None
    return rows, delimiter != ","


def _columns(rows: Sequence[tuple[int, list[str]]]) -> dict[str, int]:
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    found = {
        name: next(at for at, cell in enumerate(header) if cell in aliases)
        for name, aliases in HEADER.items()
        if any(cell in aliases for cell in header)
    }
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise InvalidRequest(
            f"The table has no column {missing[0]}.", help=f"Its first line names the columns: {', '.join(HEADER)}."
        )
    return found


def _add(
    days: dict[tuple[date, str], _Trials], cells: Mapping[str, str], line: int, *, decimal_comma: bool
) -> None:  # fmt: skip
    day, test = _date(cells["date"]), _test(cells["test"])
    leg = _LEGS.get(cells["leg"].lower())
    if leg is None:
        raise InvalidRequest(f"{_shown(cells['leg'])} is no leg.", help="Write left or right.")
    value = _value(test, cells["value"], decimal_comma=decimal_comma)
    check_value(test, leg, value)
    told = cells.get("load_kg", "")
    load = _number(told, decimal_comma=decimal_comma) if told else None
    if load is not None:
        check_load(load)
    trials = days.get((day, test.name))
    before = (trials.left if leg == "left" else trials.right) if trials else []
    if trials and before and trials.loads.get(leg) != load:
        raise InvalidRequest(
            f"The {leg} leg had another load in this test that day.", help="One result has one load a leg."
        )
    trials = days.setdefault((day, test.name), _Trials(line=line))
    (trials.left if leg == "left" else trials.right).append(value)
    if load is not None:
        trials.loads[leg] = load
    if cells.get("note"):
        trials.notes.append(cells["note"])


def _date(told: str) -> date:
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", told)
    try:
        if dotted:
            day, month, year = (int(part) for part in dotted.groups())
            return date(year, month, day)
        return date.fromisoformat(told)
    except ValueError:
        raise InvalidRequest(f"{_shown(told)} is no date.", help=_DATE_HELP) from None


def _test(told: str) -> Assessment:
    known = assessments()
    plain = _plain(told)
    for name, test in known.items():
        if plain in (_plain(name), _plain(test.label)):
            return test
    raise InvalidRequest(f"There is no test {_shown(told)}.", help=f"There are {', '.join(known)}.")


def _value(test: Assessment, told: str, *, decimal_comma: bool) -> float:
    names = [_plain(name) for name in test.classes]
    return float(names.index(_plain(told))) if _plain(told) in names else _number(told, decimal_comma=decimal_comma)


def _number(told: str, *, decimal_comma: bool) -> float:
    try:
        return float(told.replace(",", ".") if decimal_comma else told)
    except ValueError:
        raise InvalidRequest(f"{_shown(told)} is no number.", help="Write the value alone, without its unit.") from None


def _plain(told: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", told.lower()).strip("_")


def _shown(told: str) -> str:
    return f"“{told[:40]}”" if told else "An empty cell"


def _loss(line: int, error: EvenstrideError) -> Loss:
    return Loss(code="row_not_read", text=f"Line {line}: {error.text} {error.help}".strip())
