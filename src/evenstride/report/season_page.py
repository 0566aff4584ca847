"""A season on one page: self-contained, without network or script, in light and dark, for screen and paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenstride.model import Assessment, Finding, LimbComparison, Season, SeasonMetric
from evenstride.report import explain
from evenstride.report.charts import WIDE_PX, size_class
from evenstride.report.finding_words import emphasis_words, evidence_details, finding_answer
from evenstride.report.looks import spoken
from evenstride.report.numbers import day_words, sided_in
from evenstride.report.render import own, render
from evenstride.report.screen_picture import tests_chart
from evenstride.report.screen_words import newest, targets_words, tests_answer, unit_of, value_of, which_words
from evenstride.report.season_charts import Drawn, days_of, drawable, key_words, legs_chart, levels_chart
from evenstride.report.season_facts import late_facts, metric_facts
from evenstride.report.season_words import (
    baseline_words,
    beyond_smallest_words,
    change_words,
    heading_words,
    level_words,
    main_metric,
    metric_chip,
    metric_title,
    metric_tone,
    season_answer,
    value_words,
)
from evenstride.report.svg import picture
from evenstride.report.target_words import range_of_test_words, season_range_words
from evenstride.report.timeline import both_widths
from evenstride.report.words import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

RUNS_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class MetricRow:
    """One metric in the page's table."""

    title: str
    chip: str
    tone: str
    level: str
    baseline: str
    change: str
    chance: str
    alarms: str


@dataclass(frozen=True, kw_only=True)
class TestRow:
    """One test in the page's table, left on the left."""

    __test__ = False  # not a test case, though its name begins like one

    left: str
    label: str
    day: str
    chip: str
    tone: str
    text: str
    details: str
    right: str


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """One piece of evidence in the page's list."""

    letter: str
    text: str
    details: str


@dataclass(frozen=True, kw_only=True)
class FindingPart:
    """The finding, as the template writes it."""

    answer: Answer
    emphases: str
    reasons: Sequence[str]
    evidence: Sequence[EvidenceRow]
    contradictions: Sequence[str]
    next_steps: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class SeasonPage:
    """Everything that the template writes."""

    heading: str
    answer: Answer
    number: str
    range: str
    legs: "Markup | str"
    caption: str
    finding: FindingPart | None
    levels: "Markup | str"
    tests_answer: Answer
    tests: "Markup | str"
    metrics: Sequence[MetricRow]
    facts: Sequence[tuple[str, str]]
    test_rows: Sequence[TestRow]
    runs: Sequence[tuple[str, str, str]]
    runs_title: str
    runs_by: str
    notes: Sequence[str]
    not_claimed: str = explain.NOT_CLAIMED
    not_claimed_sources: str = explain.NOT_CLAIMED_SOURCES


def season_page(
    season: Season,
    comparisons: Sequence[LimbComparison],
    finding: Finding | None,
    *,
    assessments: Mapping[str, Assessment],
) -> str:
    """Return the page of a season: picture, finding, levels of both legs, tests, and the tables folded.

    >>> from evenstride.report.example_season import (
    ...     example_assessments, example_comparisons, example_finding, example_season)
    >>> page = season_page(example_season(), example_comparisons(), example_finding(),
    ...                    assessments=example_assessments())
    >>> "Your right foot has stayed down longer" in page, "Favour your left leg" in page
    (True, True)
    """
    first = main_metric(season)
    shown = [metric for metric in season.metrics if drawable(metric)]
    level_metrics = [metric for metric in shown if metric.kind == "level"]
    latest = newest(comparisons)
    days = days_of(shown, comparisons) if shown else None
    judged = first is not None and first.level is not None
    page = SeasonPage(
        heading=heading_words(season),
        answer=season_answer(season),
        number=level_words(first) if first is not None and judged else "",
        range=season_range_words(first) if first is not None else "",
        legs=_both(lambda width: legs_chart(first, days, tests=comparisons, width=width), "How the legs differ by date")
        if first is not None and days is not None and drawable(first) else "",
        caption=_caption(key_words(first, comparisons, WIDE_PX)) if first is not None else "",
        finding=_finding(finding) if finding is not None else None,
        levels=_both(lambda width: levels_chart(level_metrics, days, width=width), "Levels of both legs by date")
        if level_metrics and days is not None else "",
        tests_answer=tests_answer(latest),
        tests=_both(lambda width: tests_chart(comparisons, assessments, width=width), "Tests of each leg")
        if latest else "",
        metrics=[_metric(metric) for metric in season.metrics],
        facts=[*(metric_facts(first) if first is not None else ()),
               *(("late in runs", text) for text in late_facts(season.late))],
        test_rows=[_test(one, assessments.get(one.test)) for one in sorted(comparisons, key=lambda one: one.day)],
        runs=_runs(first) if first is not None else [],
        runs_title=_runs_title(first),
        runs_by=_runs_by(first),
        notes=list(dict.fromkeys(
            note.text for note in (*season.notes, *(note for one in season.metrics for note in one.notes)))),
    )  # fmt: skip
    return render("season.html.j2", page=page)


def _caption(said: Sequence[str]) -> str:
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in said)


def _both(draw: "Callable[[float], Drawn]", title: str) -> "Markup":
    def one(width: float) -> str:
        drawn = draw(width)
        return picture(width, drawn.height, title, drawn.parts, css=size_class(width))

    return own(both_widths(one))


def _metric(metric: SeasonMetric) -> MetricRow:
    index = metric.kind == "index"
    change = metric.change
    return MetricRow(
        title=metric_title(metric),
        chip=metric_chip(metric) if index else "",
        tone=metric_tone(metric),
        level=level_words(metric),
        baseline=baseline_words(metric),
        change=change_words(metric, change) if change else "–",
        chance=beyond_smallest_words(metric, change) if change else "",
        alarms=", ".join(day_words(alarm.day) for alarm in metric.alarms),
    )


def _finding(finding: Finding) -> FindingPart:
    reasons = [f"{reason} [{rule}]" for reason, rule in zip(finding.reasons, finding.rules, strict=False)]
    return FindingPart(
        answer=finding_answer(finding),
        emphases=", ".join(emphasis_words(name) for name in finding.emphases),
        reasons=[*reasons, *finding.reasons[len(reasons) :]],
        evidence=[
            EvidenceRow(letter={"left": "L", "right": "R"}.get(one.direction, ""), text=spoken(one.text or one.what),
                        details=evidence_details(one))
            for one in finding.evidence
        ],
        contradictions=finding.contradictions,
        next_steps=finding.next_steps,
    )  # fmt: skip


def _test(one: LimbComparison, test: Assessment | None) -> TestRow:
    unit = unit_of(test, one)
    details = [
        sided_in(one.difference, one.low, one.high, unit or "class"),
        targets_words(one, test),
        range_of_test_words(one),
    ]
    return TestRow(
        left=f"{value_of(one.left, test)} {unit}".rstrip(),
        right=f"{value_of(one.right, test)} {unit}".rstrip(),
        label=one.label,
        day=day_words(one.day),
        chip=which_words(one),
        tone=one.weaker or ("ordinary" if one.mdc95 is not None else "unclear"),
        text=one.text,
        details=" · ".join(part for part in details if part),
    )


def _runs(metric: SeasonMetric) -> list[tuple[str, str, str]]:
    return [
        (f"{run.start:%Y-%m-%d}", value_words(metric, run.value, run.low, run.high), run.device or "–")
        for run in reversed(metric.runs[-RUNS_SHOWN:])
    ]


def _runs_by(metric: SeasonMetric | None) -> str:
    """The device of all runs listed; nothing where there are several, or where one names none."""
    devices = {run.device for run in metric.runs[-RUNS_SHOWN:]} if metric is not None else set()
    return devices.pop() if len(devices) == 1 else ""


def _runs_title(metric: SeasonMetric | None) -> str:
    if metric is None or len(metric.runs) <= RUNS_SHOWN:
        return "Run by run"
    return f"Run by run: the last {RUNS_SHOWN}"
