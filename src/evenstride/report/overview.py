"""Many runs on one page: what they say together, a whisker per run by date, each leading to its own page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenstride.judge import RANGES
from evenstride.model import METRICS, RunReport
from evenstride.report.charts import DatedIndex, Limits, dates_chart, index_range
from evenstride.report.numbers import clock, of
from evenstride.report.render import own, render
from evenstride.report.timeline import both_widths
from evenstride.report.words import answer, tone

if TYPE_CHECKING:
    from markupsafe import Markup

ORDER = ("right longer", "left longer", "right larger", "left larger", "ordinary", "unclear", "not judged")
CAPTION = (
    "A whisker per run, oldest first: the dot is the difference, the line its interval."
    " Grey: ordinary; thin: unclear; coloured: longer or larger on that side."
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One run in the table."""

    day: str
    name: str
    href: str
    chip: str
    tone: str
    number: str
    duration: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything that the template writes."""

    answer: str
    meaning: str
    picture: "Markup"
    caption: str
    lines: Sequence[Line]
    failed: Sequence[tuple[str, str]]


def overview_page(entries: Sequence[tuple[RunReport, str]], *, failed: Sequence[tuple[str, str]] = ()) -> str:
    """Return the page of many runs, given as (report, address of its page).

    ``failed`` are the files of which nothing could be said, as (name, sentence).

    >>> from evenstride.report.example import example_report
    >>> "1 run: 1 ordinary." in overview_page([(example_report(), "monday.html")])
    True
    """
    shown, metric = dated_runs(entries)
    overview = Overview(
        answer=_answer([report for report, _ in entries]),
        meaning=_meaning(metric),
        picture=own(both_widths(lambda width: runs_chart(shown, metric, width=width)) if shown else ""),
        caption=CAPTION,
        lines=[_line(report, href) for report, href in _by_date(entries)],
        failed=failed,
    )
    return render("overview.html.j2", page=overview)


def dated_runs(entries: Sequence[tuple[RunReport, str]]) -> tuple[list[DatedIndex], str]:
    """Return the runs that can be drawn, oldest first, and the metric that they share most."""
    metric = _metric([report for report, _ in entries])
    years = len({report.start.year for report, _ in entries}) > 1
    dated = (_dated(report, href, metric, years=years) for report, href in _by_date(entries))
    return [run for run in dated if run is not None], metric


def runs_chart(shown: Sequence[DatedIndex], metric: str, *, width: float) -> str:
    """Return the whiskers of runs by date."""
    known = RANGES[metric]
    limits = Limits(
        range_pct=index_range([end for run in shown for end in (run.low_pct, run.high_pct)], known.threshold_pct),
        threshold_pct=known.threshold_pct,
        typical_pct=known.typical_pct,
        word=METRICS[metric].word,
    )
    said = f"{METRICS[metric].label.capitalize()} of {len(shown)} runs by date, each with its interval."
    return dates_chart(shown, limits, title=said, width=width)


def _by_date(entries: Sequence[tuple[RunReport, str]]) -> list[tuple[RunReport, str]]:
    return sorted(entries, key=lambda one: one[0].start)


def _metric(reports: Sequence[RunReport]) -> str:
    metrics = Counter(report.estimates[0].metric for report in reports if report.judged)
    return metrics.most_common(1)[0][0] if metrics else "contact_time"


def _dated(report: RunReport, href: str, metric: str, *, years: bool) -> DatedIndex | None:
    """One run on the picture; None where it has no interval of this metric."""
    for estimate in report.estimates:
        if estimate.metric == metric and estimate.low_pct is not None and estimate.high_pct is not None:
            return DatedIndex(
                day=f"{report.start.day} {report.start:%b}{f' {report.start:%y}' if years else ''}",
                label=f"{report.start:%Y-%m-%d} {report.source.name}",
                index_pct=estimate.index_pct,
                low_pct=estimate.low_pct,
                high_pct=estimate.high_pct,
                tone=tone(estimate),
                href=href,
            )
    return None


def _answer(reports: Sequence[RunReport]) -> str:
    chips = Counter(answer(report).chip for report in reports)
    order = [*(word for word in ORDER if word in chips), *(word for word in chips if word not in ORDER)]
    runs = f"{len(reports)} run{'s' if len(reports) != 1 else ''}"
    said = ", ".join(f"{chips[word]} {'without left and right' if word.startswith('no ') else word}" for word in order)
    return f"{runs}: {said}." if said else f"{runs}."


def _meaning(metric: str) -> str:
    return f"Each run is judged by itself in {METRICS[metric].label}; the same side again and again says more than one."


def _line(report: RunReport, href: str) -> Line:
    said = answer(report)
    first = report.estimates[0] if report.judged else None
    return Line(
        day=f"{report.start:%Y-%m-%d}",
        name=report.source.name,
        href=href,
        chip=said.chip,
        tone=said.tone,
        number="–" if first is None else of(first) if first.low_pct is not None else "too short",
        duration=clock(report.duration_s),
    )
