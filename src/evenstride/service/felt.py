"""What a runner feels beside what was measured: feeling and index, cues and gap, runs made of blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from evenstride.model import FeelingAnswer, FeelingPair, ReviewCase, RunLog, RunReport, Season, SeasonMetric, StoredRun
from evenstride.model.today import BlockEffect, CueEffect
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.blocks import block_effect
from evenstride.review.checklist import Agreement, ScoreTrend, agreement, run_score, score_trend
from evenstride.review.cues import cue_effect, cue_points, usual_leg
from evenstride.review.feeling import feeling_against_measurement, feeling_pairs
from evenstride.service.home import Home, kept_runs
from evenstride.service.season import right_way_round, run_kind, season_of
from evenstride.store import run_logs, side_checks

EFFORT_ITEM = "effort_left_right"
"""The item of the run checklist that says how even the effort was."""


@dataclass(frozen=True, kw_only=True)
class FeelingShown:
    """How feeling goes with the measured index; how the checklist moves, and how far runner and coach are apart.

    ``answer`` is None while no run with left and right is kept. ``label`` is what people call its metric.
    """

    answer: FeelingAnswer | None
    label: str
    pairs: tuple[FeelingPair, ...]
    trend: ScoreTrend | None
    agreement: Agreement


def feeling_shown(home: Home, season: Season | None = None) -> FeelingShown:
    """Return whether the runner's feeling tracks the index that the season reads first, each run as measured.

    ``season`` is the athlete's where it is known already.
    """
    logs = _logs(home)
    own = [one for one in logs if one.by == "runner"]
    scores = [(one.day, score.value) for one in own if (score := run_score(one)) is not None]
    metric = _index(season or season_of(home))
    pairs = _pairs(own, metric) if metric else ()
    return FeelingShown(
        answer=feeling_against_measurement(pairs, metric=metric.metric, source=metric.source) if metric else None,
        label=metric.label if metric else "", pairs=pairs, trend=score_trend(scores), agreement=agreement(logs),
    )  # fmt: skip


def cue_effects(home: Home, season: Season | None = None) -> tuple[CueEffect, ...]:
    """Return what each cue of the programme with runs on record did to the gap between the legs.

    Compared are runs with a log of the runner, at the reference conditions of the season's first index. A cue that was
    logged in runs without a value has no runs with it yet, and is told as too early.
    """
    logs = tuple(one for one in _logs(home) if one.by == "runner")
    used = {cue for one in logs for cue in one.cues}
    if not used:
        return ()
    case = ReviewCase(
        week=home.today - timedelta(days=home.today.weekday()), today=home.today, profile=home.profile,
        catalogue=load_catalogue(), runs=logs, season=season or season_of(home),
    )  # fmt: skip
    usual = usual_leg(case)
    return tuple(
        cue_effect(one.id, cue_points(case, one.id), usual=usual) for one in case.catalogue.cues if one.id in used
    )


def block_effects(home: Home) -> tuple[BlockEffect, ...]:
    """Return what each run made of blocks tells, oldest first: those that the runner logged with one and a file."""
    blocks = [one for one in _logs(home) if one.by == "runner" and one.block and one.run]
    if not blocks:
        return ()
    stored = kept_runs(home)
    checks = side_checks(home.store, home.athlete_id)
    reports = {one.id: right_way_round(one.recordings[0].report, checks) for one in stored}
    late = {one.run for one in blocks if one.block == "late_technique"}
    usual = [reports[one.id] for one in stored if one.id not in late and _is_usual(one, reports)]
    found = [block_effect(reports[one.run], one, usual=usual) for one in blocks if one.run in reports]
    return tuple(one for one in found if one is not None)


def block_effect_of(home: Home, run: str) -> BlockEffect | None:
    """Return what one run made of blocks tells; None where it had none, or no file of it is kept."""
    return next((one for one in block_effects(home) if one.run == run), None)


def _is_usual(run: StoredRun, reports: Mapping[str, RunReport]) -> bool:
    return "exclude" not in run.tags and run_kind(reports[run.id], run.tags) == "long"


def _logs(home: Home) -> list[RunLog]:
    return [one.log for one in run_logs(home.store, home.athlete_id)]


def _index(season: Season) -> SeasonMetric | None:
    return next((one for one in season.metrics if one.kind == "index"), None)


def _pairs(logs: list[RunLog], metric: SeasonMetric) -> tuple[FeelingPair, ...]:
    """Each run's feeling beside its own index, with the whole checklist where enough of it was rated."""
    scores = {one.run: score.value for one in logs if (score := run_score(one)) is not None}
    pairs = feeling_pairs(logs, metric.runs, item=EFFORT_ITEM)
    return tuple(replace(one, score_0_100=scores.get(one.run)) for one in pairs)
