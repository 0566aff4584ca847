"""Runs and tests to season and finding: the same story with the legs swapped, and in any order."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from evenstride.judge.finding import finding
from evenstride.judge.mirror import mirrored_report
from evenstride.model import Injury, Profile, Recording, RunReport, SideCheck, Source, StoredRun, Target, TestResult
from evenstride.report.season_document import season_document
from evenstride.service.analyze import METHOD, judge_activity
from evenstride.service.season import compared, run_kind, season_from
from evenstride.simulate import RunRecipe, SeasonRecipe, simulate_season
from evenstride.simulate.path import step

TODAY = date(2026, 7, 1)
HISTORY = Injury(side="left", site="achilles", since=date(2026, 3, 1))
PROFILE = Profile(name="Ana", timezone="Europe/Berlin", injuries=(HISTORY,))
RESULTS = (
    TestResult(test="single_leg_calf_raise", day=date(2026, 6, 10), left=(17.0,), right=(29.0,)),
    TestResult(test="single_leg_hop", day=date(2026, 6, 20), left=(138.0, 141.0, 137.0), right=(158.0, 161.0, 157.0)),
    TestResult(test="knee_to_wall", day=date(2026, 6, 22), left=(9.0, 9.5, 9.0), right=(9.5, 9.0, 9.5)),
)


@pytest.fixture(scope="module")
def stored():
    """Sixteen weeks, a step of 4 % to the right in the middle."""
    recipe = SeasonRecipe(
        start=datetime(2026, 3, 2, 6, 30, tzinfo=UTC), weeks=16, asymmetry_pct=1.0, path=step(week=13, by_pct=4.0),
        runner=RunRecipe(minutes=14, memory_s=10), run_to_run_sd_pct=0.4,
    )  # fmt: skip
    runs = []
    for i, run in enumerate(simulate_season(recipe, rng=np.random.default_rng(4))):
        source = Source(name=f"{i}.fit", sha256=f"{i:064d}", format="fit", device=run.activity.device)
        report = replace(judge_activity(run.activity, source), activity=None)
        recording = Recording(originals=(source.sha256,), part=0, report=report, method=METHOD)
        runs.append(StoredRun(id=str(i), start=report.start, duration_s=report.duration_s, recordings=(recording,)))
    return tuple(runs)


def turned(run: StoredRun) -> StoredRun:
    def other(report: RunReport) -> RunReport:
        for source in {one.source for one in report.estimates}:
            report = mirrored_report(report, source=source)
        return report

    return replace(run, recordings=tuple(replace(one, report=other(one.report)) for one in run.recordings))


def turned_test(result: TestResult) -> TestResult:
    return replace(result, left=result.right, right=result.left)


def story(runs, profile, results, checks=()):
    season = season_from(runs, profile, checks, today=TODAY)
    return season, finding(season, compared(results, profile), profile, side_checks=checks, today=TODAY)


def test_swapping_the_legs_of_every_run_and_test_mirrors_season_and_finding(stored):
    season, found = story(stored, PROFILE, RESULTS)
    profile = replace(PROFILE, injuries=tuple(replace(one, side="right") for one in PROFILE.injuries))
    other, opposite = story([turned(run) for run in stored], profile, [turned_test(one) for one in RESULTS])
    one, two = season.metrics[0], other.metrics[0]
    assert (one.level.value, one.level.low) == (pytest.approx(-two.level.value), pytest.approx(-two.level.high))
    assert one.change.value == pytest.approx(-two.change.value)
    assert [alarm.day for alarm in one.alarms] == [alarm.day for alarm in two.alarms]
    assert one.direction.side != two.direction.side
    assert (one.target.low, one.target.high) == (pytest.approx(-two.target.high), pytest.approx(-two.target.low))
    assert (one.target.status, one.target.rule) == (two.target.status, two.target.rule)
    assert (found.limb, opposite.limb) == ("left", "right")
    assert (found.action, found.confidence) == (opposite.action, pytest.approx(opposite.confidence))


def test_a_device_found_swapped_tells_the_mirrored_story(stored):
    device = "development evenstride simulator"
    check = SideCheck(
        source="watch_balance", device=device, checked=date(2026, 6, 1), leg="left", method="limp", answer="swapped",
        shift_pct=-12.0, low_pct=-14.0, high_pct=-10.0,
    )  # fmt: skip
    plain, _ = story(stored, PROFILE, RESULTS)
    checked, _ = story(stored, PROFILE, RESULTS, checks=(check,))
    assert checked.metrics[0].level.value == pytest.approx(-plain.metrics[0].level.value)
    assert {note.code for note in plain.notes} - {note.code for note in checked.notes} == {"side_unchecked"}


def test_the_order_of_runs_and_tests_does_not_matter(stored):
    season, found = story(stored, PROFILE, RESULTS)
    again, same = story(stored[::-1], PROFILE, RESULTS[::-1])
    assert season_document(again)["metrics"] == season_document(season)["metrics"]
    assert same == found


def test_a_range_of_ones_own_is_held_against_runs_and_tests(stored):
    own = (Target(what="contact_time", low=-1.0, high=1.0, since=date(2026, 6, 1)),
           Target(what="single_leg_hop", low=-30.0, high=30.0, since=date(2026, 6, 1)))  # fmt: skip
    season, _ = story(stored, replace(PROFILE, targets=own), RESULTS)
    legs = next(one for one in season.metrics if one.metric == "contact_time")
    assert (legs.target.rule, legs.target.status) == ("T-OWN", "outside")
    told = {one.test: one.target.rule for one in compared(RESULTS, replace(PROFILE, targets=own))}
    assert (told["single_leg_hop"], told["single_leg_calf_raise"]) == ("T-OWN", "T-HALF")


def test_levels_of_both_legs_are_followed_beside_the_legs(stored):
    season, _ = story(stored, PROFILE, ())
    assert {"contact_time", "cadence", "contact_time_level", "step_length_level", "speed_at_heart_rate"} <= {
        one.metric for one in season.metrics
    }


def test_speed_at_an_effort_is_followed_once_the_runner_says_it(stored):
    """Faster runs have to feel harder: else an effort tells no speed."""
    quick = sorted(stored, key=lambda run: run.recordings[0].report.summary["speed_mps"])
    felt = [replace(run, tags={"effort": f"{3 + 5 * i / len(quick):.1f}"}) for i, run in enumerate(quick)]
    alike = [replace(run, tags={"effort": str(3 + i % 2)}) for i, run in enumerate(stored)]
    told, untold = (
        next(one for one in story(said, PROFILE, ())[0].metrics if one.metric == "speed_at_effort")
        for said in (felt, alike)
    )
    assert told.adjusted_for[0] == "effort_0_10"
    assert untold.level is None
    assert "effort" in untold.waiting_for


def test_runs_after_today_are_not_counted(stored):
    day = sorted(run.start.date() for run in stored)[-2]
    season = season_from(stored, PROFILE, (), today=day)
    assert season.last == day
    assert season.n_runs == sum(run.start.date() <= day for run in stored) < len(stored)


def test_what_the_runner_says_of_a_run_stands_above_what_it_looks_like(stored):
    report = stored[1].recordings[0].report
    assert [run_kind(report, {"kind": kind}) for kind in ("long", "tempo", "easy")] == ["long", "quality", "other"]
    assert [run_kind(one, {}) for one in (report, replace(report, duration_s=5400.0))] == ["other", "long"]
