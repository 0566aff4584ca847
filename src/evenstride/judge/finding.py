"""What does all evidence say together: which limb, do / watch / ignore, how sure, and why?

Capacity tests and injury history name a limb; strides alone do not. Two independent sources are needed to act. Metrics
are never summed or averaged (docs/methods/finding.md).
"""

from collections.abc import Sequence
from datetime import date
from math import ceil

from evenstride.judge.evidence import gather
from evenstride.judge.evidence_item import STRIDE, Gathered, Item
from evenstride.judge.finding_rules import FINDING_RULES, Said, named, single_day, suspicious, unsettled
from evenstride.judge.sources import LEGS, Case, doubt
from evenstride.judge.weights import FRESH_FROM, freshness, other
from evenstride.model import METRICS, Finding, Limb, LimbComparison, Profile, Season, SeasonMetric, SideCheck

FINDING_VERSION = "2"
"""Changes whenever the same evidence could give another finding, by a rule, a weight, a place or a test's data."""
RUNS_WORTH_ASKING = 40
"""More runs than this are not asked for: the level lies at the edge."""
FIRST_TESTS = (
    ("calf_capacity", "single-leg calf raise"),
    ("hop_power", "single-leg hop for distance"),
    ("balance", "single-leg stand with eyes closed"),
)
"""Tests of different capacities that need nothing but a floor."""


def finding(
    season: Season,
    comparisons: Sequence[LimbComparison],
    profile: Profile,
    *,
    side_checks: Sequence[SideCheck] = (),
    today: date,
) -> Finding:
    """Put all evidence together: which limb to favour, what to do, how sure, and everything it rests on.

    The same evidence gives the same finding in whatever order it comes; swapping the legs mirrors it.

    Parameters
    ----------
    season
        The runs, as they are known on ``today``; a device found to swap the legs is already corrected.
    comparisons
        Every session of tests. The newest of each test is judged, earlier ones tell this runner's own history.
    side_checks
        Which leg each device means, where it was checked.
    today
        What lies after it is left out; evidence loses weight with its age.

    Notes
    -----
    Works for capacity tests, injury history and per-leg running data, any of them missing. Does not diagnose, and says
    nothing about injuries to come: in the largest prospective study asymmetry did not go with more of them [1]_.

    .. [1] Malisoux et al. (2024), BMJ Open Sport Exerc Med 10:e001787.

    Examples
    --------
    >>> def test(name, capacity, day):
    ...     return LimbComparison(
    ...         test=name, label=name, unit="repetitions", day=day, left=12, right=20, n_left=2, n_right=2,
    ...         difference=8.0, low=3.0, high=13.0, mdc95=5.0, mdc_source="own repeats", beyond_error=True,
    ...         weaker="left", lower="left", limb_ratio_pct=60.0, capacity=capacity, emphasis="calf_capacity",
    ...         mdc_basis="sessions")
    >>> empty = Season(athlete="Ada", first=None, last=None, n_runs=0)
    >>> tests = [test("calf raise", "calf", date(2026, 5, 1)), test("split squat", "squat", date(2026, 5, 3))]
    >>> found = finding(empty, tests, Profile(name="Ada"), today=date(2026, 5, 4))
    >>> found.action, found.limb, found.confidence, found.rules
    ('do', 'left', 0.741, ('F-TESTS', 'F-DO'))
    >>> finding(empty, tests[:1], Profile(name="Ada"), today=date(2026, 5, 4)).action
    'watch'
    """
    known = gather(season, comparisons, profile, side_checks, today)
    rule, ruled = _first("limb", Case(known=known))
    case = Case(known=known, limb=ruled.limb)
    acting = [(one, said) for one, said in _said("action", case) if one != "F-TOO-LITTLE"] or _said("action", case)
    action = acting[0][1].action
    decided = [(rule, ruled), *((one, said) for one, said in acting if said.action == action), *_said("remark", case)]
    return Finding(
        limb=case.limb,
        action=action,
        confidence=confidence(case),
        day=today,
        emphases=_emphases(known),
        evidence=tuple(one.evidence for one in known.items),
        contradictions=_contradictions(case),
        rules=tuple(one for one, _ in decided),
        reasons=tuple(said.text for _, said in decided),
        next_steps=_next_steps(case),
        version=FINDING_VERSION,
    )


def confidence(case: Case) -> float:
    """Return how sure the limb is, 0 (undetermined) to 1.

    One minus the product of (1 − weight) over the independent sources that name it, times that product over the
    sources that name the other leg. More that agrees never lowers it, more that contradicts never raises it.
    """
    if case.limb == "undetermined":
        return 0.0
    against = doubt(case.weights(other(case.limb)))
    return round((1.0 - doubt(case.weights(case.limb))) * against, 3)


def _said(stage: str, case: Case) -> list[tuple[str, Said]]:
    """What each rule of a stage says, in order; silent rules left out."""
    answers = [(rule.id, rule.apply(case)) for rule in FINDING_RULES.values() if rule.stage == stage]
    return [(name, said) for name, said in answers if said is not None]


def _first(stage: str, case: Case) -> tuple[str, Said]:
    return _said(stage, case)[0]


def _emphases(known: Gathered) -> tuple[str, ...]:
    """What a plan should stress: tests beyond error first, then injured places, then what is low on both legs."""
    weak = [one for one in known.tests if one.names is not None]
    hurt = [one for one in known.injuries if one.names is not None]
    low = [one for one in known.tests if one.low_on_both]
    return tuple(dict.fromkeys(name for one in (*weak, *hurt, *low) for name in one.evidence.emphases))


def _contradictions(case: Case) -> tuple[str, ...]:
    found = [_between_tests(case), _between_sources(case), _own_history(case)]
    found += [*_between_devices(case.known.strides), _between_metrics(case.known.strides)]
    return tuple(one for one in found if one)


def _between_tests(case: Case) -> str:
    if not all(case.tests(side) for side in LEGS):
        return ""
    return f"Tests name different legs: {_who_names_what([*case.tests('left'), *case.tests('right')])}."


def _between_sources(case: Case) -> str:
    said: dict[str, Limb | None] = {"injury history": case.injury, "strides": case.stride}
    if case.limb == "undetermined":
        return ""
    against = [what for what, side in said.items() if side == other(case.limb)]
    if not against:
        return ""
    return f"Against the {case.limb} leg, the {other(case.limb)} one is named by {' and '.join(against)}."


def _own_history(case: Case) -> str:
    both = [one for one in case.known.strides if len(one.history) > 1]
    both += [one for one in case.known.strides if one.names is not None] if _strides_disagree(case) else []
    if not both:
        return ""
    return (
        f"Your earlier tests named different legs while your strides pointed as now, so these name none: {named(both)}."
    )


def _strides_disagree(case: Case) -> bool:
    return len({one.names for one in case.known.strides if one.names is not None}) > 1


def _between_devices(strides: Sequence[Item]) -> list[str]:
    """One metric, two devices, opposite legs."""
    found = []
    for metric, label in sorted({(_metric_of(one), one.evidence.what) for one in strides}):
        same = [one for one in _pointing(strides) if _metric_of(one) == metric]
        if len({one.evidence.direction for one in same}) > 1:
            by = ", ".join(sorted({one.evidence.source for one in same}))
            found.append(f"Devices point to opposite legs in {label} ({by}); compare each only with itself.")
    return found


def _between_metrics(strides: Sequence[Item]) -> str:
    """Different metrics, opposite legs: shown, and said to be no contradiction about a limb."""
    pointing = _pointing(strides)
    sides: dict[str, set[str]] = {}
    for one in pointing:
        sides.setdefault(_metric_of(one), set()).add(one.evidence.direction)
    plain = {metric: next(iter(found)) for metric, found in sides.items() if len(found) == 1}
    if len(set(plain.values())) < 2:
        return ""
    parts = [f"{_label(metric)} {_word(metric)} on the {side}" for metric, side in sorted(plain.items())]
    return f"Strides differ both ways: {', '.join(parts)}. They measure different things; neither names a limb."


def _pointing(strides: Sequence[Item]) -> list[Item]:
    return [one for one in strides if one.fresh and one.evidence.direction != "none"]


def _metric_of(one: Item) -> str:
    return one.metric.metric if one.metric is not None else one.evidence.what


def _label(metric: str) -> str:
    return METRICS[metric].label if metric in METRICS else metric.replace("_", " ")


def _word(metric: str) -> str:
    return METRICS[metric].word if metric in METRICS else "larger"


def _who_names_what(items: Sequence[Item]) -> str:
    """Each piece by its name and the leg it names, by the alphabet, so that neither leg comes first."""
    sides: dict[str, set[str]] = {}
    for one in items:
        sides.setdefault(one.evidence.what, set()).add(str(one.names))
    return ", ".join(
        f"{what} the {next(iter(found))} one" if len(found) == 1 else f"{what} both"
        for what, found in sorted(sides.items())
    )


def _next_steps(case: Case) -> tuple[str, ...]:
    """What would make it surer, the most telling first."""
    tests = _clinician_steps() if case.clinician_decides else _test_steps(case)
    return tuple(one for one in (*tests, *_run_steps(case), *_check_steps(case), *_injury_steps(case)) if one)


def _clinician_steps() -> list[str]:
    return ["Ask your clinician which tests and exercises each leg may do, and until when not."]


def _injury_steps(case: Case) -> list[str]:
    """What is known only by its beginning fades from there, though it may be there still."""
    found = [one for one in case.known.profile.injuries if one.kind == "injury" and one.since <= case.known.today]
    return [
        f"Is the {one.side} {one.site}, hurt since {one.since:%B %Y}, well again? Enter when that injury ended;"
        ' if it is still there, its end is "now".'
        for one in sorted(found, key=lambda one: (one.since, one.site, one.side))
        if one.until is None and not one.present
    ]  # fmt: skip


def _test_steps(case: Case) -> list[str]:
    fresh = [one for one in case.known.tests if one.fresh and one.capacity != STRIDE]
    stale = [one for one in case.known.tests if not one.fresh and one.evidence.direction != "none"]
    steps = []
    if stale:
        steps.append(f"Repeat the tests that are too old to count: {named(stale)}.")
    if all(case.tests(side) for side in LEGS):
        steps.append("Repeat the tests that disagree, rested, on another day each.")
    if single_day(case) and case.limb != "undetermined":
        steps.append(f"Repeat on another day, to know how far days lie apart: {named(case.tests(case.limb))}.")
    if doubtful := suspicious(case):
        steps.append(f"Repeat on another day, to see whether it comes out the same: {named(doubtful)}.")
    days = {one.evidence.day for one in fresh}
    capacities = {one.capacity for one in fresh}
    settled = case.limb != "undetermined" and case.sources(case.limb) > 1
    if not fresh:
        (_, first), (_, second), *_ = FIRST_TESTS
        steps.append(f"Test each leg: the {first} on one day and the {second} on another.")
    elif not settled and (len(days) < 2 or len(capacities) < 2):
        what = next((label for capacity, label in FIRST_TESTS if capacity not in capacities), "")
        which = f", such as the {what}" if what else ""
        steps.append(f"Test another capacity on another day{which}: two such tests are two sources.")
    return steps


def _run_steps(case: Case) -> list[str]:
    strides = case.known.strides
    if not strides and not case.known.waiting:
        return ["Record each leg while running, if you have a strap or pods that tell them apart."]
    steps = [f"{_label(one.metric).capitalize()}: {_sentence(one.waiting_for)}" for one in case.known.waiting]
    apart = [one for one in case.known.strides if one.devices_disagree]
    if apart:
        steps.append(f"Keep to one device, or check the legs of each; they disagree on {named(apart)}.")
    for one in unsettled(case):
        if not one.devices_disagree and one.metric is not None and one.metric.baseline is not None:
            runs = _more_runs(one.metric)
            label = one.evidence.what.capitalize()
            steps.append(f"{label}: about {runs} more run{'s' * (runs != 1)} would tell." if runs else "")
    return list(dict.fromkeys(one for one in steps if one))


def _sentence(waiting_for: str | None) -> str:
    said = waiting_for or "a few more comparable runs make a baseline"
    return said if said.endswith(".") else f"{said}."


def _more_runs(metric: SeasonMetric) -> int:
    """How many more runs like these would bring the level's interval to one side of the ordinary; 0: not worth asking.

    The interval narrows with the root of the number of runs.
    """
    level, line = metric.level, metric.threshold
    if level is None or line is None:
        return 0
    distance, half = abs(line - abs(level.value)), 0.5 * (level.high - level.low)
    if distance == 0:
        return 0
    more = max(1, ceil(metric.n_runs * (half / distance) ** 2) - metric.n_runs)
    return more if more <= RUNS_WORTH_ASKING else 0


def _check_steps(case: Case) -> list[str]:
    """The side check; and news of old runs."""
    fresh = [one for one in case.known.strides if one.fresh]
    open_ = [one for one in fresh if one.side_check in ("unchecked", "unclear")]
    steps = ["Do the side check once: one minute tells which leg the device means."] if open_ else []
    last = max((one.evidence.day for one in case.known.strides), default=None)
    if last is not None and freshness(last, case.known.today) < FRESH_FROM:
        steps.append("Record a few new runs: the last ones are too old to count.")
    return steps
