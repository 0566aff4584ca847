"""Every rule of the finding: identifier, one-line reason, evidence grade, one function each.

Limb rules are asked in order, the first that answers names the limb. Action rules are asked in order too; the first
decides, later ones that say the same are named beside it. Remarks are all said that apply; none of them decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from evenstride.judge.evidence_item import Item
from evenstride.judge.evidence_stride import device_words
from evenstride.judge.ranges import Grade
from evenstride.judge.sources import LEGS, Case, claim_of, count_independent
from evenstride.judge.weights import other
from evenstride.model import SOURCES, Action, Limb

SOURCES_TO_ACT = 2
"""So many independent sources to act, and as many that looked and found nothing to let it be."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a rule says: in words, and for limb or action rules its answer."""

    text: str
    limb: Limb = "undetermined"
    action: Action = "watch"


@dataclass(frozen=True, kw_only=True)
class FindingRule:
    """One rule: why it is there, how good the evidence for it is, and the function that applies it."""

    id: str
    stage: Literal["limb", "action", "remark"]
    reason: str
    grade: Grade
    apply: Callable[[Case], Said | None]


def named(items: Iterable[Item]) -> str:
    """The names of several pieces of evidence, in alphabetical order."""
    return ", ".join(sorted({one.evidence.what for one in items}))


def _tests_disagree(case: Case) -> Said | None:
    if not all(case.tests(side) for side in LEGS):
        return None
    return Said(text="Your tests name both legs, each by more than error, so neither is favoured.")


def _tests(case: Case) -> Said | None:
    for side in LEGS:
        if case.tests(side):
            what = named(case.tests(side))
            return Said(limb=side, text=f"Beyond error, your tests name the {side} leg: {what}.")
    return None


def _injured_both(case: Case) -> Said | None:
    if len(case.injured) < 2:
        return None
    return Said(text="Both legs have been injured or operated, so history names neither.")


def _injured(case: Case) -> Said | None:
    side = case.injury
    if side is None:
        return None
    what = named(one for one in case.known.injuries if one.names == side)
    return Said(limb=side, text=f"No test names a leg; your history names the {side} one ({what}).")


def _own_history(case: Case) -> Said | None:
    side = case.stride
    if side is None:
        return None
    what = named(one for one in case.known.strides if one.names == side)
    return Said(
        limb=side, text=f"Your own tests named the {side} leg before, when your strides pointed this way: {what}."
    )


def _stride_alone(case: Case) -> Said | None:
    real = [one for one in case.known.strides if one.real]
    if not real:
        return None
    return Said(text=f"A difference between strides alone does not say which leg is weaker: {named(real)}.")


def _no_limb(_: Case) -> Said:
    return Said(text="Nothing known so far names a leg.")


def _clinician(case: Case) -> Said | None:
    if case.limb == "undetermined" or not case.clinician_decides:
        return None
    return Said(text="What your legs may do is your clinician's decision now, so no leg is favoured by these numbers.")


def _enough(case: Case) -> bool:
    return case.limb != "undetermined" and case.sources(case.limb) >= SOURCES_TO_ACT


def single_day(case: Case) -> bool:
    """Whether sources enough name the limb and none of them is known to say the same on another day."""
    return case.limb != "undetermined" and _enough(case) and not case.known_between_days(case.limb)


def _do(case: Case) -> Said | None:
    if case.limb == "undetermined" or not _enough(case) or single_day(case):
        return None
    n = case.sources(case.limb)
    return Said(action="do", text=f"{n} independent sources name the {case.limb} leg; two are enough to act on.")


def _single_day(case: Case) -> Said | None:
    if not single_day(case):
        return None
    return Said(
        text=f"Several sources name the {case.limb} leg, but of none is it known how far results lie apart from day to"
        " day."
    )


def _one_source(case: Case) -> Said | None:
    if case.limb == "undetermined" or _enough(case):
        return None
    return Said(text=f"One source names the {case.limb} leg; two independent ones are needed to favour it.")


def _undecided(case: Case) -> Said | None:
    both = all(case.tests(side) for side in LEGS) or len(case.injured) == 2
    if case.limb != "undetermined" or not both:
        return None
    return Said(text="What names a leg does not agree, so both legs get the same dose while you watch.")


def _real_stride(case: Case) -> Said | None:
    real = [one for one in case.known.strides if one.real]
    if not real:
        return None
    return Said(text=f"Beyond the ordinary and on the same side in most runs, so worth watching: {named(real)}.")


def _alarm(case: Case) -> Said | None:
    rung = [one for one in case.known.changes if one.fresh]
    if not rung:
        return None
    return Said(text=f"It changed by more than chance and by more than the smallest that matters: {named(rung)}.")


def looked(case: Case) -> int:
    """How many independent sources rule out a difference that matters."""
    quiet = [claim_of(one) for one in case.known.tests if one.quiet]
    return count_independent(quiet) + any(one.quiet for one in case.known.strides)


def unsettled(case: Case) -> list[Item]:
    """Fresh strides with an ordinary range that are neither ordinary nor beyond doubt."""
    judged = [one for one in case.known.strides if one.metric is not None and one.metric.threshold is not None]
    return [one for one in judged if one.fresh and not one.quiet and not one.real]


def suspicious(case: Case) -> list[Item]:
    """Tests inside error whose difference would matter if it were real."""
    return [one for one in case.known.tests if one.coarse and one.beyond_smallest]


def _ordinary(case: Case) -> Said | None:
    if looked(case) < SOURCES_TO_ACT or unsettled(case) or suspicious(case):
        return None
    return Said(action="ignore", text="Everything that was looked at closely enough is too small to matter.")


def _coarse(case: Case) -> Said | None:
    coarse = [one for one in case.known.tests if one.coarse]
    if case.limb != "undetermined" or not coarse:
        return None
    return Said(
        text=f"Nothing beyond error, but too coarse to tell a difference that matters from none: {named(coarse)}."
    )


def _too_little(case: Case) -> Said:
    few = looked(case) < SOURCES_TO_ACT
    said = f"{_of_strides(case)}, and {_of_tests(case)}{'; it takes two independent sources' if few else ''}"
    return Said(text=f"There is too little evidence yet to act on or to let it be: {said}.")


def _of_strides(case: Case) -> str:
    strides = case.known.strides
    if open_ := unsettled(case):
        return f"it cannot be told yet whether your strides are ordinary ({named(open_)})"
    if any(one.quiet for one in strides):
        return "your strides are ordinary"
    if fresh := [one for one in strides if one.fresh]:
        return f"nobody knows what is ordinary of your strides ({named(fresh)})"
    if strides:
        return "your runs are too old to count"
    return "too few runs tell your legs apart" if case.known.waiting else "no run tells your legs apart"


def _of_tests(case: Case) -> str:
    fresh = [one for one in case.known.tests if one.fresh]
    if quiet := [one for one in fresh if one.quiet]:
        return f"your tests find no difference that matters ({named(quiet)})"
    if fresh:
        return f"your tests do not say which leg is weaker ({named(fresh)})"
    return "your tests are too old to count" if case.known.tests else "no test of each leg has been done"


def _contradicted(case: Case) -> Said | None:
    if case.limb == "undetermined" or not case.weights(other(case.limb)):
        return None
    return Said(text=f"Another source names the {other(case.limb)} leg; that makes the finding less sure.")


def _unchecked(case: Case) -> Said | None:
    open_ = [one for one in case.known.strides if one.fresh and one.side_check in ("unchecked", "unclear")]
    if not open_:
        return None
    what = _measured_by(open_)
    return Said(text=f"Nobody has confirmed yet which leg the device means, so its strides weigh half: {what}.")


def _measured_by(strides: Sequence[Item]) -> str:
    return ", ".join(sorted({SOURCES.get(one.evidence.source, one.evidence.source) for one in strides}))


def _devices(case: Case) -> Said | None:
    apart = [one for one in case.known.strides if one.devices_disagree]
    if not apart:
        return None
    shown = sorted(f"{one.evidence.what} ({device_words(one.metric)})" for one in apart if one.metric is not None)
    return Said(text=f"The devices disagree, so neither is taken for the truth: {'; '.join(shown)}.")


def _swapped(case: Case) -> Said | None:
    turned = [one for one in case.known.strides if one.fresh and one.side_check == "swapped"]
    if not turned:
        return None
    what = _measured_by(turned)
    return Said(text=f"The side check found the device's legs the wrong way round; they are corrected here: {what}.")


def _restricted(case: Case) -> Said | None:
    here = [one for one in case.known.profile.restrictions if one.until >= case.known.today]
    if not here:
        return None
    whose = {None: "both legs", "left": "left leg", "right": "right leg"}
    said = sorted(f"{one.what} ({whose[one.side]}, until {one.until})" for one in here)
    return Said(text=f"What your clinician forbids stands above this finding: {'; '.join(said)}.")


def _surgery(case: Case) -> Said | None:
    if not case.operated_lately:
        return None
    what = ", ".join(case.operated_lately)
    return Said(text=f"After a recent operation ({what}), a clinician says what the leg may do.")


def _leg_length(case: Case) -> Said | None:
    texts = [one.evidence.text for one in case.known.context if one.evidence.kind == "profile"]
    return Said(text=texts[0]) if texts else None


def _both_low(case: Case) -> Said | None:
    low = [one for one in case.known.tests if one.low_on_both]
    if not low:
        return None
    return Said(text=f"Both legs are well below the target or the norm, so both get the emphasis: {named(low)}.")


_ALL = (
    FindingRule(id="F-TESTS-DISAGREE", stage="limb", grade="convention", apply=_tests_disagree,
                reason="tests beyond error that name both legs leave the limb undetermined"),
    FindingRule(id="F-TESTS", stage="limb", grade="fair", apply=_tests,
                reason="a test beyond its detectable change says more about a leg's capacity than anything else known"),
    FindingRule(id="F-INJURY-BOTH", stage="limb", grade="convention", apply=_injured_both,
                reason="a history of both legs names neither"),
    FindingRule(id="F-INJURY", stage="limb", grade="weak", apply=_injured,
                reason="without a test, the once injured or operated leg is the likelier weaker one"),
    FindingRule(id="F-OWN-HISTORY", stage="limb", grade="weak", apply=_own_history,
                reason="a stride asymmetry names a limb only where this runner's own tests did so before, same sign"),
    FindingRule(id="F-STRIDE-ALONE", stage="limb", grade="fair", apply=_stride_alone,
                reason="a longer contact does not say which leg is weak (no injured side stood out in Malisoux 2024)"),
    FindingRule(id="F-NO-LIMB", stage="limb", grade="convention", apply=_no_limb,
                reason="what nothing names stays undetermined"),
    FindingRule(id="F-CLINICIAN", stage="action", grade="convention", apply=_clinician,
                reason="under a clinician's restriction or soon after an operation nothing here favours a leg"),
    FindingRule(id="F-DO", stage="action", grade="convention", apply=_do,
                reason="two independent sources that name one leg are enough to favour it"),
    FindingRule(id="F-SINGLE-DAY", stage="action", grade="convention", apply=_single_day,
                reason="one day's own scatter hides how far days lie apart, so one source must be known between days"),
    FindingRule(id="F-ONE-SOURCE", stage="action", grade="convention", apply=_one_source,
                reason="one source alone is watched, not acted on"),
    FindingRule(id="F-UNDECIDED", stage="action", grade="convention", apply=_undecided,
                reason="sources that name both legs are watched, with the same dose for both"),
    FindingRule(id="F-STRIDE", stage="action", grade="fair", apply=_real_stride,
                reason="a repeated stride asymmetry beyond the ordinary is worth watching; it is not an injury risk"),
    FindingRule(id="F-ALARM", stage="action", grade="fair", apply=_alarm,
                reason="a change beyond chance and beyond the smallest that matters is worth watching"),
    FindingRule(id="F-ORDINARY", stage="action", grade="convention", apply=_ordinary,
                reason="two independent sources that rule out what matters are enough to let it be"),
    FindingRule(id="F-COARSE", stage="action", grade="convention", apply=_coarse,
                reason="a test whose error is larger than what matters cannot tell equal legs from unequal ones"),
    FindingRule(id="F-TOO-LITTLE", stage="action", grade="convention", apply=_too_little,
                reason="too little evidence is said, with what would make it enough"),
    FindingRule(id="F-CONTRADICTED", stage="remark", grade="convention", apply=_contradicted,
                reason="a source that names the other leg makes the finding less sure"),
    FindingRule(id="F-SIDE-UNCHECKED", stage="remark", grade="convention", apply=_unchecked,
                reason="which leg a device means is documented nowhere, so an unchecked one weighs half"),
    FindingRule(id="F-DEVICES", stage="remark", grade="convention", apply=_devices,
                reason="a stride asymmetry must hold under every device that was used in five runs or more"),
    FindingRule(id="F-SIDE-SWAPPED", stage="remark", grade="convention", apply=_swapped,
                reason="a device found to swap the legs is corrected everywhere"),
    FindingRule(id="F-RESTRICTION", stage="remark", grade="convention", apply=_restricted,
                reason="a clinician's restriction stands above every finding"),
    FindingRule(id="F-SURGERY", stage="remark", grade="convention", apply=_surgery,
                reason="after a recent operation a clinician decides what the leg may do"),
    FindingRule(id="F-LEG-LENGTH", stage="remark", grade="weak", apply=_leg_length,
                reason="a known difference in leg length belongs beside a difference between strides"),
    FindingRule(id="F-BOTH-LOW", stage="remark", grade="convention", apply=_both_low,
                reason="two legs well below the target or the norm ask for an emphasis, not for a limb"),
)  # fmt: skip

FINDING_RULES: Mapping[str, FindingRule] = MappingProxyType({one.id: one for one in _ALL})
"""Every rule by its identifier, in the order in which they are asked. One more rule is one function and one row."""
