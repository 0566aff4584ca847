"""What a trial found, once it is over (docs/methods/trial.md)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

import numpy as np

from evenstride.model import Estimated, Trial, TrialAnswer, TrialPoint, TrialVerdict
from evenstride.review.trial_words import amount, effect_words, looked_at, towards
from evenstride.stats.permutation import FEWEST_PAIRS, SignFlipTest, pairs_needed, sign_flip_test

_CLEAR = 0.05


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """The mean value with it and without in one pair; whether every run in it was kept to."""

    on: float
    off: float
    kept: bool

    @property
    def difference(self) -> float:
        return self.on - self.off


def analyse_trial(trial: Trial, points: Iterable[TrialPoint], *, today: date | None = None) -> TrialAnswer:
    """Say whether it helped, once all pairs are done or the runner has ended the trial; before that only counts.

    Parameters
    ----------
    points
        What each run brought (``trial_points``).
    today
        Not before its last week is over can a trial by weeks be; None: when every period has a run, or it was ended.

    Returns
    -------
    *helps* or *hurts*: p ≤ 0.05, the interval excludes 0. *no_difference*: the whole interval lies within the smallest
    change that matters, even when it excludes 0. *cannot_tell*: neither, or an effect that moved the difference past
    even, so that its size tells otherwise; ``waiting_for`` says what would be needed. *too_early*: not over.

    Notes
    -----
    The sign-flip test of the pairs, with all flips: false alarms at most 5 % whatever the noise, because the
    coin made the order. Primary is what was drawn, kept or not; what the kept pairs say stands beside it, and is not
    protected by the coin. Only pairs with both members count.

    Examples
    --------
    >>> from evenstride.model import TrialPeriod
    >>> periods = tuple(TrialPeriod(number=i, pair=(i + 1) // 2, on=i % 2 == 1) for i in range(1, 13))
    >>> trial = Trial(id="t", what="quiet_feet", kind="cue", metric="contact_time", source="watch_balance", unit="run",
    ...               began=date(2026, 5, 4), periods=periods, smallest=1.0, seed=1)
    >>> values = (2.0, 4.1, 2.6, 3.9, 1.8, 4.4, 2.9, 4.0, 2.2, 3.6, 2.5, 4.2)
    >>> points = [TrialPoint(run=str(i), day=date(2026, 5, 4), period=i, on=i % 2 == 1, value=value)
    ...           for i, value in enumerate(values, start=1)]
    >>> answer = analyse_trial(trial, points)
    >>> answer.verdict, round(answer.effect.value, 2), answer.p_value
    ('helps', -1.7, 0.03125)
    >>> analyse_trial(trial, points[:7]).text
    'Too early: 3 of 6 pairs are done. The answer waits for the last: looking early finds what is not there.'
    """
    counted = _counted(trial, points)
    pairs = _pairs(trial, counted)
    n_on = sum(trial.periods[point.period - 1].on for point in counted)
    if not _is_over(trial, counted, today):
        return TrialAnswer(
            trial=trial.id, verdict="too_early", n_on=n_on, n_off=len(counted) - n_on, pairs=len(pairs),
            waiting_for=f"{trial.pairs - len(pairs)} more pairs of {trial.unit}s",
            text=f"Too early: {len(pairs)} of {trial.pairs} pairs are done. The answer waits for the last:"
                 " looking early finds what is not there.",
        )  # fmt: skip
    kept = [pair for pair in pairs if pair.kept]
    test, as_kept = _test(trial, pairs), _test(trial, kept) if len(kept) < len(pairs) else None
    verdict = _verdict(trial, pairs, test)
    return TrialAnswer(
        trial=trial.id, verdict=verdict, n_on=n_on, n_off=len(counted) - n_on, pairs=len(pairs),
        effect=_estimated(test), p_value=test.p_value if test else None, points=counted,
        kept_effect=_estimated(as_kept), kept_pairs=len(kept), waiting_for=_needed(trial, verdict, pairs, test),
        text=_text(trial, verdict, pairs, test) + _text_of_kept(trial, len(pairs) - len(kept), as_kept),
    )  # fmt: skip


def _counted(trial: Trial, points: Iterable[TrialPoint]) -> tuple[TrialPoint, ...]:
    """The runs that are looked at, in order: where a period has a washout all but its first."""
    ordered = sorted(points, key=lambda point: (point.period, point.day, point.run))
    seen: set[int] = set()
    counted = []
    for point in ordered:
        first = point.period not in seen
        seen.add(point.period)
        if not (first and trial.periods[point.period - 1].washout):
            counted.append(point)
    return tuple(counted)


def _pairs(trial: Trial, counted: Sequence[TrialPoint]) -> list[_Pair]:
    """Pairs with both members, by what was drawn for the period."""
    runs: dict[tuple[int, bool], list[TrialPoint]] = defaultdict(list)
    for point in counted:
        period = trial.periods[point.period - 1]
        runs[period.pair, period.on].append(point)
    numbers = sorted({pair for pair, _ in runs})
    both = [(runs[pair, True], runs[pair, False]) for pair in numbers if {(pair, True), (pair, False)} <= runs.keys()]
    return [
        _Pair(
            on=fmean(point.value for point in on), off=fmean(point.value for point in off),
            kept=all(point.kept for point in (*on, *off)),
        )
        for on, off in both
    ]  # fmt: skip


def _is_over(trial: Trial, counted: Sequence[TrialPoint], today: date | None) -> bool:
    if trial.ended is not None:
        return True
    last = trial.periods[-1].monday
    if today is not None and last is not None:  # another run of the last week would move the answer
        return today >= last + timedelta(weeks=1)
    return {point.period for point in counted} == {one.number for one in trial.periods}


def _test(trial: Trial, pairs: Sequence[_Pair]) -> SignFlipTest | None:
    if len(pairs) < FEWEST_PAIRS:
        return None
    return sign_flip_test([pair.difference for pair in pairs], rng=np.random.default_rng(trial.seed))


def _estimated(test: SignFlipTest | None) -> Estimated | None:
    return None if test is None else Estimated(value=test.estimate, low=test.low, high=test.high)


def _verdict(trial: Trial, pairs: Sequence[_Pair], test: SignFlipTest | None) -> TrialVerdict:
    if test is None:
        return "cannot_tell"
    if -trial.smallest < test.low and test.high < trial.smallest:
        return "no_difference"
    if test.p_value > _CLEAR or _size_disagrees(trial, pairs):
        return "cannot_tell"
    return "helps" if (test.estimate < 0) == (trial.better == "smaller") else "hurts"


def _size_disagrees(trial: Trial, pairs: Sequence[_Pair]) -> bool:
    """Whether the difference between the legs moved one way and its size the other: past even, or from there."""
    if trial.usual_side is None:
        return False
    on, off = _means(pairs)
    return (on < off) != (abs(on) < abs(off))


def _means(pairs: Sequence[_Pair]) -> tuple[float, float]:
    return fmean(pair.on for pair in pairs), fmean(pair.off for pair in pairs)


def _needed(trial: Trial, verdict: TrialVerdict, pairs: Sequence[_Pair], test: SignFlipTest | None) -> str | None:
    if verdict != "cannot_tell":
        return None
    if test is None:
        return f"{FEWEST_PAIRS - len(pairs)} more pairs with both members; {FEWEST_PAIRS} are the fewest that can tell"
    if test.p_value <= _CLEAR:
        return "another trial with less of it: the leg that is usually ahead was not"
    spread = float(np.std([pair.difference for pair in pairs], ddof=1))
    needed = pairs_needed(trial.smallest / spread)
    how_many = "more than 100" if needed is None else f"about {max(needed, len(pairs) + 1)}"
    return f"{how_many} pairs, to find a change of {amount(trial, trial.smallest)} with the noise of this trial"


def _text(trial: Trial, verdict: TrialVerdict, pairs: Sequence[_Pair], test: SignFlipTest | None) -> str:
    if test is None:
        done = f"{len(pairs)} of {trial.pairs} pairs have both members"
        return f"Cannot tell: {done}; under {FEWEST_PAIRS} even the clearest result can be chance."
    words = effect_words(trial, test.estimate, test.low, test.high)
    found = f"with it {looked_at(trial)} was {words}, {test.n} pairs, p = {test.p_value:.3f}"
    wanted = amount(trial, trial.smallest)
    if verdict == "cannot_tell" and test.p_value <= _CLEAR:
        on, off = (towards(trial, mean) for mean in _means(pairs))
        return (
            f"It does something, but not plainly help or harm: {looked_at(trial)} was {on} with it and {off} without"
            f" ({test.n} pairs, p = {test.p_value:.3f})."
        )
    return {
        "helps": f"It helps you: {found}.",
        "hurts": f"It does the opposite of help: {found}.",
        "no_difference": f"It makes no difference that matters ({wanted} or more): {found}.",
        "cannot_tell": f"Cannot tell: {found}. That holds both nothing and a change of {wanted} or more.",
    }[verdict]


def _text_of_kept(trial: Trial, not_kept: int, test: SignFlipTest | None) -> str:
    if not not_kept:
        return ""
    left_out = f" Without the {not_kept} {'pair' if not_kept == 1 else 'pairs'} in which you did not keep to it"
    if test is None:
        return f"{left_out}, too few are left to tell."
    words = effect_words(trial, test.estimate, test.low, test.high)
    return f"{left_out}: {words}; no coin chose these, so the first number counts."
