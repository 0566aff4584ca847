"""The weekly rules by which nothing rises: not enough sleep, too much effort, too little known, too little done."""

from datetime import timedelta
from math import ceil

from evenstride.model import OUTCOMES, Adjustment, Decision, Review
from evenstride.review.adherence import adherence_words, judged, worked
from evenstride.review.facts import WEEK, Facts, ask, decide, decision_rules, logged_in_week, tracked, with_amount
from evenstride.review.gaps import retested, worth_having
from evenstride.review.sides import with_interval
from evenstride.review.tables import limits

CAREFUL = OUTCOMES.index("hold")


def _nothing_rises(facts: Facts, rule: str) -> Adjustment:
    return ask(facts, "hold", rule, f"Nothing rises until {facts.sunday}.", until=facts.sunday)


def hold_sleep(facts: Facts) -> Decision | None:
    """D-HOLD-SLEEP."""
    rule = "D-HOLD-SLEEP"
    advice = [one for one in facts.advised("hold") if one.node == "sleep"]
    if not advice:
        return None
    since = facts.case.today - timedelta(days=6)
    short = sum(one.sleep_hours < 7.0 for one in facts.case.days
                if one.sleep_hours is not None and since <= one.day <= facts.case.today)  # fmt: skip
    return decide(rule, advice[0].text, evidence=(facts.answer_of("sleep"),),
                  unless=(f"At most 2 of 7 nights under 7 hours, {max(1, short - 2)} fewer than now.",),
                  ask=(_nothing_rises(facts, rule),))  # fmt: skip


def hold_effort(facts: Facts) -> Decision | None:
    """D-HOLD-EFFORT."""
    rule = "D-HOLD-EFFORT"
    advice = [one for one in facts.advised("hold") if one.node == "strain_once"]
    if not advice:
        return None
    return decide(rule, advice[0].text, evidence=(facts.answer_of("strain_once"),),
                  unless=("Every value inside your own range.",), ask=(_nothing_rises(facts, rule),))  # fmt: skip


def hold_soreness(facts: Facts) -> Decision | None:
    """D-HOLD-SORENESS: the next session is smaller."""
    rule, advice = "D-HOLD-SORENESS", facts.advised("reduce")
    if not advice:
        return None
    sessions = facts.case.plan.sessions if facts.case.plan else ()
    ahead = [one.day for one in sessions if one.kind in ("strength", "micro") and one.day >= facts.case.today]
    until = min(ahead, default=facts.case.today + timedelta(days=6))
    less = ask(facts, "fewer_sets", rule, "One set fewer of each exercise at the next session.", until=until)
    return decide(rule, advice[0].text, evidence=(facts.answer_of("soreness"),),
                  unless=("Soreness gone within 72 hours.",), ask=(less,))  # fmt: skip


def hold_return(facts: Facts) -> Decision | None:
    """D-RETURN."""
    state = facts.case.returning
    if state is None or state.finished_on is not None:
        return None
    step = f"stage {state.stage.replace('_', ' ')}, step {state.step}, since {state.since}"
    return decide(
        "D-RETURN", "Your return to running decides on running, by its own steps.",
        evidence=(step, f"{state.good} good sessions of {state.sessions} at this step"),
        unless=("The return is finished.",),
    )  # fmt: skip


def hold_empty(facts: Facts) -> Decision | None:
    """D-HOLD-EMPTY."""
    if logged_in_week(facts.case):
        return None
    return decide(
        "D-HOLD-EMPTY", "Nothing was logged in this week yet, so the plan goes on as it stands.",
        evidence=(f"no entry from {facts.case.week} on",), unless=("Any entry of the week.",),
    )  # fmt: skip


def smaller(facts: Facts) -> Decision | None:
    """D-SMALLER."""
    rule, month, figures = "D-SMALLER", facts.told, limits("decisions")
    logged = any(month.since <= one.day <= month.until for one in facts.case.sessions)
    if not judged(month) or month.share is None or month.share >= figures["adherence_low"] or not logged:
        return None
    weeks = int(figures["adherence_weeks"])
    a_week = ceil(month.planned / weeks)
    amount = max(1, min(a_week - 1, round(month.kept / weeks)))
    until = facts.coming + int(figures["smaller_weeks"]) * WEEK - timedelta(days=1)
    if a_week > 1:
        text = f"At most {amount} strength session{'s' if amount > 1 else ''} a week until {until}."
        asked = with_amount(ask(facts, "fewer_sessions", rule, text, until=until), amount)
    else:
        asked = ask(facts, "fewer_sets", rule, f"Shorter sessions until {until}: one set fewer.", until=until)
    needed = ceil(figures["adherence_low"] * month.planned)
    more = f"{needed} or more of {month.planned} sessions kept, {needed - month.kept} more than now."
    return decide(
        rule, f"The plan becomes smaller before it becomes harder, so that it fits your weeks. {asked.text}",
        evidence=(facts.told_words,), unless=(more,), ask=(asked,),
    )  # fmt: skip


def _kept_well(facts: Facts) -> bool:
    share = facts.told.share
    return judged(facts.told) and share is not None and share >= limits("decisions")["adherence_high"]


def _retest_evidence(facts: Facts) -> tuple[list[str], bool, bool]:
    """What this week's tests and the season tell of the gap: in words, whether it closes, whether it cannot enough."""
    tests = [one for one in facts.gaps if facts.case.week <= one.day < facts.case.week + WEEK]
    words, closing = [one.words for one in tests], [one.is_closing for one in tests]
    stuck = [one.excludes_worthwhile for one in tests]
    metric = tracked(facts.case)
    if metric and metric.closing and metric.baseline:
        gap, weeks = metric.closing.gap, _weeks_of_work(facts)
        worthwhile = min(metric.closing.worthwhile, worth_having(abs(metric.baseline.value), weeks))
        words.append(
            f"{metric.label}: {with_interval(gap.value, gap.low, gap.high, '%')} closer over {metric.closing.weeks:.0f}"
            f" weeks; worth having by then, after {weeks:.0f} weeks of work: {worthwhile:.1f} %"
        )
        closing.append(gap.low > 0.0)
        # A judgement on the work needs as much of it as lies between two tests, whenever the runs began.
        enough = weeks >= float(limits("decisions")["gap_weeks_least"])
        stuck.append(metric.closing.excludes_worthwhile and gap.high < worthwhile and enough)
    return words, any(closing), any(stuck)


def _weeks_of_work(facts: Facts) -> float:
    """Weeks since the programme's first session: weeks before it close no difference, and prove nothing."""
    case = facts.case
    first = min((one.day for one in case.planned if one.day <= case.today), default=case.today)
    return (case.today - first).days / 7.0


def stimulus(facts: Facts) -> Decision | None:
    """D-STIMULUS: judged at a re-test only."""
    rule = "D-STIMULUS"
    words, closing, stuck = _retest_evidence(facts)
    if not retested(facts.case) or not stuck or closing or not _kept_well(facts):
        return None
    until = facts.coming + 4 * WEEK - timedelta(days=1)
    asked = ask(facts, "change_stimulus", rule, "Other exercises for the same aim until the next re-test.", until=until)
    return decide(
        rule, f"The work was done, and the difference is not closing as it should by now. {asked.text}",
        evidence=(*words, facts.told_words),
        unless=("An interval that reaches a change worth having.", "Fewer than 80 % of the sessions kept."),
        ask=(asked,),
    )  # fmt: skip


def keep_on(facts: Facts) -> Decision | None:
    """D-HOLD-KEEP-ON: judged at a re-test only."""
    words, closing, stuck = _retest_evidence(facts)
    if not retested(facts.case) or not words or closing or (stuck and _kept_well(facts)):
        return None
    why = (
        "Too few sessions were kept to say whether the exercises are the right ones"
        if stuck
        else "The change cannot be told yet from none, nor from one worth having"
    )
    return decide(
        "D-HOLD-KEEP-ON", f"{why}: keep on, and look again at the next re-test.",
        evidence=(*words, facts.told_words),
        unless=("An interval above 0.", "An interval below the change worth having, with 80 % of the sessions kept."),
    )  # fmt: skip


def hold_part(facts: Facts) -> Decision | None:
    """D-HOLD-PART: something was logged, and too little was done to go further."""
    if not logged_in_week(facts.case) or enough_done(facts):
        return None
    reason = (
        "No strength session was planned in this week, so nothing rises from it."
        if facts.week.planned == 0
        else "Part of the week's work was done; the same again before more."
    )
    return decide("D-HOLD-PART", reason, evidence=(adherence_words(facts.week),),
                  unless=("All sessions of a week kept, or 80 % over four weeks.",))  # fmt: skip


def enough_done(facts: Facts) -> bool:
    """Whether the week's work was done: all of its sessions, or some in four well-kept weeks."""
    week = facts.week
    done = any(worked(one) for one in facts.case.sessions if facts.case.week <= one.day < facts.case.week + WEEK)
    return done and week.planned > 0 and (week.kept == week.planned or (_kept_well(facts) and week.kept > 0))


def overrides_of(facts: Facts) -> list[Review]:
    """Earlier reviews, led by the rule that leads now, that somebody decided otherwise."""
    return [one for one in facts.case.reviews if one.overridden and one.decisions[0].rule == facts.leading]


def hold_asked(facts: Facts) -> Decision | None:
    """D-HOLD-ASKED: a more careful choice in the same circumstances stands for weeks; a bolder one is only said."""
    rule, weeks = "D-HOLD-ASKED", int(limits("decisions")["override_weeks"])
    if not facts.leading or OUTCOMES.index(decision_rules()[facts.leading].outcome) <= CAREFUL:
        return None
    since = facts.case.today - weeks * WEEK
    lately = [one for one in overrides_of(facts) if one.day > since and OUTCOMES.index(one.held) <= CAREFUL]
    if not lately:
        return None
    said = lately[-1].opinions[-1]
    who = said.name or ("you" if said.by == "runner" else "your coach")
    why = f": {said.why}" if said.why else ""
    return decide(
        rule, f"On {said.day} {who} chose {said.outcome} where the rules said the same as now{why}.",
        evidence=(f"{len(overrides_of(facts))} times decided otherwise where {facts.leading} led",),
        unless=(f"{weeks} weeks without such a choice.",), ask=(_nothing_rises(facts, rule),),
    )  # fmt: skip
