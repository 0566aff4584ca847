from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError, InvalidRequest
from evenstride.judge import disagreements, judge_run
from evenstride.judge.mirror import mirrored, mirrored_estimate, mirrored_judged, mirrored_report
from evenstride.judge.side_check import SIDE_CHECK_STEPS, check_side
from evenstride.measure.formats import read_members
from evenstride.measure.metrics import leg_samples
from evenstride.model import Activity, Judged, Lap, LegSamples, LegSeries, Note, RunReport, Source, Span

START, END = 400.0, 460.0
WINDOW = Span(start_s=START, end_s=END)


@pytest.fixture
def limped(make_legs):
    """A run in which one foot stayed down longer for a minute: the index moves by ``shift_pct`` (positive: right)."""

    def build(shift_pct=16.0, *, minutes=14.0, seed=1, start_s=START, end_s=END):
        legs = make_legs(index_pct=2.0, minutes=minutes, seed=seed)
        moved = np.where((legs.t_s >= start_s) & (legs.t_s < end_s), shift_pct / 200, 0.0)
        return replace(legs, left=legs.left * np.exp(-moved), right=legs.right * np.exp(moved))

    return build


def check(legs, leg="right", window=WINDOW):
    return check_side(legs, leg=leg, method="limp", window=window, checked=date(2026, 5, 4), device="watch")


@pytest.mark.parametrize("window", [WINDOW, None])
def test_a_longer_contact_on_the_named_leg_is_as_named(limped, window):
    assert check(limped(16), "right", window).answer == "as_named"
    assert check(limped(-16), "left", window).answer == "as_named"


@pytest.mark.parametrize("window", [WINDOW, None])
def test_a_longer_contact_on_the_other_leg_is_swapped(limped, window):
    assert check(limped(16), "left", window).answer == "swapped"
    assert check(limped(-16), "right", window).answer == "swapped"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("window", [WINDOW, None])
def test_a_run_without_a_limp_is_unclear(limped, window, seed):
    assert check(limped(0.0, seed=seed), window=window).answer == "unclear"


def test_the_shift_is_what_the_limp_moved_the_index_by(limped):
    found = check(limped(16))
    assert found.low_pct < 16 < found.high_pct
    assert found.low_pct < found.shift_pct < found.high_pct


def test_swapping_the_legs_and_the_leg_gives_the_same_answer(limped):
    one, other = check(limped(16), "left"), check(mirrored(limped(16)), "right")
    assert (other.answer, other.shift_pct) == (one.answer, pytest.approx(one.shift_pct))
    assert (other.low_pct, other.high_pct) == pytest.approx((one.low_pct, one.high_pct), rel=1e-6)


def test_swapping_the_legs_alone_turns_the_answer(limped):
    assert check(mirrored(limped(16)), "right", None).answer == "swapped"


def test_two_alike_stretches_leave_a_search_unclear(limped):
    """A hill or a bend that comes twice is no limp: the stretch must stand out from all others of the run."""
    one, other = limped(16), limped(16, start_s=650, end_s=710)
    twice = replace(one, left=np.minimum(one.left, other.left), right=np.maximum(one.right, other.right))
    assert check(twice, window=None).answer == "unclear"


def test_a_limp_that_was_left_out_as_implausible_asks_for_less(limped):
    legs = limped()
    kept = (legs.t_s < START) | (legs.t_s >= END)
    conditions = {name: values[kept] for name, values in legs.conditions.items()}
    gone = replace(legs, t_s=legs.t_s[kept], left=legs.left[kept], right=legs.right[kept], conditions=conditions,
                   cuts=(int(START),))  # fmt: skip
    with pytest.raises(InvalidRequest, match="too strong a limp") as raised:
        check(gone)
    assert "limp less" in raised.value.help
    assert check(gone, window=None).answer == "unclear"


def test_a_stretch_at_the_start_has_nothing_to_compare_with(limped):
    with pytest.raises(InvalidRequest, match="before or after"):
        check(limped(), window=Span(start_s=10, end_s=70))


def test_a_run_of_two_minutes_is_too_short(make_legs):
    with pytest.raises(InvalidRequest, match="too short"):
        check(make_legs(minutes=2), window=None)


def test_a_run_without_samples_is_too_short(make_legs):
    legs = make_legs()
    none = replace(legs, t_s=[], left=[], right=[], conditions={})
    with pytest.raises(InvalidRequest, match="too short"):
        check(none)


def test_only_contact_time_is_read(make_legs):
    with pytest.raises(InvalidRequest, match="not impact"):
        check(replace(make_legs(), metric="impact"))


def test_a_signal_that_never_moves_is_unclear(make_legs):
    legs = make_legs()
    assert check(replace(legs, left=0 * legs.left + 0.25, right=0 * legs.right + 0.25), window=None).answer == "unclear"


@given(st.integers(5, 12), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=3), st.booleans())
def test_any_run_has_an_answer_or_a_sentence(minutes, holes, known):
    rng = np.random.default_rng(minutes)
    t_s = np.arange(minutes * 60.0)
    for start, length in holes:
        t_s = np.where(t_s >= start, t_s + length, t_s)
    left = 0.25 * np.exp(0.02 * rng.standard_normal(len(t_s)))
    legs = LegSamples(metric="contact_time", source="watch_balance", unit="s", t_s=t_s, left=left, right=0.5 - left)
    try:
        said = check(legs, window=WINDOW if known else None).answer
    except EvenstrideError as error:
        said = error.help
    assert said


def test_every_step_says_what_to_do_and_the_check_names_its_leg():
    for steps in SIDE_CHECK_STEPS.values():
        assert any("{leg}" in step.text for step in steps)
        assert sum(step.seconds or 0 for step in steps) == 420
        assert all(step.text.endswith(".") for step in steps)


@pytest.mark.real_data
def test_no_real_run_without_a_limp_is_given_an_answer(real_data):
    runs = 0
    for path in sorted((real_data / "fit").rglob("*.fit")):
        try:
            found = read_members([(path.name, path.read_bytes())]).activities
        except EvenstrideError:
            continue
        for legs in (legs for one in found for activity in one.activities for legs in leg_samples(activity)):
            if legs.metric != "contact_time" or len(legs.t_s) < 400:
                continue
            runs += 1
            assert check(legs, window=None).answer == "unclear"
    assert runs >= 3


# Exchanging the legs


@given(st.floats(-10, 10), st.integers(0, 5))
def test_mirrored_twice_is_the_same(index_pct, seed):
    judged = judged_run(index_pct, seed)
    assert mirrored_judged(mirrored_judged(judged)) == judged
    assert mirrored_judged(judged) != judged


@pytest.mark.parametrize("index_pct", [9.0, 0.0, -9.0])
def test_judging_mirrored_legs_gives_the_mirrored_judgement(make_legs, index_pct):
    rng = np.random.default_rng(1)
    conditions = {"speed_mps": 3 + rng.normal(size=1800), "turn_dps": rng.normal(size=1800)}
    legs = make_legs(index_pct=index_pct, memory_s=5, **conditions)
    laps = [Lap(start_s=0, end_s=600), Lap(start_s=5000, end_s=6000)]
    one, other = mirrored_judged(judge_run(legs, laps=laps)), judge_run(mirrored(legs), laps=laps)
    for name in ("index_pct", "raw_index_pct", "low_pct", "high_pct", "left", "right"):
        assert getattr(one.estimate, name) == pytest.approx(getattr(other.estimate, name), rel=1e-6, abs=1e-9)
    assert one.estimate.verdict == other.estimate.verdict
    assert one.laps[1] == other.laps[1]  # nothing in it
    for mine, theirs in zip((*one.thirds, one.laps[0]), (*other.thirds, other.laps[0]), strict=True):
        for name in ("index_pct", "low_pct", "high_pct"):
            assert getattr(mine, name) == pytest.approx(getattr(theirs, name), rel=1e-6)
    for mine, theirs in zip(one.effects, other.effects, strict=True):
        assert (mine.effect_pct, mine.low_pct) == pytest.approx((theirs.effect_pct, theirs.low_pct), rel=1e-6)
    np.testing.assert_allclose(one.trace.low_pct, other.trace.low_pct, rtol=1e-6)


def test_a_zero_is_mirrored_without_a_minus():
    estimate = mirrored_estimate(replace(judged_run(0.0, 1).estimate, index_pct=0.0, raw_index_pct=0.0))
    assert str(estimate.index_pct) == "0.0"


def judged_run(index_pct, seed):
    t_s = np.arange(900.0)
    noise = np.random.default_rng(seed).standard_normal(900)
    left = 0.25 * np.exp(-(index_pct + noise) / 200)
    legs = LegSamples(metric="contact_time", source="watch_balance", unit="s", t_s=t_s, left=left, right=0.0625 / left,
                      conditions={"elapsed_s": t_s})  # fmt: skip
    return judge_run(legs, laps=[Lap(start_s=0, end_s=300)])


def report_of(*judged):
    legs = tuple(
        LegSeries(metric="contact_time", source=one.estimate.source, form="share_left", t_s=[0.0], left=[0.51],
                  right=[0.49])
        for one in judged
    )  # fmt: skip
    start = datetime(2026, 5, 4, tzinfo=UTC)
    notes = (Note(code="mostly_walking", text="…"), *disagreements([one.estimate for one in judged]))
    return RunReport(
        source=Source(name="run.fit", sha256="0", format="fit"), sport="running", start=start, duration_s=900.0,
        distance_m=None, n_records=900, usable_share=1.0, dropped=(), judged=judged, notes=notes,
        activity=Activity(format="fit", start=start, t_s=[0.0], legs=legs),
    )  # fmt: skip


def by(source, judged: Judged) -> Judged:
    return replace(judged, estimate=replace(judged.estimate, source=source))


def test_only_what_the_swapped_source_said_is_mirrored():
    watch, pods = judged_run(6.0, 1), by("runscribe", judged_run(-6.0, 2))
    report = report_of(watch, pods)
    turned = mirrored_report(report, source="watch_balance")
    assert turned.judged == (mirrored_judged(watch), pods)
    assert [one.left[0] for one in turned.activity.legs] == [0.49, 0.51]


def test_whether_sources_disagree_is_asked_anew():
    report = report_of(judged_run(6.0, 1), by("runscribe", judged_run(-6.0, 1)))
    turned = mirrored_report(report, source="watch_balance")
    assert any(note.code == "sources_disagree" for note in report.notes)
    assert not any(note.code == "sources_disagree" for note in turned.notes)
    assert mirrored_report(turned, source="watch_balance") == report
    assert mirrored_report(turned, source="watch_balance").activity == report.activity
