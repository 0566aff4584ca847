"""Tests of each leg: what a person typed or a table holds, checked, kept, compared."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.judge.screen import check_result, leg_changes
from evenstride.judge.screen_csv import parse_tests_csv
from evenstride.model import Assessment, LegChange, LimbComparison, PlannedSession, Side, TestResult
from evenstride.service.analyze import read_bytes
from evenstride.service.home import Home
from evenstride.service.season import compared
from evenstride.store import add_test, kept_tests, plan_in_force, remove_test, restore_test, session_logs

_SEPARATOR = re.compile(r"[,;\s]+")


@dataclass(frozen=True, kw_only=True)
class Entered:
    """One test as it was typed: trials per leg as text, the day (None: today), added loads in kg per leg."""

    test: str
    left: str
    right: str
    day: date | None = None
    loads_kg: tuple[float | None, float | None] = (None, None)
    note: str = ""


def assessment_named(name: str) -> Assessment:
    """Return the assessment by its name or a close miss of it.

    >>> assessment_named("Knee to wall").name
    'knee_to_wall'
    """
    asked = re.sub(r"[\s-]+", "_", name.strip().lower())
    known = assessments()
    if asked in known:
        return known[asked]
    by_label = {re.sub(r"\W+", "_", one.label.lower()).strip("_"): one for one in known.values()}
    if asked in by_label:
        return by_label[asked]
    close = difflib.get_close_matches(asked, [*known, *by_label], n=1, cutoff=0.6)
    hint = f"Did you mean {close[0] if close[0] in known else by_label[close[0]].name}?" if close else ""
    raise InvalidRequest(f"There is no test called {name}.", help=hint or f"There are: {', '.join(known)}.")


def every_assessment() -> Mapping[str, Assessment]:
    """Return the tests of each leg by their names, in the order in which they are best done."""
    return assessments()


def changes_of(comparisons: Sequence[LimbComparison]) -> tuple[LegChange, ...]:
    """Return how each leg changed against its own first result of each test."""
    return tuple(leg_changes([one.result for one in comparisons if one.result is not None]))


def next_test(home: Home) -> PlannedSession | None:
    """Return the first session of tests that the plan has from today on and that was not told done; None without."""
    kept = plan_in_force(home.store, home.athlete_id)
    if kept is None:
        return None
    done = {one.log.session for one in session_logs(home.store, home.athlete_id) if one.log.done}
    ahead = (one for one in kept.plan.sessions if one.kind == "test" and one.day >= home.today and one.id not in done)
    return min(ahead, key=lambda one: one.day, default=None)


def add_entered(home: Home, entered: Entered) -> LimbComparison:
    """Check, keep and compare one test.

    Raises
    ------
    InvalidRequest
        No such test, or a value that cannot be; the sentence names it.
    """
    return _kept(home, _entered(home, entered))


def add_several(home: Home, entered: Sequence[Entered]) -> tuple[LimbComparison, ...]:
    """Check several tests, and keep them all when none of them is refused.

    Raises
    ------
    InvalidRequest
        As :func:`add_entered`; nothing is kept then.
    """
    results = [_entered(home, one) for one in entered]
    for result in results:
        _check(home, result)
    return tuple(_kept(home, result) for result in results)


def _entered(home: Home, entered: Entered) -> TestResult:
    assessment = assessment_named(entered.test)
    return TestResult(
        test=assessment.name,
        day=entered.day or home.today,
        left=_trials(entered.left, assessment, "left"),
        right=_trials(entered.right, assessment, "right"),
        extra=_loads(entered.loads_kg),
        note=entered.note,
    )


def add_from_csv(home: Home, path: Path) -> tuple[tuple[LimbComparison, ...], tuple[str, ...]]:
    """Keep every test of a CSV file; return what they say, and a sentence for each line that could not be used."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest(f"{path.name} is not a text file.", help="Save the table as CSV (UTF-8).") from None
    results, problems = parse_tests_csv(text)
    known = [replace(one, id="") for one in kept_tests(home.store, home.athlete_id)]
    added: list[LimbComparison] = []
    refused = [loss.text for loss in problems]
    for result in results:
        if result in known:  # the same table once more changes nothing
            continue
        try:
            added.append(_kept(home, result))
        except InvalidRequest as error:
            refused.append(f"{result.test} of {result.day}: {error.text} {error.help}".strip())
    return tuple(added), tuple(refused)


def remove(home: Home, id_: str) -> TestResult:
    """Take one test away and return it; :func:`take_back` brings it back.

    Raises
    ------
    InvalidRequest
        There is no test with this identifier.
    """
    found = next((one for one in kept_tests(home.store, home.athlete_id) if one.id == id_), None)
    if found is None:
        raise InvalidRequest(f"There is no test {id_}.", help="evenstride screen list names them.")
    remove_test(home.store, home.athlete_id, id_, home.now)
    return found


def take_back(home: Home, id_: str) -> TestResult:
    """Bring back a test that was removed.

    Raises
    ------
    UnknownEntry
        No test with this identifier was removed.
    """
    restore_test(home.store, home.athlete_id, id_)
    return next(one for one in kept_tests(home.store, home.athlete_id) if one.id == id_)


def _kept(home: Home, result: TestResult) -> LimbComparison:
    _check(home, result)
    id_ = add_test(home.store, home.athlete_id, result)
    everything = compared(kept_tests(home.store, home.athlete_id), home.profile)
    return next(one for one in everything if one.result is not None and one.result.id == id_)


def _check(home: Home, result: TestResult) -> None:
    check_result(result)
    if not result.left or not result.right:
        given, other = ("left", "right") if result.left else ("right", "left")
        raise InvalidRequest(
            f"Only the {given} leg was tested; nothing was kept.", help=f"Add the {other} leg's trials."
        )
    if result.day > home.today:
        raise InvalidRequest(f"{result.day} is in the future.", help="Give the day on which the test was done.")


def _trials(text: str, assessment: Assessment, side: Side) -> tuple[float, ...]:
    """The numbers in what was typed; names of classes, or their first words, count as their place."""
    if not text.strip():
        raise InvalidRequest(f"The {side} leg has no trial.", help='For example --left "22 24" --right "25 25".')
    if assessment.classes:
        wanted = [part.strip().lower().replace("_", " ") for part in re.split(r"[,;]", text)]
        places = [_place(part, assessment.classes) for part in wanted]
        if None not in places:
            return tuple(float(place) for place in places if place is not None)
    tight = re.search(r"\d,\d", text)
    if tight and not re.search(r"[;\s]", text.strip()):
        typed = text.strip()
        apart = f'put spaces between trials: "{typed.replace(",", " ")}".'
        one = f"Write {typed.replace(',', '.')} for one trial, or {apart}" if re.fullmatch(r"\d+,\d+", typed) else ""
        raise InvalidRequest(
            f"Is {typed} of the {side} leg one trial or several?", help=one or apart[0].upper() + apart[1:]
        )
    plain = re.sub(r"(?<=\d),(?=\d)", ".", text) if tight else text
    try:
        return tuple(float(part) for part in _SEPARATOR.split(plain.strip()) if part)
    except ValueError:
        classes = f" or of: {', '.join(assessment.classes)}" if assessment.classes else ""
        raise InvalidRequest(
            f"The trials of the {side} leg cannot be read: {text}.",
            help=f"Write numbers in {assessment.unit}{classes}, with spaces between them.",
        ) from None


def _place(said: str, classes: Sequence[str]) -> int | None:
    """The place of the only class that begins with what was said."""
    found = [place for place, name in enumerate(classes) if name.lower().startswith(said) and said]
    return found[0] if len(found) == 1 else None


def _loads(loads_kg: tuple[float | None, float | None]) -> Mapping[str, float]:
    if loads_kg == (None, None):
        return {}
    left, right = (0.0 if load is None else load for load in loads_kg)
    return {"left_load_kg": left, "right_load_kg": right}
