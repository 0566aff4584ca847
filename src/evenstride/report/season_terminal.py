"""The season's screen: the answer, the last weeks as whiskers, every metric with its change, what stands behind."""

from collections.abc import Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.errors import InvalidRequest
from evenstride.model import Estimated, RunPoint, Season, SeasonMetric, SpanIndex
from evenstride.report.looks import LABEL_WIDTH, STYLES, WIDTH_MAX, as_text, print_screen, printable, two_columns
from evenstride.report.numbers import day_words, sided
from evenstride.report.season_facts import late_facts, metric_facts
from evenstride.report.season_weeks import at_reference, gathered, weeks_that_fit
from evenstride.report.season_words import (
    baseline_words,
    beyond_smallest_words,
    change_words,
    heading_words,
    level_words,
    main_metric,
    metric_chip,
    metric_meaning,
    metric_sentence,
    metric_title,
    metric_tone,
    season_answer,
    unchanged,
    value_words,
)
from evenstride.report.target_words import season_range_words
from evenstride.report.terminal import VALUE_WIDTH, axis_text, range_pct, whisker_text

WEEKS_SHOWN = 8
WHISKER_LEAST = 21
RUNS_SHOWN = 40
YEAR_GOES_WITHOUT_SAYING = 330
"""Days: within them no month comes twice."""
MONTHS_RATHER = 8


def print_season(season: Season, *, metric: str | None = None, console: Console | None = None) -> None:
    """Print the season's screen on standard output, or on the console given."""
    print_screen(lambda width: season_screen(season, metric=metric, width=width), console)


def season_text(season: Season, *, metric: str | None = None, width: int = WIDTH_MAX) -> str:
    """Return the season's screen as plain text, without colour.

    >>> from evenstride.report.example_season import example_season
    >>> print(season_text(example_season()).splitlines()[0])
    Your right foot has stayed down longer in 10 of your last 10 runs: 3.1 % (2.4 to 3.8).
    """
    return as_text(season_screen(season, metric=metric, width=width), width)


def season_screen(season: Season, *, metric: str | None = None, width: int = WIDTH_MAX) -> RenderableType:
    """Return the season's screen, or one metric in full with its runs.

    Raises
    ------
    InvalidRequest
        When no run has the metric.
    """
    if metric is not None:
        return Group(*(part for one in chosen(season, metric) for part in _in_full(one, season.last, width)))
    said = season_answer(season)
    parts: list[RenderableType] = [
        Text(said.text, style="bold"),
        Text(said.meaning),
        Text(""),
        Text(heading_words(season), style="dim"),
    ]
    first = main_metric(season)
    if first is not None:
        parts += [_head(first), *_weeks(first, width), *_range(first)]
    legs, both = ([one for one in season.metrics if one.kind == kind] for kind in ("index", "level"))
    moved = [one for one in both if one.alarms or not (unchanged(one) or one.level is None)]
    for header, shown in (("legs", legs), ("both legs", moved)):
        if shown:
            parts += [Text(""), _metrics(shown, header, width)]
    if still := [one for one in both if one not in moved]:
        parts += [Text(""), _still(still)]
    return Group(*parts, Text(""), _behind(season, first), Text(""))


def chosen(season: Season, metric: str) -> Sequence[SeasonMetric]:
    """Return the season's entries of one metric, one per source.

    Raises
    ------
    InvalidRequest
        When there is none.
    """
    found = [one for one in season.metrics if one.metric == metric]
    if not found:
        known = ", ".join(dict.fromkeys(one.metric for one in season.metrics)) or "none yet"
        raise InvalidRequest(f"No run of this season has {printable(metric)}.", help=f"There is: {known}.")
    return found


def _head(metric: SeasonMetric) -> Text:
    style = STYLES.get(metric_tone(metric), "bold")
    return Text.assemble((f"[ {metric_chip(metric)} ]", style), "  ", printable(metric_title(metric)))


def _weeks(metric: SeasonMetric, width: int, *, shown: int = WEEKS_SHOWN) -> list[RenderableType]:
    """Level, baseline and the last weeks, each as a whisker with its number."""
    runs_told = at_reference(metric)
    together = weeks_that_fit(runs_told, 3 * shown)
    weeks = gathered(runs_told, weeks=together)
    rows: list[tuple[str, SpanIndex, str]] = []
    for name, one in (("level now", metric.level), ("baseline", metric.baseline)):
        if one is not None:
            rows.append((name, _span(one), sided(one.value, one.low, one.high)))
    years = len(weeks) > 1 and (weeks[-1].first - weeks[-shown:][0].first).days > YEAR_GOES_WITHOUT_SAYING
    for week in weeks[-shown:]:
        runs = f"{week.n_runs} run{'s' if week.n_runs != 1 else ''}"
        estimate = Estimated(value=week.value, low=week.low, high=week.high)
        rows.append((_week_name(week.first, together, years=years), _span(estimate),
                     f"{sided(week.value, week.low, week.high)}, {runs}"))  # fmt: skip
    if not rows:
        return []
    beyond = range_pct([span for _, span, _ in rows], metric.threshold)
    wide = LABEL_WIDTH + (together > 1)
    longest = max(VALUE_WIDTH, *(len(said) for _, _, said in rows))
    room = width - wide - 3 - longest
    if room < WHISKER_LEAST:  # rather two lines of words than a whisker nobody can read
        room = width - wide - 3 - VALUE_WIDTH
    columns = max(15, min(33, room))
    columns -= 1 - columns % 2
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=wide, no_wrap=True)
    table.add_column(width=columns, no_wrap=True)
    table.add_column(overflow="fold")
    for label, span, said in rows:
        table.add_row(label, whisker_text(span, beyond, metric.threshold, columns), said)
    table.add_row("", axis_text(beyond, columns), "")
    return [table]


def _range(metric: SeasonMetric) -> list[RenderableType]:
    said = season_range_words(metric)
    return [Text(said)] if said else []


def _week_name(first: date, together: int, *, years: bool) -> str:
    if together == 1 and years:
        return f"{first.day} {first:%b %Y}"
    if together == 1:
        return f"week of {first.day} {first:%b}"
    if together < MONTHS_RATHER:
        return f"{together} weeks from {first.day} {first:%b}"
    return f"{together} weeks, {first:%b %Y}"


def _span(one: Estimated) -> SpanIndex:
    return SpanIndex(start_s=0.0, end_s=0.0, index_pct=one.value, low_pct=one.low, high_pct=one.high)


def _metrics(metrics: Sequence[SeasonMetric], header: str, width: int) -> Table:
    """Two lines a metric: level over baseline, change over how probable it matters; alarms below."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", width=width)
    table.add_column(header, overflow="fold", ratio=5)
    table.add_column("level now, then baseline", overflow="fold", ratio=8)
    table.add_column("change since the baseline", overflow="fold", ratio=8)
    for metric in metrics:
        level = Text(f"{level_words(metric)}\n")
        level.append(baseline_words(metric), style="dim")
        name = Text(metric.label)
        if metric.kind == "index":
            name = Text(f"{metric_title(metric)}\n")
            name.append(metric_chip(metric), style=STYLES.get(metric_tone(metric), ""))
        table.add_row(name, level, _moved(metric))
    return table


def _still(metrics: Sequence[SeasonMetric]) -> Table:
    """Levels of both legs without news in as few lines as it takes: those that stayed, those that wait for runs."""
    table = two_columns()
    stayed = [f"{_short_name(one)} {level_words(one)}" for one in metrics if one.level is not None]
    waiting = [f"{_short_name(one)} ({baseline_words(one)})" for one in metrics if one.level is None]
    if stayed:
        table.add_row("unchanged", Text(f"as far as it matters: {' · '.join(stayed)}"))
    if waiting:
        table.add_row("not yet", Text(" · ".join(waiting)))
    return table


def _short_name(metric: SeasonMetric) -> str:
    return metric.label.removesuffix(", both legs")


def _moved(metric: SeasonMetric) -> Text:
    said = Text("–")
    if metric.change is not None:
        said = Text(f"{change_words(metric, metric.change)}\n")
        said.append(beyond_smallest_words(metric, metric.change), style="dim")
    for alarm in metric.alarms:
        said.append(f"\n⚑ {day_words(alarm.day)}", style="bold")
    return said


def _behind(season: Season, first: SeasonMetric | None) -> Table:
    table = two_columns()
    for label, said in metric_facts(first) if first else ():
        table.add_row(label, Text(printable(said)))
    for metric in season.metrics:
        for alarm in metric.alarms if metric is not first else ():
            table.add_row("alarm", Text(printable(f"⚑ {day_words(alarm.day)}: {alarm.text}")))
    for place, text in enumerate(late_facts(season.late)):
        table.add_row("" if place else "late in runs", Text(text))
    notes = [*season.notes, *(note for metric in season.metrics for note in metric.notes)]
    for text in dict.fromkeys(note.text for note in notes):
        table.add_row("note", Text(printable(text)))
    if season.metrics:
        table.add_row("in brackets", "95 % intervals")
    return table


def _in_full(metric: SeasonMetric, last: date | None, width: int) -> list[RenderableType]:
    facts = two_columns()
    facts.add_row("level now", level_words(metric))
    facts.add_row("baseline", baseline_words(metric))
    if metric.change:
        moved = f"{change_words(metric, metric.change)}; {beyond_smallest_words(metric, metric.change)}"
        facts.add_row("change", moved)
    for label, said in metric_facts(metric):
        facts.add_row(label, Text(printable(said)))
    for note in metric.notes:
        facts.add_row("note", Text(printable(note.text)))
    weeks = _weeks(metric, width, shown=2 * WEEKS_SHOWN) if metric.kind == "index" else []
    return [
        Text(metric_sentence(metric), style="bold"),
        Text(metric_meaning(metric, last)),
        Text(""),
        _head(metric) if metric.kind == "index" else Text(metric_title(metric)),
        *weeks, *_range(metric), Text(""), facts, Text(""), _runs(metric), Text(""),
    ]  # fmt: skip


def _runs(metric: SeasonMetric) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in ("date", metric.label, "device", "tags"):
        table.add_column(header, overflow="fold", no_wrap=header in ("date", metric.label))
    # A level is told at the conditions of all: a fast run's own speed is not the speed at the usual heart rate.
    runs = at_reference(metric) if metric.kind == "level" else metric.runs
    shown = runs[-RUNS_SHOWN:]
    for run in reversed(shown):
        table.add_row(f"{run.start:%Y-%m-%d}", value_words(metric, run.value, run.low, run.high),
                      Text(printable(run.device or "–")), Text(printable(_tags(run))))  # fmt: skip
    earlier = len(metric.runs) - len(shown)
    return Group(table, Text(f"… {earlier} earlier runs: --json lists them all", style="dim")) if earlier else table


def _tags(run: RunPoint) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(run.tags.items()))
