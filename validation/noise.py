"""Signals whose truth is known, many runs at a time: every function returns shape (runs, n), sd 1, mean 0."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int, int, float], Floats]

SD_POINTS = 0.6
QUANTUM_POINTS = 1 / 32
HOLD_S = 3
MINUTES = (10, 20, 30, 45, 60, 120)
TAU_S = (5, 10, 20, 40, 60, 120, 240, 480)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One run length and one memory of the noise."""

    minutes: int
    tau_s: float

    @property
    def n(self) -> int:
        return self.minutes * 60


CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in MINUTES for tau in TAU_S)


def ar1(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    shocks = rng.standard_normal((runs, n))
    return _ar1(shocks, rng.standard_normal((runs, 1)), tau_s)


def _ar1(shocks: Floats, start: Floats, tau_s: float) -> Floats:
    phi = np.exp(-1.0 / tau_s)
    out, _ = lfilter([np.sqrt(1.0 - phi * phi)], [1.0, -phi], shocks, axis=1, zi=phi * start)
    return np.asarray(out, dtype=np.float64)


def two_memories(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    return 0.8 * ar1(rng, runs, n, tau_s) + 0.6 * ar1(rng, runs, n, tau_s / 8.0)


def white_and_ar1(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    signal: Floats = np.sqrt(0.5) * (ar1(rng, runs, n, tau_s) + rng.standard_normal((runs, n)))
    return signal


def t4(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    shocks = rng.standard_t(4, (runs, n + int(8 * tau_s))) / np.sqrt(2.0)
    return _ar1(shocks, np.zeros((runs, 1)), tau_s)[:, -n:]


def box(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    width = max(2, round(2 * tau_s))  # as much in its mean as an AR(1) of memory τ
    sums = np.cumsum(rng.standard_normal((runs, n + width)), axis=1)
    smooth: Floats = (sums[:, width:] - sums[:, :-width]) / np.sqrt(width)
    return smooth


def double_box(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    width = max(2, round(1.5 * tau_s))
    sums = np.cumsum(box(rng, runs, n + width, width / 2), axis=1)
    smooth: Floats = (sums[:, width:] - sums[:, :-width]) / (width * np.sqrt((2 * width**2 + 1) / (3 * width**2)))
    return smooth


def variance_doubles(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    signal = two_memories(rng, runs, n, tau_s)
    signal[:, n // 2 :] *= np.sqrt(2.0)
    return signal


def drifting(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:
    """A straight drift of two standard deviations from start to end, whose mean is 0."""
    return two_memories(rng, runs, n, tau_s) + np.linspace(-1.0, 1.0, n)


def long_memory(d: float) -> Noise:
    def noise(rng: np.random.Generator, runs: int, n: int, tau_s: float) -> Floats:  # noqa: ARG001  no memory time
        lag = np.arange(1, 4 * n)
        weights = np.concatenate(([1.0], np.cumprod((lag - 1 + d) / lag)))
        size = 1 << (8 * n).bit_length()
        spectrum = np.fft.rfft(rng.standard_normal((runs, 4 * n)), size) * np.fft.rfft(weights, size)
        signal: Floats = np.fft.irfft(spectrum, size)[:, 3 * n : 4 * n] / np.sqrt(np.square(weights).sum())
        return signal

    return noise


OTHER_NOISE: Mapping[str, Noise] = {
    "single AR(1)": ar1,
    "white + AR(1)": white_and_ar1,
    "AR(1) of t4 shocks": t4,
    "box-smoothed": box,
    "twice box-smoothed": double_box,
    "variance doubles midway": variance_doubles,
    "linear drift of 2 sd": drifting,
    "long memory d = 0.3": long_memory(0.3),
    "long memory d = 0.4": long_memory(0.4),
}


def as_recorded(signal: Floats, level: Floats) -> Floats:
    """What a watch would record: ``level`` (runs, 1) plus the signal in points, held for 3 s, rounded to 1/32."""
    points = level + SD_POINTS * signal
    held = np.repeat(points[:, ::HOLD_S], HOLD_S, axis=1)[:, : points.shape[1]]
    return np.round(held / QUANTUM_POINTS) * QUANTUM_POINTS


def oracle_half_width(cell: Cell) -> float:
    """1.96 standard deviations of the mean of ``two_memories`` as recorded, in points, knowing everything."""
    n = cell.n // HOLD_S
    variance = 0.0
    for share, tau_s in ((0.64, cell.tau_s), (0.36, cell.tau_s / 8.0)):
        lag = np.arange(1, n)
        variance += share * float(n + 2.0 * ((n - lag) * np.exp(-HOLD_S * lag / tau_s)).sum()) / n**2
    return 1.96 * SD_POINTS * float(np.sqrt(variance))
