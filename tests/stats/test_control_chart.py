import numpy as np
import pytest

from evenstride.stats.control_chart import (
    cusum_alarms,
    cusum_arl,
    ewma_alarms,
    ewma_arl,
    shewhart_alarms,
    shewhart_arl,
)

SHIFTS_SD = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0)
SHEWHART = {
    3.0: (370.4, 281.2, 155.2, 81.2, 43.9, 14.97, 6.30, 3.24, 2.00),
    2.0: (21.98, 19.1, 13.7, 9.21, 6.25, 3.24, 2.00, 1.45, 1.19),
}
EWMA = {
    (0.05, 2.615): (499.9, 84.0, 28.8, 16.4, 11.38, 7.11, 5.22, 4.17, 3.50),
    (0.10, 2.814): (499.6, 106.3, 31.3, 15.9, 10.33, 6.08, 4.36, 3.44, 2.87),
    (0.20, 2.962): (499.7, 150.2, 41.8, 18.2, 10.54, 5.50, 3.74, 2.88, 2.38),
    (0.25, 2.998): (499.8, 170.3, 48.3, 20.1, 11.14, 5.46, 3.61, 2.74, 2.26),
    (0.40, 3.054): (500.0, 223.7, 71.2, 28.4, 14.26, 5.87, 3.52, 2.54, 2.02),
    (0.20, 2.86): (371.1, 121.2, 36.2, 16.5, 9.80, 5.23, 3.59, 2.78, 2.31),
    (0.20, 2.40): (110.2, 51.3, 20.4, 10.96, 7.16, 4.16, 2.97, 2.35, 1.99),
}
CUSUM = {
    (0.5, 4.0): (167.7, 74.2, 26.6, 13.29, 8.38, 4.75, 3.34, 2.62, 2.19),
    (0.5, 5.0): (465.4, 139.5, 38.0, 17.05, 10.38, 5.75, 4.01, 3.11, 2.57),
    (0.25, 8.01): (370.3, 83.8, 28.8, 16.39, 11.41, 7.12, 5.22, 4.15, 3.48),
}


@pytest.mark.parametrize("limit", SHEWHART)
def test_the_run_lengths_of_shewharts_chart_are_those_of_the_tables(limit):
    assert [shewhart_arl(shift, limit=limit) for shift in SHIFTS_SD] == pytest.approx(SHEWHART[limit], rel=0.005)


@pytest.mark.parametrize(("weight", "limit"), EWMA)
def test_the_run_lengths_of_the_ewma_are_those_of_the_tables(weight, limit):
    found = [ewma_arl(shift, weight=weight, limit=limit) for shift in SHIFTS_SD]
    assert found == pytest.approx(EWMA[weight, limit], rel=0.005)


@pytest.mark.parametrize(("reference", "limit"), CUSUM)
def test_the_run_lengths_of_the_cusum_are_those_of_the_tables(reference, limit):
    found = [cusum_arl(shift, reference=reference, limit=limit) for shift in SHIFTS_SD]
    assert found == pytest.approx(CUSUM[reference, limit], rel=0.005)


@pytest.mark.parametrize("shift", [0.5, 2.0])
def test_a_fall_is_found_as_fast_as_a_rise(shift):
    assert ewma_arl(-shift, weight=0.2, limit=2.86) == pytest.approx(ewma_arl(shift, weight=0.2, limit=2.86))
    assert cusum_arl(-shift, reference=0.5, limit=4.0) == pytest.approx(cusum_arl(shift, reference=0.5, limit=4.0))


def test_a_simulated_cusum_runs_as_long_as_computed() -> None:
    """A long baseline stands for known mean and sd."""
    rng, baseline = np.random.default_rng(1), 2000
    values = rng.standard_normal((3000, baseline + 60))
    values[:, baseline:] += 2.0
    first = cusum_alarms(values, baseline_weeks=baseline)[:, baseline:].argmax(axis=1) + 1
    assert first.mean() == pytest.approx(cusum_arl(2.0, reference=0.5, limit=4.0), rel=0.02)


@pytest.mark.parametrize("chart", [shewhart_alarms, ewma_alarms, cusum_alarms])
def test_a_chart_ignores_unit_and_sign(chart):
    values = np.random.default_rng(2).standard_normal((20, 60))
    assert (chart(values) == chart(7.0 - 3.0 * values)).all()


@pytest.mark.parametrize("chart", [shewhart_alarms, ewma_alarms, cusum_alarms])
def test_a_chart_calls_no_week_of_its_own_baseline(chart):
    values = np.random.default_rng(3).standard_normal((200, 40))
    values[:, 0] = 50.0
    assert not chart(values)[:, :12].any()


@pytest.mark.parametrize(("chart", "known"), [(shewhart_alarms, 0.91), (ewma_alarms, 0.12), (cusum_alarms, 0.25)])
def test_with_a_long_baseline_a_year_of_false_alarms_is_as_published(chart, known):
    values = np.random.default_rng(4).standard_normal((3000, 1052))
    assert chart(values, baseline_weeks=1000).any(axis=1).mean() == pytest.approx(known, abs=0.02)
