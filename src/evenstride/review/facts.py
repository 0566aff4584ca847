"""What the weekly rules look at, worked out once; and the small words that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from evenstride.model import (
    Adherence,
    Adjustment,
    Decision,
    DecisionRule,
    PlanWeek,
    Race,
    RestAdvice,
    RestDecision,
    ReviewCase,
    SeasonMetric,
)
from evenstride.model.adjustment import AdjustmentKind
from evenstride.model.review import RestAction
from evenstride.review.adherence import adherence_words, last_weeks, this_week, told_weeks, written_in_week
from evenstride.review.gaps import GapChange, gap_changes
from evenstride.review.rest import rest_decision
from evenstride.review.tables import limits, table

WEEK = timedelta(days=7)


@cache
def decision_rules() -> Mapping[str, DecisionRule]:
    """Return every row of the decision table by its identifier, in order.

    >>> decision_rules()["D-SMALLER"].outcome
    'hold'
    """
    rows = {id_: DecisionRule(id=id_, **row) for id_, row in table("decisions").items() if id_ != "limits"}
    return MappingProxyType(rows)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One week, worked out. ``coming`` is the Monday of the week that the review decides on.

    ``month`` counts the sessions of four weeks, ``told`` those of its weeks of which anything was written.
    ``exercises`` are the decisions on single exercises. ``leading`` is the rule that would win without opinions.
    """

    case: ReviewCase
    rest: RestDecision
    month: Adherence
    told: Adherence
    week: Adherence
    gaps: tuple[GapChange, ...]
    coming: date
    exercises: tuple[Decision, ...] = ()
    leading: str = ""

    @property
    def sunday(self) -> date:
        """The last day of the coming week."""
        return self.coming + timedelta(days=6)

    @property
    def coming_week(self) -> PlanWeek | None:
        """The coming week as the plan has it."""
        weeks = self.case.plan.week_list if self.case.plan else ()
        return next((one for one in weeks if one.monday == self.coming), None)

    @property
    def told_words(self) -> str:
        """The sessions kept in weeks of which anything was written; what is left out is said."""
        left_out = self.month.planned - self.told.planned
        silent = f"; {left_out} in weeks of which nothing was written are not counted" if left_out else ""
        return f"{adherence_words(self.told)}{silent}"

    def advised(self, *actions: RestAction) -> list[RestAdvice]:
        """What the rest decisions advise of some kinds."""
        return [one for one in self.rest.advice if one.action in actions]

    def answer_of(self, node: str) -> str:
        """On what a rest question's answer rests; empty where it was not asked."""
        return next((one.text for one in self.rest.path if one.node == node), "")


def week_facts(case: ReviewCase) -> Facts:
    """Work out what the rules ask for; the exercises are added by the review."""
    monday = case.today - timedelta(days=case.today.weekday())
    return Facts(
        case=case, rest=rest_decision(case, day=case.today), month=last_weeks(case), told=told_weeks(case),
        week=this_week(case), gaps=gap_changes(case), coming=max(case.week + WEEK, monday),
    )  # fmt: skip


def decide(
    rule: str, reason: str, *, evidence: Sequence[str] = (), unless: Sequence[str] = (), ask: Sequence[Adjustment] = ()
) -> Decision:
    """Make the decision of a rule: its outcome and grade are those of its row."""
    row = decision_rules()[rule]
    return Decision(
        rule=rule, outcome=row.outcome, reason=reason, evidence=tuple(one for one in evidence if one),
        would_change_if=tuple(unless), adjustments=tuple(ask), grade=row.grade,
    )  # fmt: skip


def ask(
    facts: Facts, kind: AdjustmentKind, rule: str, text: str, *, until: date | None, since: date | None = None
) -> Adjustment:  # fmt: skip
    """Ask the next plan for something, from today on where no other day is said."""
    return Adjustment(kind=kind, rule=rule, since=since or facts.case.today, until=until, text=text)


def with_amount(one: Adjustment, amount: int) -> Adjustment:
    """The same with its amount."""
    return replace(one, amount=amount)


def logged_in_week(case: ReviewCase) -> bool:
    """Whether anything was written down about the case's week, a missed session included."""
    return written_in_week(case, case.week)


def race_ahead(case: ReviewCase, day: date) -> Race | None:
    """The race whose taper or race week a day lies in: nothing new and no test may be put there."""
    figures = limits("decisions")
    days = {"A": figures["taper_days_a"], "B": figures["taper_days_b"], "C": figures["race_week_days"]}
    near = [one for one in case.profile.races if 0 <= (one.day - day).days <= days[one.priority]]
    return min(near, key=lambda one: one.day, default=None)


def room_for_technique(case: ReviewCase, day: date) -> bool:
    """Whether running technique may change: not in season, nor in the last 14 days before a race."""
    figures = limits("decisions")
    for one in case.profile.races:
        days = figures["in_season_days"] if one.priority == "A" else figures["taper_days_a"]
        if 0 <= (one.day - day).days <= days:
            return False
    week = day - timedelta(days=day.weekday())
    parts = {one.monday: one.part for one in (case.plan.week_list if case.plan else ())}
    return parts.get(week) != "in_season"


def tracked(case: ReviewCase) -> SeasonMetric | None:
    """The difference between the legs that the season reads first."""
    metrics = case.season.metrics if case.season else ()
    return next((one for one in metrics if one.kind == "index"), None)


def asked_lately(case: ReviewCase, kind: AdjustmentKind, *, weeks: float) -> bool:
    """Whether an earlier review asked for something in the last weeks."""
    since = case.today - timedelta(weeks=weeks)
    return any(one.kind == kind for review in case.reviews if review.day > since for one in review.adjustments)
