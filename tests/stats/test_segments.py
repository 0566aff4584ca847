import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from evenstride.stats import fit_mean, segment_means


def remembering(seed: int, n: int, tau_s: float) -> NDArray[np.float64]:
    phi = np.exp(-1.0 / tau_s)
    shocks = np.random.default_rng(seed).standard_normal(n + 4000)
    return np.asarray(lfilter([np.sqrt(1.0 - phi * phi)], [1.0, -phi], shocks))[4000:]


def test_the_whole_run_as_one_stretch_has_the_interval_of_the_mean() -> None:
    y = remembering(1, 1800, 20.0)
    fit = fit_mean(y)
    whole = segment_means(fit, y, [[0, 1800]])
    found = (whole.mean[0], whole.low[0], whole.high[0])
    assert found == pytest.approx((fit.mean.estimate, fit.mean.low, fit.mean.high), abs=1e-4)


def test_the_mean_of_a_stretch_is_the_mean_of_its_seconds() -> None:
    y = 1e3 + remembering(2, 900, 20.0)
    found = segment_means(fit_mean(y), y, [[0, 1], [10, 200], [899, 900]])
    assert found.mean == pytest.approx([y[0], y[10:200].mean(), y[899]])


def test_shorter_stretches_are_less_sure() -> None:
    y = remembering(3, 1800, 20.0)
    found = segment_means(fit_mean(y), y, [[0, 1800], [0, 600], [0, 120], [0, 10]])
    width = found.high - found.low
    assert (np.diff(width) > 0).all()


def test_stretches_of_one_length_are_equally_sure() -> None:
    y = remembering(4, 1800, 20.0)
    found = segment_means(fit_mean(y), y, [[0, 600], [300, 900], [1200, 1800]])
    assert np.ptp(found.high - found.low) == pytest.approx(0.0, abs=1e-12)


def test_a_drift_given_to_the_fit_does_not_widen_stretches() -> None:
    y, elapsed = remembering(5, 2400, 10.0), np.arange(2400.0)[:, None]
    drifting = y + 4.0 * elapsed[:, 0] / 2400
    widths = []
    for signal, covariates in ((y, elapsed), (drifting, elapsed), (drifting, None)):
        found = segment_means(fit_mean(signal, covariates), signal, [[0, 800]])
        widths.append(found.high[0] - found.low[0])
    assert widths[1] == pytest.approx(widths[0], rel=1e-3)
    assert widths[2] > 2 * widths[1]


def test_no_stretches_give_no_means() -> None:
    y = remembering(6, 600, 10.0)
    assert segment_means(fit_mean(y), y, np.empty((0, 2), dtype=int)).mean.shape == (0,)


@pytest.mark.parametrize("span", [[5, 5], [-1, 4], [500, 601], [9, 3]])
def test_a_stretch_outside_the_signal_is_an_error(span: list[int]) -> None:
    y = remembering(7, 600, 10.0)
    with pytest.raises(ValueError, match="span"):
        segment_means(fit_mean(y), y, [span])


def test_another_signal_is_an_error() -> None:
    y = remembering(8, 600, 10.0)
    with pytest.raises(ValueError, match="fitted"):
        segment_means(fit_mean(y), y[1:], [[0, 5]])
