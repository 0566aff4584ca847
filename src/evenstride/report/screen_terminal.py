"""The screens of tests: the left leg on the left, the right one on the right, and how a test is done."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Assessment, Direction, LegChange, LimbComparison
from evenstride.report.looks import STYLES, WIDTH_MAX, as_text, print_screen, printable, two_columns
from evenstride.report.numbers import day_words
from evenstride.report.screen_words import (
    changes_words,
    newest,
    numbers_words,
    protocol_words,
    repeated_words,
    sessions,
    targets_words,
    tests_answer,
    unit_of,
    value_of,
    which_words,
)
from evenstride.report.target_words import range_of_test_words

Tests = Mapping[str, Assessment]
EARLIER_SHOWN = 3


def print_tests(
    comparisons: Sequence[LimbComparison], assessments: Tests, *, direction: Direction | None = None,
    changes: Sequence[LegChange] = (), console: Console | None = None,
) -> None:  # fmt: skip
    """Print the screen of tests on standard output, or on the console given.

    Below the tests: each leg's change since its first one, and which leg was behind how often.
    """
    print_screen(
        lambda width: comparisons_screen(comparisons, assessments, direction=direction, changes=changes, width=width),
        console,
    )


def comparisons_text(comparisons: Sequence[LimbComparison], assessments: Tests, *, width: int = WIDTH_MAX) -> str:
    """Return the screen of tests as plain text, without colour.

    >>> from evenstride.report.example_season import example_assessments, example_comparisons
    >>> print(comparisons_text(example_comparisons(), example_assessments()).splitlines()[0])
    One of 3 tests shows a difference beyond error: single-leg calf raise (left weaker).
    """
    return as_text(comparisons_screen(comparisons, assessments, width=width), width)


def comparisons_screen(
    comparisons: Sequence[LimbComparison], assessments: Tests, *, direction: Direction | None = None,
    changes: Sequence[LegChange] = (), width: int = WIDTH_MAX,
) -> RenderableType:  # fmt: skip
    """Return the screen of tests: the newest session of each, earlier ones in short, what changed beyond error."""
    latest = newest(comparisons)
    said = tests_answer(latest)
    parts: list[RenderableType] = [Text(said.text, style="bold"), Text(said.meaning)]
    if latest:
        parts += [Text(""), _table(latest, comparisons, assessments, width)]
    if moved := changes_words(changes):
        parts += [Text(""), *(Text(line) for line in moved)]
    if repeated := repeated_words(direction, n_tests=len({one.test for one in comparisons})):
        parts += [Text(""), Text(repeated)]
    return Group(*parts, Text(""))


def print_protocol(assessment: Assessment, *, console: Console | None = None) -> None:
    """Print how a test is done on standard output, or on the console given."""
    print_screen(lambda _: protocol_screen(assessment), console)


def protocol_text(assessment: Assessment, *, width: int = WIDTH_MAX) -> str:
    """Return how a test is done as plain text, without colour.

    >>> from evenstride.report.example_season import example_assessments
    >>> print(protocol_text(example_assessments()["knee_to_wall"]).splitlines()[0])
    Knee to wall: each leg by itself, in cm.
    """
    return as_text(protocol_screen(assessment), width)


def protocol_screen(assessment: Assessment) -> RenderableType:
    """Return how a test is done, what counts, and what a difference may and may not mean."""
    label = f"{assessment.label[:1].upper()}{assessment.label[1:]}"
    unit = "as one of the steps named below" if assessment.classes else f"in {assessment.unit}"
    table = two_columns()
    enter = f'evenstride screen add {assessment.name} --left "…" --right "…"'
    for label_of, texts in (*protocol_words(assessment), ("enter it", [enter])):
        for place, text in enumerate(texts):
            table.add_row("" if place else label_of, Text(printable(text)))
    return Group(Text(f"{label}: each leg by itself, {unit}.", style="bold"), Text(""), table, Text(""))


def _table(
    latest: Sequence[LimbComparison], comparisons: Sequence[LimbComparison], assessments: Tests, width: int
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", width=width)
    table.add_column(Text("L left", style=STYLES["left"]), justify="right", no_wrap=True)
    table.add_column("test", overflow="fold", ratio=1)
    table.add_column(Text("R right", style=STYLES["right"]), justify="left", no_wrap=True)
    for one in latest:
        test = assessments.get(one.test)
        unit = unit_of(test, one)
        left, right = (f"{value_of(value, test)} {unit}".rstrip() for value in (one.left, one.right))
        table.add_row(left, _said(one, test), right)
        for before in sessions(one, comparisons)[-EARLIER_SHOWN:]:
            named = Text(f"  {day_words(before.day)}: {which_words(before)}{_kept_as(before)}", style="dim")
            table.add_row(Text(value_of(before.left, test), style="dim"), named,
                          Text(value_of(before.right, test), style="dim"))  # fmt: skip
        table.add_row("", "", "")
    return table


def _said(one: LimbComparison, test: Assessment | None) -> Text:
    said = Text.assemble(
        (f"{one.label}", "bold"),
        f" · {day_words(one.day)} · ",
        (which_words(one), STYLES.get(one.weaker or "", "bold")),
    )
    if one.text:
        said.append(f"\n{printable(one.text)}")
    numbers = [*numbers_words(one, test)]
    numbers[-1] += _kept_as(one)
    said.append(f"\n{' · '.join(numbers)}", style="dim")
    targets = targets_words(one, test)
    if targets:
        said.append(f"\n{targets}", style="dim")
    if ranged := range_of_test_words(one):
        said.append(f"\n{ranged}", style="dim")
    return said


def _kept_as(one: LimbComparison) -> str:
    return f" · id {one.result.id}" if one.result is not None and one.result.id else ""
