"""The finding's screen: the answer, why, everything that it rests on, and what would make it surer."""

from collections.abc import Mapping
from types import MappingProxyType

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Evidence, Finding
from evenstride.report.finding_words import (
    UNKNOWN_GRADE,
    emphasis_words,
    evidence_details,
    finding_answer,
    limb_words,
    sure_words,
)
from evenstride.report.looks import (
    LABEL_WIDTH,
    STYLES,
    WIDTH_MAX,
    as_text,
    print_screen,
    printable,
    spoken,
    two_columns,
)

_NO_GRADES: Mapping[str, str] = MappingProxyType({})


def print_finding(finding: Finding, *, grades: Mapping[str, str] = _NO_GRADES, console: Console | None = None) -> None:
    """Print the finding's screen on standard output, or on the console given."""
    print_screen(lambda _: finding_screen(finding, grades=grades), console)


def finding_text(finding: Finding, *, grades: Mapping[str, str] = _NO_GRADES, width: int = WIDTH_MAX) -> str:
    """Return the finding's screen as plain text, without colour.

    >>> from evenstride.report.example_season import example_finding
    >>> print(finding_text(example_finding()).splitlines()[0])
    Favour your left leg in training: fairly sure (86 %).
    """
    return as_text(finding_screen(finding, grades=grades), width)


def finding_screen(finding: Finding, *, grades: Mapping[str, str] = _NO_GRADES) -> RenderableType:
    """Return the finding's screen. ``grades`` says how good the evidence behind each rule is, by its identifier."""
    said = finding_answer(finding)
    parts: list[RenderableType] = [
        Text(said.text, style="bold"),
        Text(said.meaning),
        Text(""),
        _decision(finding),
        Text(""),
        _why(finding, grades),
    ]
    if finding.evidence:
        parts += [Text(""), _evidence(finding.evidence)]
    for title, texts in (("against it", finding.contradictions), ("to be surer", finding.next_steps)):
        if texts:
            parts += [Text(""), _list(title, texts)]
    return Group(*parts, Text(""))


def _decision(finding: Finding) -> Table:
    table = two_columns()
    table.add_row("limb", Text(limb_words(finding), style=STYLES.get(finding.limb, "")))
    table.add_row("decision", finding.action)
    if finding.limb != "undetermined":  # how sure of the limb, which there is none of
        table.add_row("how sure", sure_words(finding.confidence))
    if finding.emphases:
        table.add_row("emphasis", " · ".join(emphasis_words(name) for name in finding.emphases))
    return table


def _why(finding: Finding, grades: Mapping[str, str]) -> Table:
    table = two_columns()
    for place, rule in enumerate(finding.rules):
        reason = finding.reasons[place] if place < len(finding.reasons) else ""
        cell = Text(printable(reason))
        cell.append(f"  [{rule}, {grades.get(rule, UNKNOWN_GRADE)}]", style="dim")
        table.add_row("" if place else "because", cell)
    for reason in finding.reasons[len(finding.rules) :]:
        table.add_row("", Text(printable(reason)))
    return table


def _evidence(evidence: tuple[Evidence, ...]) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=LABEL_WIDTH - 3, style="dim", no_wrap=True)
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for place, one in enumerate(evidence):
        letter = {"left": "L", "right": "R"}.get(one.direction, "·")
        said = Text(spoken(one.text or one.what))
        said.append(f"\n{printable(evidence_details(one))}", style="dim")
        table.add_row("" if place else "evidence", Text(letter, style=STYLES.get(one.direction, "")), said)
    return table


def _list(title: str, texts: tuple[str, ...]) -> Table:
    table = two_columns()
    for place, text in enumerate(texts):
        table.add_row("" if place else title[:LABEL_WIDTH], Text(printable(text)))
    return table
