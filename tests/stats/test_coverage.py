"""A quick part of validation/coverage.py, slopes.py and segments.py: do 95 % intervals hold the truth?

Few runs, wide bounds: a share of 300 below 90 % is four standard deviations from the validated worst cell.
"""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from evenstride.stats import fit_mean, segment_means

Floats = NDArray[np.float64]
RUNS = 300


def ar1(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    phi = np.exp(-1.0 / tau_s)
    start = phi * rng.standard_normal((runs, 1))
    noise, _ = lfilter([np.sqrt(1.0 - phi * phi)], [1.0, -phi], rng.standard_normal((runs, n)), axis=1, zi=start)
    return np.asarray(noise, dtype=np.float64)


def recorded(rng: np.random.Generator, n: int, tau_s: float) -> Floats:
    """Balance as a watch records it: mean 0, sd 0.6 points, held for 3 s, rounded to 1/32 point."""
    points = 0.6 * (0.8 * ar1(rng, RUNS, n, tau_s) + 0.6 * ar1(rng, RUNS, n, tau_s / 8.0))
    return np.round(np.repeat(points[:, ::3], 3, axis=1)[:, :n] * 32.0) / 32.0


@pytest.mark.parametrize(("minutes", "tau_s"), [(10, 40.0), (30, 10.0), (30, 240.0), (60, 60.0)])
def test_the_mean_holds_the_truth_whatever_the_memory(minutes: int, tau_s: float) -> None:
    rng = np.random.default_rng([minutes, int(tau_s)])
    fits = [fit_mean(y).mean for y in recorded(rng, 60 * minutes, tau_s)]
    assert 0.90 <= np.mean([fit.low <= 0.0 <= fit.high for fit in fits]) <= 0.997


def test_a_length_with_a_large_prime_factor_holds_the_truth_too() -> None:
    fits = [fit_mean(y).mean for y in recorded(np.random.default_rng(1), 1801, 30.0)]
    assert 0.90 <= np.mean([fit.low <= 0.0 <= fit.high for fit in fits]) <= 0.997


def test_adjusted_mean_and_slopes_hold_the_truth() -> None:
    rng = np.random.default_rng(2)
    n, elapsed = 1800, np.linspace(-0.25, 0.25, 1800)
    speed, grade = 0.3 * ar1(rng, RUNS, n, 100.0), 1.5 * ar1(rng, RUNS, n, 120.0)
    truth = np.array([0.6 * 0.2, 0.6, 0.1, 1.0])
    held = []
    for y, v, g in zip(recorded(rng, n, 40.0), speed, grade, strict=True):
        x = np.column_stack([v, g, elapsed])
        fit = fit_mean(y + x @ truth[1:], x, [0.2, 0.0, 0.0])
        found = [(part.low, part.high) for part in (fit.adjusted, *fit.slopes) if part is not None]
        held.append([low <= want <= high for (low, high), want in zip(found, truth, strict=True)])
    share = np.mean(held, axis=0)
    assert ((share >= 0.90) & (share <= 0.997)).all()


def test_thirds_and_laps_hold_their_own_truth() -> None:
    rng = np.random.default_rng(3)
    n, elapsed = 1800, np.arange(1800.0)
    spans = np.array([[0, 600], [1200, 1800], [300, 390]])
    drift = 1.0 * (elapsed / n - 0.5)
    truth = [drift[start:end].mean() for start, end in spans]
    held = []
    for y in recorded(rng, n, 20.0) + drift:
        part = segment_means(fit_mean(y, elapsed[:, None]), y, spans)
        held.append((part.low <= truth) & (truth <= part.high))
    share = np.mean(held, axis=0)
    assert ((share >= 0.90) & (share <= 0.997)).all()


def test_a_slow_signal_in_a_short_run_is_known_to_tell_little() -> None:
    rng = np.random.default_rng(4)
    slow = [fit_mean(y).n_effective for y in recorded(rng, 1200, 480.0)]
    fast = [fit_mean(y).n_effective for y in recorded(rng, 3600, 20.0)]
    assert np.mean(np.array(slow) < 4) > 0.5
    assert np.mean(np.array(fast) < 4) < 0.01
