"""All runs and tests of one athlete: the season, and the finding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from evenstride.errors import InvalidRequest
from evenstride.judge.comparable import comparable
from evenstride.judge.direction import direction_of_tests
from evenstride.judge.finding import finding
from evenstride.judge.finding_rules import FINDING_RULES, FindingRule
from evenstride.judge.mirror import mirrored_report
from evenstride.judge.screen import compare_limbs, sides
from evenstride.judge.target import own_target, season_target, with_targets
from evenstride.judge.trend import late_in_runs, season_metric
from evenstride.model import (
    LEVELS,
    METRICS,
    Direction,
    Effect,
    Finding,
    LateInRuns,
    Level,
    LimbComparison,
    Note,
    Profile,
    RunPoint,
    RunReport,
    Season,
    SeasonMetric,
    SideCheck,
    StoredRun,
    TestResult,
)
from evenstride.service.home import Home, kept_runs
from evenstride.store import EvidenceState, evidence_state, kept_tests, side_checks

LONG_RUN_S_MIN = 75 * 60.0
WORK_LAPS_MIN = 3
QUALITY_KINDS = ("intervals", "tempo", "hills", "race", "quality")
Key = tuple[str, str]
"""A metric and what measured it."""


def season_of(home: Home, *, metric: str | None = None) -> Season:
    """Return what all runs of an athlete tell together; one metric only when it is named.

    Raises
    ------
    InvalidRequest
        There is no such metric.
    """
    if metric is None:
        return _season_at(home, _state(home))
    if metric not in METRICS and metric not in LEVELS:
        known = ", ".join((*METRICS, *LEVELS))
        raise InvalidRequest(f"There is no metric {metric}.", help=f"Choose one of: {known}.")
    return _season(home, metric)


def knows_season(home: Home) -> bool:
    """Whether the whole season is at hand: of a thousand runs it takes seconds, once after something changed."""
    return home.store.memory.holds(("season", home.athlete_id), _of_runs(home, _state(home)))


def picture_once(home: Home, metric: SeasonMetric, draw: Callable[[], str]) -> str:
    """Return what is drawn of a metric through the season, drawn once until a run, a test or the day changes."""
    state = _state(home), home.profile, home.today
    return home.store.memory.of(("picture", home.athlete_id, metric.metric, metric.source), state, draw)


def season_from(
    stored: Sequence[StoredRun],
    profile: Profile,
    checks: Sequence[SideCheck],
    *,
    today: date,
    metric: str | None = None,
) -> Season:
    """Return the season of runs at hand."""
    told = [_Told(run, profile, checks) for run in stored]
    by_key: dict[Key, list[RunPoint]] = {}
    for one in told:
        for key, point in (*one.indices(), *one.levels()):
            by_key.setdefault(key, []).append(point)
    metrics = [
        _with_target(season_metric(points, metric=name, source=source, today=today), profile, today)
        for (name, source), points in by_key.items()
        if metric in (None, name)
    ]
    days = [one.start.date() for one in told if one.start.date() <= today]
    return Season(
        athlete=profile.name,
        first=min(days, default=None),
        last=max(days, default=None),
        n_runs=len(days),
        metrics=tuple(sorted(metrics, key=_reading_order)),
        late=tuple(_late(told, metrics, today=today)) if metric is None or metric in METRICS else (),
        notes=_notes(told, checks),
    )


def points_of(
    stored: Sequence[StoredRun], profile: Profile, checks: Sequence[SideCheck], *, metric: str, source: str
) -> tuple[RunPoint, ...]:
    """Return each run's value of a metric from a source as measured, also of runs that the season leaves out."""
    told = (_Told(run, profile, checks) for run in stored)
    found = [point for one in told for key, point in (*one.indices(), *one.levels()) if key == (metric, source)]
    return tuple(sorted(found, key=lambda point: (point.start, point.run)))


def stride_points(home: Home) -> Mapping[Key, tuple[RunPoint, ...]]:
    """Return the difference between the legs of every run that compares, by metric and source: no level, no alarm.

    They are the runs of :func:`season_of`, without the time that its levels take.
    """
    checks = side_checks(home.store, home.athlete_id)
    by_key: dict[Key, list[RunPoint]] = {}
    for run in kept_runs(home):
        for key, point in _Told(run, home.profile, checks).indices():
            by_key.setdefault(key, []).append(point)
    return {
        key: comparable(points, adjusts=(), needs=(), intervals=True, today=home.today).points
        for key, points in by_key.items()
    }


def comparisons_of(home: Home) -> tuple[LimbComparison, ...]:
    """Return every test that was entered or worked out of runs, compared side by side, in order of time."""
    return _comparisons_at(home, _state(home))


def compared(results: Iterable[TestResult], profile: Profile) -> tuple[LimbComparison, ...]:
    """Return the comparison of each result, knowing the sessions of the same test before it."""
    earlier: dict[tuple[str, str], list[TestResult]] = {}
    answers = []
    for result in sorted(results, key=lambda one: (one.day, one.test, one.id)):
        if not result.left or not result.right:
            continue  # one leg alone compares nothing
        before = earlier.setdefault((result.test, result.source), [])
        answers.append(compare_limbs(result, profile=profile, earlier=tuple(before)))
        before.append(result)
    return with_targets(answers, profile.targets)


def same_side_again(comparisons: Sequence[LimbComparison]) -> Direction | None:
    """Return how often the tests found the same leg behind, beyond their error or not."""
    results = [one.result for one in comparisons if one.result is not None]
    return direction_of_tests([(one.test, one.side) for one in sides(results)])


def finding_of(home: Home) -> Finding:
    """Return what all evidence of an athlete says."""
    state = _state(home)
    return home.store.memory.of(
        ("finding", home.athlete_id), (state, home.profile, home.today), lambda: _finding(home, state)
    )


def finding_rules() -> Mapping[str, FindingRule]:
    """Return every rule of the finding by its identifier: why it is there, and how good the evidence for it is."""
    return FINDING_RULES


def run_kind(report: RunReport, tags: Mapping[str, str]) -> str:
    """Whether a run was ``long``, ``quality`` or ``other``: as the runner says, else by its length and its laps."""
    said = tags.get("kind", "")
    if said:
        return "long" if said == "long" else "quality" if said in QUALITY_KINDS else "other"
    work = sum(lap.kind == "active" for judged in report.judged[:1] for lap in judged.laps)
    rest = sum(lap.kind == "rest" for judged in report.judged[:1] for lap in judged.laps)
    if work >= WORK_LAPS_MIN and rest:
        return "quality"
    return "long" if report.duration_s >= LONG_RUN_S_MIN else "other"


# What was worked out is remembered for as long as nothing that it rests on changes and the store stays open.


def _state(home: Home) -> EvidenceState:
    return evidence_state(home.store, home.athlete_id)


def _of_runs(home: Home, state: EvidenceState) -> tuple[object, ...]:
    return state.runs, home.profile, home.today


def _season_at(home: Home, state: EvidenceState) -> Season:
    return home.store.memory.of(("season", home.athlete_id), _of_runs(home, state), lambda: _season(home, None))


def _season(home: Home, metric: str | None) -> Season:
    checks = side_checks(home.store, home.athlete_id)
    return season_from(kept_runs(home), home.profile, checks, today=home.today, metric=metric)


def _comparisons_at(home: Home, state: EvidenceState) -> tuple[LimbComparison, ...]:
    """Compare anew whenever a test comes or goes, and read the runs for their tests only when runs do."""

    def work() -> tuple[TestResult, ...]:
        return tuple(_tests_from(kept_runs(home), home.profile, side_checks(home.store, home.athlete_id)))

    def compare() -> tuple[LimbComparison, ...]:
        told = home.store.memory.of(("tests of runs", home.athlete_id), _of_runs(home, state), work)
        return compared((*kept_tests(home.store, home.athlete_id), *told), home.profile)

    return home.store.memory.of(("comparisons", home.athlete_id), (state, home.profile, home.today), compare)


def _finding(home: Home, state: EvidenceState) -> Finding:
    checks = side_checks(home.store, home.athlete_id)
    season, tests = _season_at(home, state), _comparisons_at(home, state)
    return finding(season, tests, home.profile, side_checks=checks, today=home.today)


class _Told:
    """One run as the season reads it: its recordings in order of speaking, each with its legs the right way round."""

    def __init__(self, run: StoredRun, profile: Profile, checks: Sequence[SideCheck]) -> None:
        self.run = run
        self.reports = [right_way_round(one.report, checks) for one in run.recordings]
        self.start: datetime = self.reports[0].start.astimezone(ZoneInfo(profile.timezone))

    def indices(self) -> Iterable[tuple[Key, RunPoint]]:
        """Each metric from each source, from the recording that tells it best."""
        seen: set[Key] = set()
        for report in self.reports:
            for estimate in report.estimates:
                key = (estimate.metric, estimate.source)
                if key not in seen:
                    seen.add(key)
                    point = self.point(report, estimate.index_pct, estimate.low_pct, estimate.high_pct)
                    yield key, replace(point, source=estimate.source, minutes=estimate.usable_minutes)

    def levels(self) -> Iterable[tuple[Key, RunPoint]]:
        """The levels of both legs together, from the recording that speaks for the run."""
        for level in LEVELS.values():
            for report in self.reports:
                found = self._level(report, level)
                if found is not None:
                    yield found
                    break

    def elapsed(self) -> Iterable[tuple[Key, RunPoint]]:
        """How the difference between the legs moved as the run went on, per 10 minutes."""
        seen: set[Key] = set()
        for report in self.reports:
            for judged in report.judged:
                key = (judged.estimate.metric, judged.estimate.source)
                effect = _elapsed(judged.effects)
                if effect is not None and key not in seen:
                    seen.add(key)
                    yield key, self.point(report, effect.effect_pct, effect.low_pct, effect.high_pct)

    def point(self, report: RunReport, value: float, low: float | None, high: float | None) -> RunPoint:
        return RunPoint(
            run=self.run.id,
            start=self.start,
            value=value,
            low=low,
            high=high,
            device=device_name(report),
            tags=self.run.tags,
            conditions=report.summary,
        )

    def _effort(self) -> Mapping[str, float]:
        """How hard the runner says the run was, 0 to 10."""
        said = self.run.tags.get("effort", "")
        return {"effort_0_10": float(said)} if said.replace(".", "", 1).isdigit() else {}

    def _level(self, report: RunReport, level: Level) -> tuple[Key, RunPoint] | None:
        stretch = next((one for one in report.stretches if one.name == level.stretch), None)
        told = report.summary if level.stretch == "all" else stretch.levels if stretch else {}
        told = {**told, **self._effort()}
        if level.summary not in told or any(name not in told for name in level.adjusts):
            return None
        minutes = stretch.minutes if stretch else report.duration_s * report.usable_share / 60.0
        point = replace(self.point(report, told[level.summary], None, None), conditions=told, minutes=minutes)
        return (level.name, "recorded"), point


def right_way_round(report: RunReport, checks: Sequence[SideCheck]) -> RunReport:
    """The report with left and right exchanged for every source that a side check of its device found swapped."""
    device = device_name(report)
    latest = {one.source: one for one in sorted(checks, key=lambda one: one.checked) if one.device == device}
    for source, check in latest.items():
        if check.answer == "swapped":
            report = mirrored_report(report, source=source)
    return report


def device_name(report: RunReport) -> str:
    """What people call the device; empty where the file does not say."""
    device = report.source.device
    return " ".join(part for part in (device.manufacturer, device.product) if part)


def _tests_from(stored: Sequence[StoredRun], profile: Profile, checks: Sequence[SideCheck]) -> Iterable[TestResult]:
    for run in stored:
        if "exclude" not in run.tags:
            told = _Told(run, profile, checks)
            for report in told.reports:
                for one in report.tests:
                    yield replace(one, id=f"{run.id}:{one.test}", day=told.start.date())


def _with_target(metric: SeasonMetric, profile: Profile, today: date) -> SeasonMetric:
    own = own_target(profile.targets, metric.metric, on=today)
    return replace(metric, target=season_target(metric, today=today, own=own))


def _late(told: Sequence[_Told], metrics: Sequence[SeasonMetric], *, today: date) -> Iterable[LateInRuns]:
    by_key: dict[Key, list[RunPoint]] = {}
    for one in told:
        for key, point in one.elapsed():
            tags = {**one.run.tags, "kind": run_kind(one.reports[0], one.run.tags)}
            by_key.setdefault(key, []).append(replace(point, tags=tags))
    for metric in metrics:
        points = by_key.get((metric.metric, metric.source), [])
        if metric.level is not None and points:
            yield from late_in_runs(points, metric=metric.metric, source=metric.source, level=metric.level, today=today)


def _elapsed(effects: Sequence[Effect]) -> Effect | None:
    return next((effect for effect in effects if effect.condition == "elapsed"), None)


def _reading_order(metric: SeasonMetric) -> tuple[int, int, int, str]:
    """Legs before levels, the metrics in their own order, the source with most runs first."""
    names = list(METRICS) if metric.kind == "index" else list(LEVELS)
    return (metric.kind != "index", names.index(metric.metric), -metric.n_runs, metric.source)


def _notes(told: Sequence[_Told], checks: Sequence[SideCheck]) -> tuple[Note, ...]:
    measured = {
        (estimate.source, device_name(report))
        for one in told for report in one.reports for estimate in report.estimates
    }  # fmt: skip
    checked = {(one.source, one.device) for one in checks if one.answer != "unclear"}
    notes = []
    if unchecked := sorted(device or "an unnamed device" for source, device in measured - checked):
        text = (
            f"Which leg the numbers of {', '.join(dict.fromkeys(unchecked))} mean was never checked:"
            " evenstride athlete side-check tells."
        )
        notes.append(Note(code="side_unchecked", text=text))
    return tuple(notes)
