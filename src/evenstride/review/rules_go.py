"""The weekly rules that go on: more for the leg that lags, technique, the next step."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from evenstride.model import Decision, LimbComparison
from evenstride.review.adherence import adherence_words
from evenstride.review.facts import (
    WEEK,
    Facts,
    ask,
    asked_lately,
    decide,
    race_ahead,
    room_for_technique,
    tracked,
    with_amount,
)
from evenstride.review.gaps import series
from evenstride.review.rules_hold import enough_done
from evenstride.review.sides import shown, with_interval
from evenstride.review.tables import limits


def redistribute(facts: Facts) -> Decision | None:
    """D-REDISTRIBUTE."""
    rule, finding = "D-REDISTRIBUTE", facts.case.finding
    if finding is None or finding.action != "do" or finding.limb == "undetermined":
        return None
    behind = list(_behind(facts, finding.limb))
    if not behind or _is_closing(facts) or race_ahead(facts.case, facts.coming):
        return None
    sets = int(limits("decisions")["redistribute_sets"])
    text = f"{sets} set more for the {finding.limb} leg in one exercise, nothing less for the other."
    more = with_amount(ask(facts, "redistribute", rule, text, until=facts.sunday), sets)
    inside = [
        f"{one.label}: a difference of at most {one.mdc95:.1f} {one.unit}, {abs(one.difference) - one.mdc95:.1f} less"
        for one in behind if one.mdc95 is not None
    ]  # fmt: skip
    decision = decide(
        rule, f"The {finding.limb} leg is behind by more than error, and not catching up yet. {text}",
        evidence=tuple(_test_words(one) for one in behind),
        unless=(*inside, "A difference that closes beyond the error of both tests."),
        ask=(replace(more, side=finding.limb),),
    )  # fmt: skip
    return replace(decision, side=finding.limb)


def _behind(facts: Facts, limb: str) -> Iterable[LimbComparison]:
    fresh = timedelta(days=int(limits("decisions")["test_old_days"]))
    for tests in series(facts.case).values():
        one = tests[-1]
        if one.beyond_error and one.weaker == limb and facts.case.today - one.day <= fresh:
            yield one


def _test_words(one: LimbComparison) -> str:
    error = f", error {one.mdc95:.1f} {one.unit}" if one.mdc95 is not None else ""
    return f"{one.label}: {shown(one.difference, one.low, one.high, one.unit)} on {one.day}{error}"


def _closing_words(facts: Facts) -> list[str]:
    fresh = facts.case.today - 4 * WEEK
    words = [one.words for one in facts.gaps if one.is_closing and one.day > fresh]
    metric = tracked(facts.case)
    if metric and metric.closing and metric.closing.gap.low > 0.0:
        gap = metric.closing.gap
        words.append(
            f"{metric.label}: {with_interval(gap.value, gap.low, gap.high, '%')} closer over"
            f" {metric.closing.weeks:.0f} weeks, from {metric.n_runs} runs"
        )
    return words


def _is_closing(facts: Facts) -> bool:
    return bool(_closing_words(facts))


def late_technique(facts: Facts) -> Decision | None:
    """D-LATE-TECHNIQUE."""
    rule, advice = "D-LATE-TECHNIQUE", [one for one in facts.advised("redistribute") if one.node == "late"]
    if not advice:
        return None
    room = room_for_technique(facts.case, facts.coming)
    asked = ask(facts, "late_technique", rule, "Technique is what the last part of the long run is about.",
                until=facts.sunday)  # fmt: skip
    none = "" if room else " The season leaves technique as it is; a shorter or easier long run does the same."
    return decide(rule, f"{advice[0].text}{none}", evidence=(facts.answer_of("late"),),
                  unless=("Fewer than two such sessions in 28 days.",), ask=(asked,) if room else ())  # fmt: skip


def alternate(facts: Facts) -> Decision | None:
    """D-ALTERNATE."""
    rule, metric = "D-ALTERNATE", tracked(facts.case)
    if metric is None or metric.level is None or metric.threshold is None:
        return None
    beyond = metric.level.low > metric.threshold or metric.level.high < -metric.threshold
    soon = facts.coming + 2 * WEEK
    planned = [one.day for one in facts.case.calendar if one.kind == "intervals" and facts.coming <= one.day < soon]
    weeks = float(limits("decisions")["technique_weeks"])
    room = room_for_technique(facts.case, facts.coming)
    if not (beyond and planned and room) or asked_lately(facts.case, "alternating_block", weeks=weeks):
        return None
    text = "Let the repetitions of the next interval run be about one leg in turn."
    level = shown(metric.level.value, metric.level.low, metric.level.high)
    evidence = (
        f"{metric.label}: {level} from {metric.n_runs} runs, beyond the ordinary {metric.threshold:g} %",
        f"intervals on {planned[0]}",
    )
    return decide(
        rule, text, evidence=evidence,
        unless=("A level inside the ordinary.", "A race season, which leaves technique as it is."),
        ask=(ask(facts, "alternating_block", rule, text, until=soon - timedelta(days=1)),),
    )  # fmt: skip


def catch_up(facts: Facts) -> Decision | None:
    """D-PROGRESS-CATCHUP."""
    words = _closing_words(facts)
    if not words:
        return None
    return decide("D-PROGRESS-CATCHUP", "The legs are coming closer, beyond error: what works goes on.",
                  evidence=words, unless=("An interval that reaches 0.",))  # fmt: skip


def steady(facts: Facts) -> Decision | None:
    """D-PROGRESS-STEADY."""
    pain = any(one.outcome == "regress" for one in facts.exercises)
    if not enough_done(facts) or facts.rest.advice or pain:
        return None
    return decide(
        "D-PROGRESS-STEADY", "The week's work was done and nothing speaks against the next small step.",
        evidence=(adherence_words(facts.week), adherence_words(facts.month)),
        unless=("Less of the week's work done.", "Any pain, soreness, effort or sleep outside the limits."),
    )  # fmt: skip
