"""Tests of each leg in words: values as exact as the test is read, targets, the sentence above them all."""

from collections.abc import Mapping, Sequence
from math import floor, log10

from evenstride.model import Assessment, Direction, LegChange, LimbComparison
from evenstride.report.looks import printable
from evenstride.report.numbers import sided_in
from evenstride.report.season_facts import agreement_words, share_words
from evenstride.report.words import Answer

TARGETS: Mapping[str, str] = {"baseline": "target", "advanced": "advanced target"}
"""Target → how it is called."""

REPEATED_MIN = 3
"""Of fewer results nobody can say that they repeat."""
MEANING_NONE = "One number per leg says little: targets and norms tell whether both are strong enough."
MEANING_BEYOND = "A test names a leg only beyond its error; the finding weighs it with everything else."


def tests_answer(latest: Sequence[LimbComparison]) -> Answer:
    """Return the first two lines above the newest session of each test.

    >>> from evenstride.report.example_season import example_comparison
    >>> tests_answer([example_comparison()]).text
    'The test shows a difference beyond error: single-leg calf raise (left weaker).'
    """
    if not latest:
        return Answer(
            text="No tests yet.", meaning="evenstride screen protocol says how each is done.", chip="", tone="none"
        )
    tests = f"{len(latest)} test{'s' if len(latest) != 1 else ''}"
    found = [one for one in latest if one.beyond_error]
    if not found:
        known = [one for one in latest if one.mdc95 is not None]
        inside = ("Neither of" if len(latest) == 2 else "None of the") if len(known) == len(latest) else "Nothing in"
        tests = "the two tests" if inside == "Neither of" else tests
        said = f"{inside} {tests} shows a difference between your legs beyond error."
        if len(latest) == 1:
            said = "The test shows no difference between your legs beyond error."
        return Answer(
            text=said, meaning=MEANING_NONE,
            chip="inside error", tone="ordinary",
        )  # fmt: skip
    names = ", ".join(f"{one.label} ({which_words(one)})" for one in found)
    many = "One" if len(found) == 1 else str(len(found))
    if len(latest) == 1:
        return Answer(
            text=f"The test shows a difference beyond error: {names}.", meaning=MEANING_BEYOND,
            chip="beyond error", tone=found[0].weaker or "unclear",
        )  # fmt: skip
    verb = "shows" if len(found) == 1 else "show"
    count = "Both tests" if len(latest) == len(found) == 2 else f"{many} of {tests}"
    tones = {one.weaker for one in found}
    return Answer(
        text=f"{count} {verb} a difference beyond error: {names}.", meaning=MEANING_BEYOND,
        chip="beyond error", tone=(tones.pop() if len(tones) == 1 else None) or "unclear",
    )  # fmt: skip


def repeated_words(direction: Direction | None, *, n_tests: int = 1) -> str:
    """Return how often tests found the same leg behind, beyond their error or not; nothing where it is not known.

    ``n_tests`` is how many different tests the results come from: the first result of each has none before it.

    >>> repeated_words(Direction(side="left", same_side_share=0.75, share_low=0.3, share_high=0.95, n=4, kappa=None,
    ...                          low=None, high=None))
    'The left leg was behind in 3 of 4 results: 75 % (30 to 95), differences inside error counted too.'
    """
    if direction is None or direction.n < REPEATED_MIN:
        return ""
    times = round(direction.same_side_share * direction.n)
    agree = agreement_words(direction, pairs=direction.n - n_tests)
    agree = f" From one session to the next: {agree}." if agree else ""
    return (
        f"The {direction.side} leg was behind in {times} of {direction.n} results: {share_words(direction)},"
        f" differences inside error counted too.{agree}"
    )


def which_words(one: LimbComparison) -> str:
    """Return which leg a difference names, or that it is inside error.

    >>> from evenstride.report.example_season import example_comparison
    >>> which_words(example_comparison()), which_words(example_comparison(mdc95=9.0))
    ('left weaker', 'inside error')
    """
    if one.weaker is not None:
        return f"{one.weaker} {one.poorer_word}"
    if one.beyond_error:
        return f"{'right' if one.difference > 0 else 'left'} larger"
    return "error not known" if one.mdc95 is None else "inside error"


def changes_words(changes: Sequence[LegChange]) -> list[str]:
    """Return a line for each leg that changed against its own first test by more than error.

    >>> from datetime import date
    >>> change = LegChange(test="calf_raise", label="calf raise", unit="repetitions", side="left", before=14, value=24,
    ...     since=date(2026, 2, 20), day=date(2026, 4, 12), change=10, mdc95=5.0, mdc_source="a study",
    ...     beyond_error=True, improved=True, text="Left 14 → 24 repetitions since 20 February 2026: better by 10.")
    >>> changes_words([change])
    ['calf raise: left 14 → 24 repetitions since 20 February 2026: better by 10.']
    """
    moved = [one for one in changes if one.beyond_error]
    return [f"{one.label or one.test}: {printable(one.text[:1].lower() + one.text[1:])}" for one in moved]


def value_of(value: float, assessment: Assessment | None) -> str:
    """Return one leg's value as exact as the test is read, without its unit; a class by its name.

    >>> value_of(18.0, None), value_of(10.5, None), value_of(1.0432, None)
    ('18', '10.5', '1.04')
    """
    if assessment is not None and assessment.classes:
        return assessment.classes[max(0, min(len(assessment.classes) - 1, round(value)))]
    step = assessment.resolution if assessment is not None else 0.0
    if step > 0:
        return f"{value:.{max(0, -floor(log10(step) + 1e-9))}f}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def target_of(value: float, assessment: Assessment) -> str:
    """Return a target without its unit; a class by its name."""
    return value_of(value, assessment) if assessment.classes else f"{value:g}"


def unit_of(assessment: Assessment | None, one: LimbComparison) -> str:
    """Return the unit after a value; classes are their own names."""
    return "" if assessment is not None and assessment.classes else one.unit


def targets_of(assessment: Assessment) -> list[tuple[str, str, float]]:
    """Return the values to reach as (kind, words, value).

    >>> from evenstride.report.example_season import example_assessments
    >>> targets_of(example_assessments()["calf_raise"])
    [('baseline', 'target 15', 15), ('advanced', 'advanced target 25', 25)]
    """
    known = (("baseline", assessment.baseline_target), ("advanced", assessment.advanced_target))
    out: list[tuple[str, str, float]] = []
    for kind, value in known:
        if value is not None and (kind == "baseline" or not assessment.advanced_load_share):
            out.append((kind, f"{TARGETS[kind]} {target_of(value, assessment)}", value))
    return out


def targets_words(one: LimbComparison, assessment: Assessment | None) -> str:
    """Return which targets each leg meets; nothing where the test has none.

    >>> from evenstride.report.example_season import example_assessments, example_comparison
    >>> targets_words(example_comparison(), example_assessments()["calf_raise"])
    'target 15: L yes, R yes · advanced target 25: L no, R no'
    """
    parts = []
    for kind, value in _target_values(assessment):
        met = [one.target_met.get(f"{side}_{kind}") for side in ("left", "right")]
        if None not in met:
            left, right = ("yes" if each else "no" for each in met)
            parts.append(f"{TARGETS[kind]} {value}: L {left}, R {right}")
    if "limb_ratio" in one.target_met and assessment is not None and assessment.target_ratio_pct is not None:
        said = "yes" if one.target_met["limb_ratio"] else "no"
        parts.append(f"limb ratio of {assessment.target_ratio_pct:g} %: {said}")
    norms = [f"{side[0].upper()} {one.norm_share_pct[side]:.0f} %" for side in ("left", "right")
             if side in one.norm_share_pct]  # fmt: skip
    if norms:
        parts.append(f"of the norm: {', '.join(norms)}")
    return " · ".join(parts)


def numbers_words(one: LimbComparison, assessment: Assessment | None) -> list[str]:
    """Return the difference with its interval, from where it is more than error, the limb ratio, how many trials.

    >>> from evenstride.report.example_season import example_assessments, example_comparison
    >>> numbers_words(example_comparison(), example_assessments()["calf_raise"])
    ['right +6 repetitions (1 to 11)', 'more than error from 5 repetitions on', 'limb ratio 75 %', 'trials 2']
    """
    unit = unit_of(assessment, one)
    numbers = [sided_in(one.difference, one.low, one.high, unit or "class")]
    if one.mdc95 is not None:
        numbers.append(f"more than error from {one.mdc95:.3g} {unit} on".replace("  ", " "))
    if one.limb_ratio_pct is not None:
        numbers.append(f"limb ratio {one.limb_ratio_pct:.0f} %")
    trials = str(one.n_left) if one.n_left == one.n_right else f"L {one.n_left}, R {one.n_right}"
    return [*numbers, f"trials {trials}"]


def protocol_words(one: Assessment) -> list[tuple[str, Sequence[str]]]:
    """Return how a test is done, what counts and what it may mean, as pairs of a label and its lines.

    >>> from evenstride.report.example_season import example_assessments
    >>> [label for label, lines in protocol_words(example_assessments()["calf_raise"])][:3]
    ['steps', 'before', 'counts']
    """
    many = f"{one.trials} trials" if one.trials != 1 else "1 trial"
    counts = f"{many} on each leg, the {one.summary} of them counts. {one.why_summary}"
    targets = [
        f"{name} {target_of(value, one)}{more} ({one.target_grade})"
        for name, value, more in (
            ("baseline:", one.baseline_target, ""),
            ("advanced:", one.advanced_target,
             f" with +{100 * one.advanced_load_share:g} % of body mass" if one.advanced_load_share else ""),
        )
        if value is not None
    ]  # fmt: skip
    if one.target_ratio_pct is not None:
        targets.append(f"limb ratio of at least {one.target_ratio_pct:g} % ({one.target_grade})")
    detectable = "only your own repeats tell: test on three or more days"
    if one.detectable is not None:
        detectable = f"{one.detectable:g} {one.unit} between the legs ({one.detectable_source})"
    if one.detectable_related:
        detectable += "; your own repeats tell better: test on three or more days"
    matters = []
    if one.smallest is not None:
        matters = [f"{one.smallest:g} {one.unit} ({one.smallest_grade})"]
    if one.smallest_share_pct is not None:
        matters = [f"{one.smallest_share_pct:g} % of the better leg's value ({one.smallest_grade})"]
    rows: list[tuple[str, Sequence[str]]] = [
        ("steps", [f"{place}. {step}" for place, step in enumerate(one.steps, start=1)]),
        ("before", [one.familiarisation]),
        ("counts", [counts]),
        ("again when", one.reject_when),
        ("values", [f"{place} = {name}" for place, name in enumerate(one.classes)]),
        ("targets", targets),
        ("more than error", [detectable]),
        ("matters from", matters),
        ("may mean", [one.may_mean]),
        ("may not mean", [one.may_not_mean]),
        ("safety", one.safety),
        ("equipment", [", ".join(name.replace("_", " ") for name in one.equipment)] if one.equipment else []),
    ]
    return [(label, lines) for label, lines in rows if lines]


def newest(comparisons: Sequence[LimbComparison]) -> list[LimbComparison]:
    """Return the newest comparison of each test, in the order in which the tests first came.

    >>> from evenstride.report.example_season import example_comparisons
    >>> [one.day.isoformat() for one in newest(example_comparisons())][:2]
    ['2026-04-12', '2026-04-12']
    """
    found: dict[tuple[str, str], LimbComparison] = {}
    for one in comparisons:
        key = (one.test, one.result.source if one.result and one.result.source != "entered" else "")
        if key not in found or one.day >= found[key].day:
            found[key] = one
    return list(found.values())


def sessions(one: LimbComparison, comparisons: Sequence[LimbComparison]) -> list[LimbComparison]:
    """Return the other sessions of the same test, oldest first."""
    return sorted((two for two in comparisons if two.test == one.test and two is not one), key=lambda two: two.day)


def _target_values(assessment: Assessment | None) -> list[tuple[str, str]]:
    if assessment is None:
        return []
    load = f" at +{100 * assessment.advanced_load_share:g} % of body mass" if assessment.advanced_load_share else ""
    known = (("baseline", assessment.baseline_target, ""), ("advanced", assessment.advanced_target, load))
    return [(kind, target_of(value, assessment) + more) for kind, value, more in known if value is not None]
