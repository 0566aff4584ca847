"""One run's page: self-contained, without network or script, in light and dark, for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenstride.model import RunReport
from evenstride.report import explain
from evenstride.report.blocks import Block, blocks
from evenstride.report.charts import strips_chart
from evenstride.report.numbers import count, levels, rounded
from evenstride.report.render import own, render
from evenstride.report.terminal import heading
from evenstride.report.timeline import both_widths, run_timeline, strips
from evenstride.report.words import Answer, answer, disagreement, lacks_sides, number

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that the template writes; ``strips`` stands under the first trace, or alone where there is none."""

    name: str
    heading: str
    answer: Answer
    number: str
    legs: tuple[str, str] | None
    losses: Sequence[str]
    blocks: Sequence[Block]
    strips: "Markup"
    levels: Sequence[tuple[str, str]]
    left_out: Sequence[tuple[str, str]]
    notes: Sequence[str]
    ways: Sequence[tuple[str, str]]
    file: Sequence[tuple[str, str]]
    not_claimed: str = explain.NOT_CLAIMED
    not_claimed_sources: str = explain.NOT_CLAIMED_SOURCES


def run_page(report: RunReport) -> str:
    """Return one run's page as HTML.

    >>> from evenstride.report.example import example_report
    >>> "Your legs differed by an ordinary amount in this run." in run_page(example_report())
    True
    """
    return render("run.html.j2", page=page_of(report))


def page_of(report: RunReport) -> Page:
    """Return everything that a page says of a run: the same, whoever lays it out."""
    said = answer(report)
    first = report.estimates[0] if report.judged else None
    # Where two sources disagree neither number stands beside the answer, and under ten minutes none is known.
    shown = None if first is None or first.low_pct is None or disagreement(report) else first
    return Page(
        name=report.source.name,
        heading=heading(report),
        answer=said,
        number=number(shown) if shown else "",
        legs=explain.legs(shown) if shown else None,
        losses=[loss.text for loss in report.losses],
        blocks=blocks(report, run_timeline(report)),
        strips=own(_strips(report)),
        levels=levels(report.summary),
        left_out=explain.left_out(report.dropped),
        notes=[note.text for note in report.notes if note.text not in said.meaning],
        ways=explain.WAYS_TO_SIDES if lacks_sides(report) else (),
        file=_file(report),
    )


def _strips(report: RunReport) -> str:
    shown = strips(report)
    if not shown:
        return ""
    timeline = run_timeline(report)
    said = f"Over the minutes of the run: {'; '.join(strip.label for strip in shown)}."
    return both_widths(lambda width: strips_chart(shown, timeline, title=said, width=width))


def _file(report: RunReport) -> list[tuple[str, str]]:
    return [
        ("name", report.source.name),
        ("format", report.source.format),
        ("records", count(report.n_records)),
        ("usable", f"{rounded(100 * report.usable_share, 0)} % of the recorded time"),
        ("SHA-256", report.source.sha256),
    ]
