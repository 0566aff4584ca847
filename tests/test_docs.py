"""The documents keep up with the code: tables are walked and compared."""

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.plans import example_plan
from tests.report.test_review import REVIEW

from evenstride import errors
from evenstride.judge import RANGES
from evenstride.judge.assessments import assessments
from evenstride.measure.formats import READERS
from evenstride.measure.metrics.running import REASONS
from evenstride.model import (
    METRICS,
    CalendarRun,
    CueChoice,
    DayLog,
    Dose,
    ExerciseLog,
    FeelingPair,
    GivenUp,
    Pain,
    Prescription,
    Profile,
    ReturnLock,
    ReturnLog,
    RunLog,
    SessionLog,
    SessionTemplate,
    Stiffness,
    Today,
    Trial,
    TrialPeriod,
    TrialPoint,
)
from evenstride.model.today import BlockEffect, CuePoint
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import PlanDifference, SessionChange
from evenstride.plan.return_to_run import (
    advance,
    lock_return,
    missing_for_next,
    prescribe,
    start_return,
    strength_beside,
)
from evenstride.report.archive_document import ImportSummary, import_document
from evenstride.report.athlete_document import athlete_document
from evenstride.report.document import runs_document
from evenstride.report.example_season import example_comparisons, example_finding, example_season
from evenstride.report.felt_document import block_document, cues_document, feeling_document
from evenstride.report.finding_document import finding_document
from evenstride.report.fit_encoder import encode_activity
from evenstride.report.log_document import (
    agreement_document,
    day_log_document,
    dose_document,
    load_document,
    run_log_document,
    score_document,
    session_log_document,
    trend_document,
    waiting_document,
)
from evenstride.report.plan_change_document import ChangeTold, change_document, why_document
from evenstride.report.plan_document import conflict_document, plan_document
from evenstride.report.return_document import return_document
from evenstride.report.review_document import review_document, reviews_document
from evenstride.report.screen_document import protocol_document, screen_document
from evenstride.report.season_document import season_document
from evenstride.report.template_document import templates_document
from evenstride.report.today_document import today_document
from evenstride.report.trial_document import trial_document
from evenstride.review.checklist import agreement, load_checklists, run_score, score_trend
from evenstride.review.cues import cue_effect
from evenstride.review.feeling import feeling_against_measurement
from evenstride.review.load import WeekOfLoad
from evenstride.review.opinions import Agreement
from evenstride.review.targets import targets_of_the_day
from evenstride.review.trial import analyse_trial
from evenstride.service.analyze import analyze_members
from evenstride.simulate import RunRecipe, SeasonRecipe, season_truth, simulate_run, simulate_season, truth_document
from evenstride.simulate import season_document as season_truth_document

ONE_WEEK = SeasonRecipe(weeks=1)


def one_week():
    return [run.truth for run in simulate_season(ONE_WEEK, rng=np.random.default_rng(1))]


ROOT = Path(__file__).resolve().parents[1]


def text(name):
    return (ROOT / name).read_text(encoding="utf8")


def keys_of(document):
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from keys_of(value)
    if isinstance(document, list):
        for value in document:
            yield from keys_of(value)


def returning():
    """A return to running with a lock, a decision, checks and a history."""
    today = date(2026, 5, 4)
    state = start_return(side="left", site="calf", today=today)
    state = lock_return(state, ReturnLock(by="runner", why="on holiday", since=today, stage="strides"))
    decision = advance(state, ReturnLog(day=today, during_0_10=4, after_0_10=0), today=today)
    missing = missing_for_next(decision.state, today=today)
    return return_document(
        decision.state, prescribe(decision.state), missing=missing, beside=strength_beside(state), decision=decision
    )


def change():
    """A change of a plan of every kind."""
    one = example_plan().sessions[0]
    both = (SessionChange(before=one, after=one),)
    difference = PlanDifference(added=(one,), removed=(one,), moved=both, changed=both)
    return change_document(difference, ChangeTold(athlete="Ada", why="made", session=one))


def why():
    """Why a session, an exercise and a rule."""
    catalogue, plan = load_catalogue(), example_plan()
    return why_document(
        "session", plan.sessions, rules=[catalogue.rules["R-24H"]], exercise=catalogue.exercises["split_squat"],
        given_up=[GivenUp(rule="R-24H", day=plan.start, text="")],
    )  # fmt: skip


def logs():
    """A log of every kind with everything in it."""
    day, pain = date(2026, 5, 4), (Pain(value_0_10=3, site="knee", side="right", kind="joint"),)
    squat = ExerciseLog(exercise="split_squat", left_reps=(10,), right_reps=(8,), clean_left=True)
    run = RunLog(day=day, effort_0_10=6, minutes=50, pain=pain)
    trend = score_trend([(day + timedelta(days=one), 50.0 + one % 3) for one in range(9)])
    ratings = {one.id: 3 for one in load_checklists()["run"]}
    own = [RunLog(day=day + timedelta(days=one), items=ratings) for one in range(6)]
    coach = [RunLog(day=one.day, items=ratings, by="coach", name="Kim") for one in own]
    return [
        session_log_document(SessionLog(session="", day=day, exercises=(squat,), pain=pain)), run_log_document(run),
        day_log_document(DayLog(day=day, pain=pain, stiffness=(Stiffness(joint="ankle", value_0_10=4),))),
        {"score": score_document(run_score(own[0])), "trend": trend_document(trend)},
        load_document(WeekOfLoad(monday=day, total=420.0, known_days=2, unrated=0)),
        agreement_document(agreement([*own, *coach])), waiting_document(example_plan().sessions, ["x"], morning=True),
        dose_document(Dose(sets=3, reps=10)), dose_document(Dose(sets=3, hold_s=10, band="medium")),
    ]  # fmt: skip


def trial():
    """A trial that is over, with another one on record."""
    days = [date(2026, 5, 4) + timedelta(days=one) for one in range(12)]
    periods = tuple(TrialPeriod(number=n + 1, pair=n // 2 + 1, on=n % 2 == 0) for n in range(12))
    one = Trial(
        id="t", what="a_skip", kind="drill", metric="contact_time", source="watch_balance", unit="run", began=days[0],
        periods=periods, smallest=1.0, seed=1, told={"r": 1},
    )  # fmt: skip
    points = [TrialPoint(run="r", day=day, period=n + 1, on=n % 2 == 0, value=n % 2 + 0.1 * n, kept=n > 1)
              for n, day in enumerate(days)]  # fmt: skip
    return trial_document(one, analyse_trial(one, points), name="A-skip", others=[one])


def felt():
    """Feeling that tracks, a cue, a block and a prescribed session."""
    legs = ("left", "even", "right")
    pairs = [FeelingPair(run=str(n), day=date(2026, 5, 4), harder=legs[n % 3], index=n % 3 - 1.0 + 0.01 * n,
                         uneven_0_4=n % 4, score_0_100=90.0 - n) for n in range(12)]  # fmt: skip
    answer = feeling_against_measurement(pairs, metric="contact_time")
    points = [
        CuePoint(run=str(n), day=date(2026, 5, 4), with_cue=n % 2 == 0, index_pct=3.0 + 0.1 * n) for n in range(9)
    ]
    line = Prescription(exercise="split_squat", sets=3, reps=10)
    return [
        feeling_document(answer, pairs, trend=None, agreed=agreement([])),
        cues_document([cue_effect("level_pelvis", points, usual="right")]),
        block_document(BlockEffect(kind="alternating", run="r", text="", n=6)),
        templates_document([SessionTemplate(name="hips", exercises=(line,), since=date(2026, 5, 4))], added="hips"),
    ]


CONFLICT = errors.PlanConflict("No.", rules=("R-24H",), inputs=("free: tue 40",), ways_out=("another day",))


def test_every_field_of_a_run_document_is_written_down():
    run = simulate_run(RunRecipe(minutes=20, intervals=3), rng=np.random.default_rng(1))
    analysis = analyze_members([("run.fit", encode_activity(run.activity))])
    optional = {"speed_mps", "heart_rate_bpm", "power_w", "temperature_c", "schema", "runs"}
    named = set(re.findall(r"`(\w+)`", text("docs/json.md")))
    assert set(keys_of(runs_document(analysis.reports))) - optional <= named


def test_every_field_of_a_truth_document_is_written_down():
    run = simulate_run(RunRecipe(minutes=12), rng=np.random.default_rng(1))
    named = set(re.findall(r"`(\w+)`", text("docs/json.md")))
    assert set(truth_document(run.truth)) - {"schema"} <= named


def reviews():
    return reviews_document([REVIEW], Agreement(reviews=0, same=0)), review_document(REVIEW)


def day():
    run = CalendarRun(day=date(2026, 5, 4), kind="long", minutes=100)
    targets = targets_of_the_day(Profile(name="Ada", mass_kg=60.0), day=run.day, runs=[run])
    sessions = tuple(one for one in example_plan().sessions if one.exercises)
    cues = (CueChoice(cue=load_catalogue().cues[0], why="asked", stage="asked"),)
    shown = {"planned": True, "runs": (run,), "sessions": sessions, "targets": targets, "cues": cues}
    return today_document(Today(day=run.day, athlete="Ada", timezone="UTC", **shown), load_catalogue())


@pytest.mark.parametrize("build", [
    lambda: season_document(example_season()),
    lambda: finding_document(example_finding()),
    lambda: screen_document(example_comparisons()),
    lambda: [protocol_document(one) for one in assessments().values()],
    lambda: import_document(ImportSummary(files=3, kept=1, duplicates=1, runs_added=1, seconds=1.0)),
    lambda: season_truth_document(season_truth(ONE_WEEK, one_week())),
    lambda: athlete_document(Profile(name="Ada"), (), today=date(2026, 5, 4)),
    lambda: plan_document(example_plan()),
    lambda: conflict_document(CONFLICT),
    change, why, returning, logs, reviews, day, trial, felt,
], ids=[
    "season", "finding", "screen", "protocol", "import", "simulate-season", "athlete", "plan", "conflict",
    "plan-change", "why", "return", "logs", "reviews", "today", "trial", "felt",
])  # fmt: skip
def test_every_field_of_every_document_is_written_down(build):
    named = set(re.findall(r"`([\w-]+)`", text("docs/json.md")))
    # Names of sources, devices, tags and conditions, and what is the same of the other leg.
    own = {"schema", "watch_balance", "heart_rate_bpm", "speed_mps", "shoe", "surface", "evenstride simulator",
           "right_baseline", "left_advanced", "right_advanced", "trend"}  # fmt: skip
    own |= {one.id for one in load_checklists()["run"]}
    assert set(keys_of(build())) - own <= named


def test_every_error_kind_is_written_down():
    kinds = {one.kind for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)}
    assert kinds - {"error"} <= set(re.findall(r"`(\w+)`", text("docs/json.md")))


def test_every_error_stands_in_the_drawn_tree():
    drawn = errors.__doc__
    assert all(name in drawn for name, one in vars(errors).items() if isinstance(one, type))


def test_every_reason_for_leaving_out_is_explained():
    page = text("docs/methods/usable-running.md")
    assert all(f"| {reason.replace('_', ' ')} |" in page for reason in REASONS)


def test_every_metric_has_its_range_on_the_verdict_page():
    page = text("docs/methods/verdict.md").lower()
    for name, row in RANGES.items():
        assert METRICS[name].label in page
        assert row.threshold_pct is None or f"{row.threshold_pct:g} %" in page


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_a_page_with_the_same_parts(metric):
    page = text(f"docs/methods/{metric.replace('_', '-')}.md")
    assert all(part in page for part in ("**Answers**", "**Definition", "**Source", "**Works for**", "**Validated**"))


def test_every_format_is_described():
    page = text("docs/formats.md").lower()
    assert all(name.replace("_", " ").split()[0] in page for name in READERS)


def links():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("validation/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf8")):
            yield pytest.param(path, target, id=f"{path.relative_to(ROOT)}:{target}")


@pytest.mark.parametrize(("path", "target"), list(links()))
def test_every_link_leads_somewhere(path, target):
    assert (path.parent / target).exists()


PHOTOGRAPHS = sorted((ROOT / "docs" / "pictures").iterdir())


def test_every_photograph_has_its_recipe_and_its_place_and_is_small():
    import runpy

    script = runpy.run_path(str(ROOT / "scripts" / "web_pictures.py"))
    assert [one.stem for one in PHOTOGRAPHS] == sorted(one.name for one in script["ALBUM"])
    for one in PHOTOGRAPHS:
        assert one.stat().st_size < script["BYTES_MAX"], one.name
        assert f"pictures/{one.name}" in text("README.md") + text("docs/web.md"), one.name


def test_the_readme_picture_is_the_one_its_script_draws():
    import runpy

    drawn = runpy.run_path(str(ROOT / "scripts" / "pictures.py"))["run_svg"]()
    kept = text("docs/img/run.svg")
    number = re.compile(r"-?\d+\.?\d*")
    assert number.sub("", kept) == number.sub("", drawn)
    # Another processor may round the last pixel's tenth differently.
    numbers = [[float(one) for one in number.findall(svg)] for svg in (kept, drawn)]
    np.testing.assert_allclose(numbers[0], numbers[1], atol=0.3)
