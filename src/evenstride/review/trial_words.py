"""What a trial can find, and what it found, in plain sentences."""

from collections.abc import Mapping

from evenstride.model import LEVELS, METRICS, SOURCES, SeasonMetric, Trial
from evenstride.stats.permutation import detectable_effect

_SHOWN: Mapping[str, tuple[str, float, int]] = {
    "%": ("%", 1.0, 1), "s": ("ms", 1000.0, 0), "m": ("cm", 100.0, 1), "m/s": ("m/s", 1.0, 2),
}  # fmt: skip
"""Unit → how people read it: unit, factor, decimals."""
HARDLY = 0.5
"""Under this chance of finding what matters the runner is told that the trial can hardly succeed."""


def amount(trial: Trial, value: float) -> str:
    """Return a size in the metric's unit, without sign: ``1.4 %``, ``8 ms``."""
    unit = LEVELS[trial.metric].unit if trial.metric in LEVELS else "%"
    shown, factor, decimals = _SHOWN.get(unit, (unit, 1.0, 1))
    return f"{abs(value) * factor:.{decimals}f} {shown}"


def moved(trial: Trial, value: float) -> str:
    """Return a change with its direction: ``1.4 % smaller``."""
    down, up = ("lower", "higher") if trial.metric in LEVELS else ("smaller", "larger")
    return f"{amount(trial, value)} {down if value < 0 else up}"


def looked_at(trial: Trial) -> str:
    """Return what the trial looks at: ``the difference between the legs in contact time``."""
    if trial.metric in LEVELS:
        return LEVELS[trial.metric].label
    return f"the difference between the legs in {METRICS[trial.metric].label}"


def outlook(trial: Trial, season: SeasonMetric, spread: float | None) -> str:
    """Say what so many pairs can find with the runner's own noise; ``spread`` is the sd of a pair's difference."""
    size = f"{trial.pairs} pairs of {trial.unit}s"
    wanted = amount(trial, trial.smallest)
    if spread is None or trial.power is None or trial.run_to_run_sd is None:
        return (
            f"{size}. How far your runs vary is not known yet, so nobody can promise that they find a change of"
            f" {wanted}; eight comparable runs would tell."
        )
    noise = (
        f"your runs vary by {amount(trial, trial.run_to_run_sd)} (sd, from your own {season.n_runs} runs of"
        f" {SOURCES.get(trial.source, trial.source)})"
    )
    found = f"find a change of {wanted} in {100 * trial.power:.0f} of 100 trials, if it is there"
    unclear = _unclear(season)
    if round(100 * trial.power) >= 80:
        return f"{size} {found}: {noise}.{unclear}"
    could = amount(trial, detectable_effect(trial.pairs) * spread)
    count = 2 * trial.pairs
    limit = f"With your noise, {count} {trial.unit}s could only find a change of {could}"
    judged = " This trial can hardly succeed." if trial.power < HARDLY else ""
    return f"{limit}; {size} {found}: {noise}.{judged}{unclear}"


def _unclear(season: SeasonMetric) -> str:
    if season.kind == "level" or season.level is None or not season.level.low <= 0.0 <= season.level.high:
        return ""
    return " It is not clear that your legs differ at all, so there may be nothing to make smaller."


def effect_words(trial: Trial, value: float, low: float, high: float) -> str:
    """Return an effect with its interval: ``1.4 % smaller (95 % interval 2.3 % smaller to 0.4 % smaller)``."""
    return f"{moved(trial, value)} (95 % interval {moved(trial, low)} to {moved(trial, high)})"


def towards(trial: Trial, value: float) -> str:
    """Return a difference between the legs with its side: ``left +1.4 %``."""
    usual = trial.usual_side or "right"
    side = usual if value >= 0 else "left" if usual == "right" else "right"
    return f"{side} +{amount(trial, value)}"
