"""Every rule of the personal target range: identifier, one-line reason, evidence grade, one function each.

Setting rules are asked in order when a range begins, reviewing rules at every re-test; the first that answers decides.
Everything is symmetric: legs that are swapped mirror the range.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import copysign
from types import MappingProxyType
from typing import NamedTuple

from evenstride.judge.ranges import Grade
from evenstride.model.target import TargetStatus


class Ends(NamedTuple):
    """A range and the rule that set it."""

    low: float
    high: float
    rule: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a re-test found, and what it is held against.

    ``value`` with its interval is the difference between the legs. ``bound`` is what is ordinary on either side (runs)
    or what a difference must exceed (tests); None where nothing is known. ``width`` is how far a steady runner's level
    may lie from where it was, None for tests. ``anew``: something else measures now.
    """

    value: float
    low: float
    high: float
    bound: float | None
    width: float | None
    current: Ends | None = None
    own: Ends | None = None
    anew: bool = False

    @property
    def status(self) -> TargetStatus:
        """Where it lies, against the range as it stands."""
        return "cannot_tell" if self.current is None else status_of(self.low, self.high, self.current)


@dataclass(frozen=True, kw_only=True)
class TargetRule:
    """One rule: why it is there, how good the evidence for it is, and the function that applies it."""

    id: str
    reason: str
    grade: Grade
    apply: Callable[[Case], Ends | None]


def status_of(low: float, high: float, ends: Ends) -> TargetStatus:
    """Whether an interval lies wholly in a range, wholly out of it, or across an end.

    >>> status_of(1.0, 2.0, Ends(0.5, 3.0, "T-KEEP")), status_of(1.0, 2.0, Ends(1.5, 3.0, "T-KEEP"))
    ('inside', 'cannot_tell')
    """
    if ends.low <= low and high <= ends.high:
        return "inside"
    return "outside" if high < ends.low or low > ends.high else "cannot_tell"


def ends_set(case: Case) -> Ends:
    """Return the range that a baseline asks for, by the first setting rule that answers.

    >>> ends_set(Case(value=12.0, low=11.0, high=13.0, bound=4.0, width=2.0))
    Ends(low=-4.0, high=6.0, rule='T-HALF')
    >>> ends_set(Case(value=-1.0, low=-1.5, high=-0.5, bound=4.0, width=2.0))
    Ends(low=-3.0, high=1.0, rule='T-KEEP')
    """
    return _first(SETTING, case)[1]


def ends_reviewed(case: Case) -> tuple[str, Ends]:
    """Return what a re-test does to the range, by the first reviewing rule that answers, and that rule.

    >>> half = Ends(-4.0, 6.0, "T-HALF")
    >>> ends_reviewed(Case(value=5.0, low=4.5, high=5.5, bound=4.0, width=2.0, current=half))
    ('T-REACHED', Ends(low=-4.0, high=4.0, rule='T-HALF'))
    """
    return _first(REVIEWING, case)


def _first(names: tuple[str, ...], case: Case) -> tuple[str, Ends]:
    for name in names:
        ends = TARGET_RULES[name].apply(case)
        if ends is not None:
            return name, ends
    raise ValueError("no rule of the target range answers")


def _own(case: Case) -> Ends | None:
    return case.own


def _half(case: Case) -> Ends | None:
    if case.bound is None or abs(case.value) <= case.bound:
        return None
    return _half_step(case, case.bound)


def _half_step(case: Case, bound: float) -> Ends:
    far = copysign(max(bound, 0.5 * abs(case.value)), case.value)
    low, high = sorted((far, copysign(bound, -case.value)))
    return Ends(low, high, "T-HALF")


def _keep(case: Case) -> Ends | None:
    if case.width is None:
        return None
    low, high = case.value - case.width, case.value + case.width
    if case.bound is not None:
        low, high = max(low, -case.bound), min(high, case.bound)
    return Ends(low, high, "T-KEEP")


def _even(case: Case) -> Ends | None:
    return None if case.bound is None else Ends(-case.bound, case.bound, "T-EVEN")


def _anew(case: Case) -> Ends | None:
    return ends_set(case) if case.anew else None


def _reached(case: Case) -> Ends | None:
    if case.current is None or case.bound is None or case.current.rule != "T-HALF" or case.status != "inside":
        return None
    if -case.bound <= case.low and case.high <= case.bound:
        return _keep(case) or _even(case)
    return _half_step(case, case.bound)


def _closer(case: Case) -> Ends | None:
    """Less difference than a range about the runner's own level asks for is no reason to go back."""
    now = case.current
    if now is None or now.rule != "T-KEEP" or case.status != "outside":
        return None
    nearest = max(now.low, -now.high, 0.0)
    return _keep(case) if abs(case.value) < nearest else None


def _inside(case: Case) -> Ends | None:
    return case.current if case.status == "inside" else None


def _untold(case: Case) -> Ends | None:
    return case.current if case.status == "cannot_tell" else None


def _stay(case: Case) -> Ends | None:
    return case.current


def _rules(*rules: TargetRule) -> Mapping[str, TargetRule]:
    return MappingProxyType({rule.id: rule for rule in rules})


TARGET_RULES: Mapping[str, TargetRule] = _rules(
    TargetRule(
        id="T-OWN", grade="convention", apply=_own,
        reason="You, your coach or your clinician set it: it stands until it is changed.",
    ),
    TargetRule(
        id="T-HALF", grade="convention", apply=_half,
        reason="The legs differed more than is ordinary: the aim is half of that, or what is ordinary, not zero.",
    ),
    TargetRule(
        id="T-KEEP", grade="convention", apply=_keep,
        reason="The difference was ordinary: the range is where you already were, give or take what matters.",
    ),
    TargetRule(
        id="T-EVEN", grade="fair", apply=_even,
        reason="The test showed no difference: the range is as wide as its error, or as what matters if that is more.",
    ),
    TargetRule(
        id="T-ANEW", grade="convention", apply=_anew,
        reason="Something else measures now, and devices disagree: the range is set anew by it.",
    ),
    TargetRule(
        id="T-REACHED", grade="convention", apply=_reached,
        reason="The range was reached: the next one is half of what is left, and once it is ordinary, keeping it.",
    ),
    TargetRule(
        id="T-CLOSER", grade="convention", apply=_closer,
        reason="The legs differ less than the range asked for, so it moves to where they are.",
    ),
    TargetRule(
        id="T-INSIDE", grade="convention", apply=_inside,
        reason="Inside: the range stays, so that a slow drift cannot carry it along.",
    ),
    TargetRule(
        id="T-UNTOLD", grade="fair", apply=_untold,
        reason="The interval reaches across an end of the range, so it cannot be told: the range stays.",
    ),
    TargetRule(
        id="T-STAY", grade="convention", apply=_stay,
        reason="Outside: the range stays, for coming back to.",
    ),
)  # fmt: skip
"""All rules by identifier, in the order in which they are asked."""

SETTING = ("T-OWN", "T-HALF", "T-KEEP", "T-EVEN")
REVIEWING = ("T-OWN", "T-ANEW", "T-REACHED", "T-CLOSER", "T-INSIDE", "T-UNTOLD", "T-STAY")
