"""The screen: one run's report in at most 100 columns, readable without colour and in a pipe.

Left is on the left and right on the right, in the picture as in the words.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil, isfinite

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Device, Judged, RunReport, SpanIndex, SymmetryEstimate
from evenstride.report import explain
from evenstride.report.looks import (
    LABEL_WIDTH,
    NO_BREAK,
    STYLES,
    WIDTH_MAX,
    as_text,
    print_screen,
    printable,
    two_columns,
)
from evenstride.report.numbers import clock, holds_zero, levels, of, of_effect
from evenstride.report.words import (
    WHY_NO_SIDES,
    answer,
    chip,
    disagreement,
    has_interval,
    lacks_sides,
    sentence_beside,
    title,
    tone,
)

VALUE_WIDTH = 40
LAPS_MAX = 12
NOTES_MAX = 6
NAME_MAX = 49
_SAID_AS_ANSWER = WHY_NO_SIDES | {"sources_disagree"}


def print_run(report: RunReport, console: Console | None = None) -> None:
    """Print one run's screen on standard output, or on the console given."""
    print_screen(lambda width: run_screen(report, width=width), console)


def print_failures(failed: Iterable[tuple[str, str]], console: Console | None = None) -> None:
    """Print a line per file that failed, on standard error or on the console given."""
    console = console or Console(stderr=True, highlight=False)
    for name, error in failed:
        console.print(Text(f"{printable(name)}: {printable(error)}"), soft_wrap=True)


def screen_text(report: RunReport, *, width: int = WIDTH_MAX) -> str:
    """Return one run's screen as plain text, without colour.

    >>> from evenstride.report.example import example_report
    >>> print(screen_text(example_report()).splitlines()[0])
    Your legs differed by an ordinary amount in this run.
    """
    return as_text(run_screen(report, width=width), width)


def run_screen(report: RunReport, *, width: int = WIDTH_MAX) -> RenderableType:
    """Return one run's screen: the answer, what it means, the picture, what explains it, what was left out."""
    said = answer(report)
    parts: list[RenderableType] = [
        Text(printable(said.text), style="bold"),
        Text(printable(said.meaning)),
        Text(""),
        Text(heading(report), style="dim"),
    ]
    for place, judged in enumerate(report.judged):
        said_of = "" if place == 0 and disagreement(report) is None else sentence_beside(judged.estimate, report)
        parts += [_block(judged, said_of, first=place == 0, width=width), Text("")]
    parts.append(_facts(report))
    parts.append(Text(""))
    return Group(*parts)


def heading(report: RunReport) -> str:
    """Return what run this is, in one line.

    >>> from evenstride.report.example import example_report
    >>> heading(example_report())
    'monday.fit · running · 4 May 2026 06:12 UTC · 45:10 · 7.99 km · Garmin fenix7'
    """
    parts = [
        short_name(report.source.name),
        printable((report.sport or "sport not named").replace("_", " ")),
        when(report.start),
    ]
    parts.append(clock(report.duration_s))
    if report.distance_m is not None and isfinite(report.distance_m):
        parts.append(f"{report.distance_m / 1000:.2f} km")
    named = printable(device_words(report.source.device))
    return " · ".join([*parts, named] if named else parts)


def device_words(device: Device) -> str:
    """Return a device's maker and product; nothing where neither is known.

    >>> device_words(Device(manufacturer="coros", product="COROS APEX Pro")), device_words(Device())
    ('COROS APEX Pro', '')
    """
    maker, product = (device.manufacturer or "").replace("_", " "), (device.product or "").replace("_", " ")
    if maker == "development":
        maker = ""
    if product.isdigit():
        product = ""  # a number that only its maker understands
    if product.lower().startswith(maker.lower()):
        return product
    return f"{maker[:1].upper()}{maker[1:]} {product}".strip()


def short_name(name: str) -> str:
    """Return a file's name, a very long one without its middle.

    >>> short_name("a" * 80 + ".fit")
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa…aaaaaaaaaaaaaaa.fit'
    """
    name = printable(name)
    return name if len(name) <= NAME_MAX else f"{name[: NAME_MAX - 20]}…{name[-19:]}"


def when(start: datetime) -> str:
    """Return a start as people write it, with its zone."""
    return f"{start.day} {start:%B %Y %H:%M} {start.tzname() or ''}".rstrip()


def _block(judged: Judged, said: str, *, first: bool, width: int) -> RenderableType:
    """One metric from one source: chip and number, the picture, what moved it."""
    estimate = judged.estimate
    head = Text.assemble((f"[ {chip(estimate)} ]", STYLES.get(tone(estimate), "bold")), "  ", title(estimate))
    parts: list[RenderableType] = [head, Text(said)] if said else [head]
    if not has_interval(judged):
        return Group(*parts)
    left, right = explain.legs(estimate)
    head.append_text(Text.assemble("   ", ("L ", STYLES["left"]), f"{left}   ", ("R ", STYLES["right"]), right))
    parts.append(_picture(judged, thirds=first, width=width))
    if first and judged.effects:
        parts += [Text(""), _effects(judged)]
    return Group(*parts)


def _picture(judged: Judged, *, thirds: bool, width: int) -> Table:
    estimate = judged.estimate
    whole = "whole run, warm" if "warmup" in estimate.adjusted_for else "whole run"
    rows: list[tuple[str, SpanIndex | SymmetryEstimate]] = [(whole, estimate)]
    # Laps that a watch counts by itself, a kilometre each, would fill the screen: the page has them.
    repetitions = [lap for lap in explain.work_laps(judged.laps) if lap[0].startswith("repetition")]
    if thirds:
        names = ("first third, raw", "middle third, raw", "last third, raw")
        rows += list(zip(names, judged.thirds, strict=False))
        rows += repetitions[:LAPS_MAX]
    beyond = range_pct([item for _, item in rows], estimate.threshold_pct)
    columns = max(15, min(41, width - LABEL_WIDTH - VALUE_WIDTH - 2))
    columns -= 1 - columns % 2
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=LABEL_WIDTH - 1, no_wrap=True)
    table.add_column(width=columns, no_wrap=True)
    table.add_column(overflow="fold")
    for name, item in rows:
        table.add_row(name, whisker_text(item, beyond, estimate.threshold_pct, columns), of(item))
    table.add_row("", axis_text(beyond, columns), "")
    if thirds and len(repetitions) > LAPS_MAX:
        table.add_row(f"… {len(repetitions) - LAPS_MAX} more", "", "")
    return table


def range_pct(items: Sequence[SpanIndex | SymmetryEstimate], threshold_pct: float | None) -> float:
    """Return half the width of an axis that shows all intervals, in whole percent, at most 40."""
    ends = [abs(end) for item in items for end in (item.low_pct, item.high_pct) if end is not None and isfinite(end)]
    return float(min(40, max(2, ceil(max([*ends, 1.5 * (threshold_pct or 0.0)], default=0.0)))))


def whisker_text(item: SpanIndex | SymmetryEstimate, beyond: float, threshold: float | None, columns: int) -> Text:
    """Return an index and its interval drawn on an axis to ``beyond`` percent either way, left on the left."""
    middle = columns // 2
    cells = [" "] * columns
    styles = [""] * columns

    def place(value: float) -> int:
        return middle + round(max(-1.0, min(1.0, value / beyond)) * middle)

    for mark in (-threshold, threshold) if threshold else ():
        cells[place(mark)] = "╎"
    cells[middle] = "│"
    if item.index_pct is not None and item.low_pct is not None and item.high_pct is not None:
        start, end = place(item.low_pct), place(item.high_pct)
        for column in range(start, end + 1):
            cells[column] = "─"
            styles[column] = STYLES["left"] if column < middle else STYLES["right"] if column > middle else ""
        cells[start], cells[end] = "├", "┤"
        cells[place(item.index_pct)] = "●"
    return Text.assemble(*zip(cells, styles, strict=True))


def axis_text(beyond: float, columns: int) -> Text:
    """Return the ends and the middle of that axis."""
    left, right = f"L {beyond:g} %", f"R {beyond:g} %"
    space = columns // 2 - len(left)
    return Text.assemble(
        (left, STYLES["left"]), " " * space, "0", " " * (columns - len(left) - space - 1 - len(right)),
        (right, STYLES["right"]),
    )  # fmt: skip


def _effects(judged: Judged) -> Table:
    """What moved the difference; the conditions that did nothing beyond noise share a line."""
    table = two_columns()
    quiet = []
    for effect in judged.effects:
        more, per = explain.effect_label(effect)
        if holds_zero(effect.low_pct, effect.high_pct):
            quiet.append(more)
        else:
            table.add_row("went along", f"{more}: {of_effect(effect)} {per}")
    if quiet:
        table.add_row("not seen", f"{', '.join(quiet)}: nothing beyond noise")
    return table


def _facts(report: RunReport) -> Table:
    """Levels, what was left out, notes, losses, how sure: two columns of words."""
    table = two_columns()
    known = levels(report.summary)
    if known:
        table.add_row("this run", " · ".join(f"{label} {value}".replace(" ", NO_BREAK) for label, value in known))
    out = explain.left_out(report.dropped)
    if out:
        table.add_row("left out", " · ".join(f"{reason} {much}" for reason, much in out))
    for loss in report.losses[:NOTES_MAX]:
        table.add_row("lost", Text(printable(loss.text)))
    notes = [note for note in report.notes if note.code not in _SAID_AS_ANSWER or _unsaid(report, note.text)]
    for note in notes[:NOTES_MAX]:
        table.add_row("note", Text(printable(note.text)))
    if lacks_sides(report):
        for place, (what, more) in enumerate(explain.WAYS_TO_SIDES):
            table.add_row("" if place else "to get both sides", f"{what}, {more}")
    if not report.judged:
        return table
    first = report.estimates[0]
    if first.low_pct is not None:
        table.add_row("adjusted", explain.adjustment(first))
        table.add_row("how sure", f"In brackets: {100 * first.confidence:g} % intervals. {explain.memory(first)}")
        table.add_row("ordinary", explain.ordinary_range(first))
    return table


def _unsaid(report: RunReport, text: str) -> bool:
    return text not in answer(report).meaning
