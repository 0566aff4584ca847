"""Left and right exchanged: nothing of one source is left behind, and twice is as before."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from evenstride.judge.mirror import mirrored_estimate, mirrored_report, mirrored_test
from evenstride.model import Device, RunReport, Source, TestResult
from evenstride.report.example import example_report

trials = st.lists(st.floats(0.5, 5.0), min_size=1, max_size=4).map(tuple)
extras = st.dictionaries(
    st.sampled_from(["left_spread_pct", "right_spread_pct", "left_stride_time_cv_pct", "speed_mps", "leftover"]),
    st.floats(0.0, 9.0),
)


@st.composite
def results(draw):
    source = draw(st.sampled_from(["runscribe", "stryd_duo"]))
    return TestResult(test="stride_length", day=date(2026, 5, 4), left=draw(trials), right=draw(trials),
                      source=source, extra=draw(extras))  # fmt: skip


def report_of(tests):
    return RunReport(
        source=SOURCE, sport="running", start=datetime(2026, 5, 4, tzinfo=UTC), duration_s=1800.0, distance_m=None,
        n_records=1800, usable_share=1.0, dropped=(), tests=tuple(tests),
    )  # fmt: skip


SOURCE = Source(name="run.csv", sha256="0" * 64, format="runscribe_csv", device=Device())


@given(st.lists(results(), max_size=4))
def test_a_report_mirrored_twice_is_as_before(tests):
    report = report_of(tests)
    assert mirrored_report(mirrored_report(report, source="runscribe"), source="runscribe") == report


@given(st.lists(results(), min_size=1, max_size=4))
def test_the_tests_of_the_swapped_source_are_mirrored_and_the_others_are_not(tests):
    after = mirrored_report(report_of(tests), source="runscribe").tests
    assert after == tuple(mirrored_test(one) if one.source == "runscribe" else one for one in tests)


@given(results())
def test_trials_and_what_is_said_of_a_leg_change_places(one):
    other = mirrored_test(one)
    assert (other.left, other.right) == (one.right, one.left)
    assert other.extra.get("right_spread_pct") == one.extra.get("left_spread_pct")
    assert other.extra.get("right_stride_time_cv_pct") == one.extra.get("left_stride_time_cv_pct")
    assert other.extra.get("speed_mps") == one.extra.get("speed_mps")
    assert other.extra.get("leftover") == one.extra.get("leftover")


def test_an_estimate_turns_its_sign_and_its_ends():
    estimate = example_report().estimates[0]
    turned = mirrored_estimate(estimate)
    assert (turned.index_pct, turned.low_pct, turned.high_pct) == (
        -estimate.index_pct, -estimate.high_pct, -estimate.low_pct,
    )  # fmt: skip
    assert (turned.left, turned.right) == (estimate.right, estimate.left)
