"""What do a test's two results say: is one leg weaker, or is the difference inside the test's own error?

Works for every table of ``assessments.toml``: repetitions, seconds, lengths, classes, and for angles, whose difference
is judged and whose ratio is not. Does not work across unequal loads, nor where the end of the test was reached.
How the error is found is told in docs/methods/screen.md; validation/results/screen.md says how often equal legs are
called unequal, and how often unequal ones are found.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import NamedTuple

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.judge.screen_error import (
    SIDES,
    at_cap,
    comparable_before,
    equally_loaded,
    error_of_change,
    error_of_difference,
    hidden_by_cap,
    load_of,
    summary_of,
    trials_of,
)
from evenstride.judge.screen_words import Said, change, comparison, source_named, stride_times
from evenstride.model import Assessment, LegChange, LimbComparison, Norm, Profile, TestResult
from evenstride.model.profile import Side

TRIALS_MAX = 1000
BOTH_LOW_SHARE = 2.0 / 3.0
"""Both legs below this share of the baseline target, or of the norm, are said to be low (our own convention)."""
LOAD_KG_MAX = 400.0
NORM_INCLINE_DEG = 10.0
"""The calf raise's norms hold on this incline; ``extra["incline_deg"]`` says another one."""
NO_RATIO = ("class", "degrees")
"""Units without a true zero."""


class PoorerLeg(NamedTuple):
    """Which leg did less well in one test on one day, whatever the error; ``side`` is None where they were equal."""

    test: str
    day: date
    side: Side | None


def assessment(name: str) -> Assessment:
    """Return the test of that name.

    Raises
    ------
    InvalidRequest
        There is none; says which there are.
    """
    found = assessments().get(name)
    if found is None:
        raise InvalidRequest(f"There is no test {name}.", help=f"There are {', '.join(assessments())}.")
    return found


def check_result(result: TestResult) -> None:
    """Say in one sentence what about a result cannot be; silent when nothing is wrong.

    One leg alone is a result too: it can be followed, though not compared.

    Raises
    ------
    InvalidRequest
        An unknown test, no trial at all, a value that is no number or that nobody reaches, an impossible load.

    Examples
    --------
    >>> check_result(TestResult(test="single_leg_hop", day=date(2026, 5, 4), left=(1.62,), right=(158.0,)))
    Traceback (most recent call last):
    evenstride.errors.InvalidRequest: 1.62 cm cannot be a single-leg hop for distance of the left leg.
    """
    test = assessment(result.test)
    if not result.left and not result.right:
        raise InvalidRequest(f"The {test.label} has no trial.", help="Give at least one value for a leg.")
    for side in SIDES:
        trials = trials_of(result, side)
        if len(trials) > TRIALS_MAX:
            raise InvalidRequest(
                f"{len(trials)} trials of the {side} leg are more than anyone does.", help=f"Give up to {TRIALS_MAX}."
            )
        for value in trials:
            check_value(test, side, value)
    for name, value in result.extra.items():
        if not isfinite(value):
            raise InvalidRequest(f"{name} is no number.", help="Leave it out when it is not known.")
        if name.endswith("_load_kg"):
            check_load(value)


def check_value(test: Assessment, side: Side, value: float) -> None:
    """Refuse one trial's value that cannot be, and say what the test expects."""
    if test.cap is not None and value > test.cap:
        raise InvalidRequest(
            f"The {test.label} ends at {test.cap:g} {test.unit}; {value:g} was given for the {side} leg.",
            help=f"Enter {test.cap:g} for a trial that went to the end.",
        )
    if not (isfinite(value) and test.least <= value <= test.most):
        raise InvalidRequest(
            f"{value:g} {test.unit} cannot be a {test.label} of the {side} leg.",
            help=f"It is {test.least:g} to {test.most:g} {test.unit}.",
        )
    if test.unit in ("repetitions", "class") and value != int(value):
        raise InvalidRequest(f"{value:g} {test.unit}: only whole ones count.", help="Count those that were clean.")


def check_load(load_kg: float) -> None:
    """Refuse a load that cannot be."""
    if not 0.0 <= load_kg <= LOAD_KG_MAX:
        raise InvalidRequest(f"A load of {load_kg:g} kg cannot be.", help=f"Loads are 0 to {LOAD_KG_MAX:g} kg.")


def compare_limbs(result: TestResult, *, profile: Profile, earlier: Sequence[TestResult] = ()) -> LimbComparison:
    """Compare the legs in one test, and say whether the difference is more than error.

    ``earlier`` may hold any results of the same athlete: those of this test on earlier days tell the day-to-day error.

    Raises
    ------
    InvalidRequest
        What :func:`check_result` refuses, or only one leg was tested.

    Examples
    --------
    >>> raises = TestResult(test="single_leg_calf_raise", day=date(2026, 5, 4), left=(22.0,), right=(25.0,))
    >>> print(compare_limbs(raises, profile=Profile(name="Ada")).text)
    Left 22, right 25 repetitions: inside the test's own error (6.4): no difference shown.
    """
    check_result(result)
    test = assessment(result.test)
    if not result.left or not result.right:
        only = "left" if result.left else "right"
        raise InvalidRequest(f"Only the {only} leg was tested.", help="Test both legs on one day to compare them.")
    found = _found(test, result, profile, earlier)
    values, mdc95, norm = found.values, found.error.mdc95, found.norm
    difference = values["right"] - values["left"]
    half = None if found.loads_differ or any(at_cap(test, result, side) for side in SIDES) else mdc95
    return LimbComparison(
        test=test.name, label=test.label, unit=test.unit, day=result.day,
        left=values["left"], right=values["right"], n_left=len(result.left), n_right=len(result.right),
        difference=difference,
        low=None if half is None else difference - half,
        high=None if half is None else difference + half,
        mdc95=mdc95,
        mdc_source=source_named(test, found.error.basis),
        mdc_basis=found.error.basis,
        smallest=_smallest(test, values),
        beyond_error=found.beyond,
        weaker=found.lower if found.beyond and not test.from_runs else None,
        lower=found.lower,
        limb_ratio_pct=found.ratio_pct,
        target_met=_targets_met(test, result, values, profile),
        norm_share_pct={} if norm is None else {side: 100.0 * values[side] / norm.value for side in SIDES},
        capacity=test.capacity,
        emphasis=test.emphasis,
        text=comparison(found) + stride_times(result.extra),
        result=result,
        low_on_both=found.both_low,
        poorer_word=test.poorer_word,
    )  # fmt: skip


def _found(test: Assessment, result: TestResult, profile: Profile, earlier: Sequence[TestResult]) -> Said:
    """What two legs' trials show: which did less well, and whether by more than error."""
    values = {side: summary_of(test, trials_of(result, side)) for side in SIDES}
    equal, hidden = equally_loaded(result), hidden_by_cap(test, result)
    error, norm = error_of_difference(test, result, earlier), _norm(test, result, profile)
    beyond = error.mdc95 is not None and abs(values["right"] - values["left"]) > error.mdc95
    return Said(
        test=test, values=values, error=error, beyond=equal and not hidden and beyond,
        lower=_poorer(test, values) if equal else None,
        ratio_pct=_limb_ratio_pct(test, values) if equal else None,
        loads_differ=not equal, hidden=hidden, both_low=_both_low(test, result, values, norm), norm=norm,
    )  # fmt: skip


def leg_change(result: TestResult, earlier: Sequence[TestResult], *, side: Side) -> LegChange:
    """Compare one leg with its own first result among ``earlier``, at the same load.

    Raises
    ------
    InvalidRequest
        What :func:`check_result` refuses; nothing earlier of this leg at this load.

    Examples
    --------
    >>> first, now = (TestResult(test="single_leg_calf_raise", day=date(2026, month, 4), left=(n,), right=(25.0,))
    ...               for month, n in ((5, 14.0), (6, 22.0)))
    >>> print(leg_change(now, [first], side="left").text)
    Left 14 → 22 repetitions since 4 May 2026: better by 8, more than the test's own error (6.4).
    """
    check_result(result)
    test = assessment(result.test)
    before = _own_before(result, earlier, side)
    if not before or not trials_of(result, side):
        raise InvalidRequest(
            f"There is no earlier {test.label} of the {side} leg to compare with.",
            help="Compare from the second test on, at the same load.",
        )
    value, first = (summary_of(test, trials_of(one, side)) for one in (result, before[0]))
    error = error_of_change(test, result, before, side)
    at_both_ends = at_cap(test, result, side) and at_cap(test, before[0], side)
    beyond = error.mdc95 is not None and abs(value - first) > error.mdc95 and not at_both_ends
    return LegChange(
        test=test.name, side=side, day=result.day, since=before[0].day, value=value, before=first, change=value - first,
        mdc95=error.mdc95,
        mdc_source=source_named(test, error.basis),
        mdc_basis=error.basis,
        beyond_error=beyond,
        improved=(value > first) == test.larger_is_better if beyond and not test.from_runs else None,
        text=change(test, side, (before[0].day, first), value, error, beyond=beyond),
        label=test.label,
        unit=test.unit,
    )  # fmt: skip


def leg_changes(results: Iterable[TestResult]) -> tuple[LegChange, ...]:
    """Return how each leg stands against its own first result, per test in the order of the tests, left before right.

    The newest result of each test and leg is held against the first at the same load; a leg that was tested once is
    left out. So is what runs tell: it moves with the pace of the run, and the season follows it.

    >>> raises = [TestResult(test="single_leg_calf_raise", day=date(2026, month, 4), left=(n,), right=(25.0,))
    ...           for month, n in ((6, 22.0), (5, 14.0))]
    >>> [(one.side, one.change, one.improved) for one in leg_changes(raises)]
    [('left', 8.0, True), ('right', 0.0, None)]
    """
    by_test: dict[tuple[int, str], list[TestResult]] = {}
    order = list(assessments())
    for result in results:
        if not assessment(result.test).from_runs:
            by_test.setdefault((order.index(result.test), result.source), []).append(result)
    changes = []
    for _, own in sorted(by_test.items()):
        for side in SIDES:
            tested = sorted((one for one in own if trials_of(one, side)), key=lambda one: one.day)
            if tested and _own_before(tested[-1], tested, side):
                changes.append(leg_change(tested[-1], tested, side=side))
    return tuple(changes)


def sides(results: Iterable[TestResult]) -> tuple[PoorerLeg, ...]:
    """Return which leg did less well, per test and day in order: what direction consistency (kappa) is made of.

    Days that cannot tell (one leg, unequal loads, the end of the test reached) are left out; of several results of one
    test on one day the last counts.

    >>> hops = [TestResult(test="single_leg_hop", day=date(2026, 5, day), left=(150.0,), right=(right,))
    ...         for day, right in ((4, 158.0), (11, 149.0))]
    >>> [one.side for one in sides(hops)]
    ['left', 'right']
    """
    order = list(assessments())
    told = {}
    for result in results:
        test = assessment(result.test)
        if result.left and result.right and equally_loaded(result) and not hidden_by_cap(test, result):
            values = {side: summary_of(test, trials_of(result, side)) for side in SIDES}
            told[order.index(result.test), result.day] = PoorerLeg(result.test, result.day, _poorer(test, values))
    return tuple(told[key] for key in sorted(told))


def _own_before(result: TestResult, earlier: Sequence[TestResult], side: Side) -> list[TestResult]:
    return [
        one for one in comparable_before(result, earlier)
        if trials_of(one, side) and load_of(one, side) == load_of(result, side)
    ]  # fmt: skip


def _loaded(result: TestResult) -> bool:
    return any(sum(load_of(result, side)) > 0 for side in SIDES)


def _smallest(test: Assessment, values: Mapping[Side, float]) -> float | None:
    """The smallest difference that matters, in the test's unit."""
    if test.smallest_share_pct is None:
        return test.smallest
    better = max(values.values()) if test.larger_is_better else min(values.values())
    return 0.01 * test.smallest_share_pct * better


def _poorer(test: Assessment, values: Mapping[Side, float]) -> Side | None:
    if values["left"] == values["right"]:
        return None
    return "left" if (values["left"] < values["right"]) == test.larger_is_better else "right"


def _limb_ratio_pct(test: Assessment, values: Mapping[Side, float]) -> float | None:
    smaller, larger = sorted(values.values())
    return None if test.unit in NO_RATIO or smaller < 0 or larger <= 0 else 100.0 * smaller / larger


def _norm(test: Assessment, result: TestResult, profile: Profile) -> Norm | None:
    if profile.born_year is None or result.extra.get("incline_deg", NORM_INCLINE_DEG) != NORM_INCLINE_DEG:
        return None
    if _loaded(result):
        return None
    age = result.day.year - profile.born_year
    fitting = (one for one in test.norms if one.age_from <= age <= one.age_to and one.sex in (None, profile.sex))
    return next(fitting, None)


def _both_low(test: Assessment, result: TestResult, values: Mapping[Side, float], norm: Norm | None) -> bool:
    wanted = test.baseline_target or (norm.value if norm is not None else None)
    # Target and norm are those without load: what a loaded leg does not reach says nothing of them.
    if wanted is None or not test.larger_is_better or test.classes or _loaded(result):
        return False
    return max(values.values()) < BOTH_LOW_SHARE * wanted


def _targets_met(
    test: Assessment, result: TestResult, values: Mapping[Side, float], profile: Profile
) -> Mapping[str, bool]:
    met = {}
    for side in SIDES:
        value = values[side]
        for name, target in (("baseline", test.baseline_target), ("advanced", test.advanced_target)):
            if target is not None:
                reached = value >= target if test.larger_is_better else value <= target
                with_load = name == "advanced" and test.advanced_load_share > 0
                if reached or with_load or sum(load_of(result, side)) == 0:  # else without load it may be reached
                    met[f"{side}_{name}"] = reached
        if test.advanced_load_share:
            share = _load_share(result, side, profile)
            if share is None:
                met.pop(f"{side}_advanced", None)
            else:
                met[f"{side}_advanced"] &= share >= test.advanced_load_share
    ratio = _limb_ratio_pct(test, values)
    if test.target_ratio_pct is not None and ratio is not None:
        met["limb_ratio"] = ratio >= test.target_ratio_pct
    return met


def _load_share(result: TestResult, side: Side, profile: Profile) -> float | None:
    load_kg, share = load_of(result, side)
    if share or not load_kg:
        return share
    return None if not profile.mass_kg else load_kg / profile.mass_kg
