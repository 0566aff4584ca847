"""The weekly rules that send to a clinician, step back, test again or lighten the week."""

from collections.abc import Iterable
from datetime import date, timedelta

from evenstride.model import Adjustment, Decision
from evenstride.review.facts import Facts, ask, decide, race_ahead
from evenstride.review.gaps import last_test, series
from evenstride.review.sides import shown
from evenstride.review.strain import readings
from evenstride.review.tables import limits


def refer_flag(facts: Facts) -> Decision | None:
    """D-REFER-FLAG."""
    rule, flags = "D-REFER-FLAG", facts.advised("stop")
    see = [one for one in facts.advised("see_clinician") if one.node in {flag.node for flag in flags}]
    waiting = facts.case.returning.referred if facts.case.returning and not facts.case.returning.finished_on else ""
    if not flags and not waiting:
        return None
    said = [one.text for one in flags] + [f"{one.text} See a clinician {one.how_soon}." for one in see]
    said += [f"Your return to running waits for a clinician: {waiting}"] if waiting else []
    named = [f"{one.node.replace('_', ' ')}: {facts.answer_of(one.node)}" for one in flags]
    asked = [ask(facts, "hold", rule, "Nothing rises before a clinician has looked at it.", until=facts.sunday)]
    if flags:
        asked.append(ask(facts, "fewer_sessions", rule, "No strength session until then.", until=facts.sunday))
    return decide(
        rule, " ".join(said), evidence=named or (waiting,),
        unless=("A clinician has looked at it and says that you may go on (evenstride log day --cleared-by NAME).",),
        ask=asked,
    )  # fmt: skip


def refer_persisting(facts: Facts) -> Decision | None:
    """D-REFER-PERSISTING."""
    rule = "D-REFER-PERSISTING"
    advice = [one for one in facts.advised("see_clinician") if one.node == "persisting"]
    if not advice:
        return None
    return decide(
        rule, f"{advice[0].text} See a clinician {advice[0].how_soon}.", evidence=(facts.answer_of("persisting"),),
        unless=("Fewer than 3 sessions with this pain, and fewer than 7 days of it.",),
        ask=(ask(facts, "hold", rule, "Nothing rises while this pain stays.", until=facts.sunday),),
    )  # fmt: skip


def regress_pain(facts: Facts) -> Decision | None:
    """D-REGRESS-PAIN: for exercises the steps are asked with each of them."""
    rule = "D-REGRESS-PAIN"
    hurt = [one for one in facts.exercises if one.rule == rule]
    decided = {one.exercise for one in hurt}
    elsewhere = [one for one in facts.advised("stop_exercise", "regress") if one.exercise not in decided]
    if not hurt and not elsewhere:
        return None
    said, evidence = [one.reason for one in hurt], [text for one in hurt for text in one.evidence]
    if elsewhere:
        evidence.append(facts.answer_of(elsewhere[0].node))
        said.append(f"{elsewhere[0].text} {evidence[-1]}")
    held = ask(facts, "hold", rule, "Nothing rises while this pain comes.", until=facts.sunday)
    return decide(rule, " ".join(said), evidence=evidence, unless=("The same work again without pain.",),
                  ask=(held,) if elsewhere else ())  # fmt: skip


def regress_form(facts: Facts) -> Decision | None:
    """D-REGRESS-FORM: the steps are asked with each exercise."""
    loose = [one for one in facts.exercises if one.rule == "D-REGRESS-FORM"]
    if not loose:
        return None
    return decide("D-REGRESS-FORM", " ".join(one.reason for one in loose),
                  evidence=[text for one in loose for text in one.evidence],
                  unless=("One of the two sessions in good form.",))  # fmt: skip


def _test_dates(facts: Facts) -> tuple[date, date, str]:
    """From when to when a test may stand: within seven days, after a race that is near."""
    within = timedelta(days=int(limits("decisions")["retest_within_days"]))
    race = race_ahead(facts.case, facts.case.today)
    start = race.day + timedelta(days=1) if race else facts.case.today
    # A second race may follow the first one closely.
    while later := race_ahead(facts.case, start):
        start = later.day + timedelta(days=1)
    why = f" The race of {race.day} comes first, as planned." if race else ""
    return start, start + within, why


def _retest(facts: Facts, rule: str) -> tuple[Adjustment, str]:
    since, until, why = _test_dates(facts)
    return ask(facts, "retest", rule, f"Test both legs again by {until}.", since=since, until=until), why


def retest_drift(facts: Facts) -> Decision | None:
    """D-RETEST-DRIFT."""
    rule, case = "D-RETEST-DRIFT", facts.case
    tested, days = last_test(case), timedelta(days=int(limits("decisions")["drift_fresh_days"]))
    for one in case.season.metrics if case.season else ():
        if one.kind != "index" or (one.closing and one.closing.gap.low > 0.0):
            continue
        fresh = [two for two in one.alarms if case.today - days < two.day <= case.today]
        alarm = max(fresh, key=lambda two: two.day, default=None)
        if alarm is None or (tested is not None and tested >= alarm.day):
            continue
        asked, why = _retest(facts, rule)
        change = f"{one.label}: {shown(alarm.value, alarm.low, alarm.high)} against the baseline, said on {alarm.day}"
        last = f"last test on {tested}" if tested else "no test so far"
        return decide(
            rule, f"The difference moved beyond chance, and a test can say which leg changed. {asked.text}{why}",
            evidence=(change, last), unless=(f"A test on {alarm.day} or later.", "A change inside chance."),
            ask=(asked,),
        )  # fmt: skip
    return None


def retest_wide(facts: Facts) -> Decision | None:
    """D-RETEST-WIDE."""
    rule, case = "D-RETEST-WIDE", facts.case
    thin = _thin(facts)
    planned = any(
        one.kind == "test" and case.today <= one.day <= facts.sunday
        for one in (case.plan.sessions if case.plan else ())
    )
    if not thin or planned:
        return None
    asked, why = _retest(facts, rule)
    return decide(rule, f"{thin} {asked.text}{why}", evidence=tuple(_latest(facts)) or ("no test so far",),
                  unless=("A test in the last eight weeks, on more than one day.",), ask=(asked,))  # fmt: skip


def _thin(facts: Facts) -> str:
    finding, days = facts.case.finding, int(limits("decisions")["test_old_days"])
    if finding is None or facts.case.returning:
        return ""
    if "F-SINGLE-DAY" in finding.rules:
        return "Your tests are of one day only, which hides how far days lie apart."
    tested = last_test(facts.case)
    if finding.action != "do" or finding.limb == "undetermined":
        return ""
    if tested is None:
        return f"Work is asked of the {finding.limb} leg, and no test of each leg was done so far."
    if (facts.case.today - tested).days > days:
        return f"Work is asked of the {finding.limb} leg by tests of which the newest is of {tested}."
    return ""


def _latest(facts: Facts) -> Iterable[str]:
    for tests in series(facts.case).values():
        one = tests[-1]
        yield f"{one.label}: {shown(one.difference, one.low, one.high, one.unit)} on {one.day}"


def deload_fatigue(facts: Facts) -> Decision | None:
    """D-DELOAD-FATIGUE."""
    rule, advice = "D-DELOAD-FATIGUE", facts.advised("deload")
    if not advice:
        return None
    week = facts.coming_week
    light = week is not None and week.load in ("deload", "taper", "test")
    asked = ask(facts, "deload_week", rule, f"The week of {facts.coming} is light.", since=facts.coming,
                until=facts.sunday)  # fmt: skip
    own = " The plan already has a light week there." if light else ""
    return decide(
        rule, f"{advice[0].text}{own}", evidence=(facts.answer_of("strain_twice"), _outside(facts)),
        unless=("One of the last two days inside your own range.",), ask=() if light else (asked,),
    )  # fmt: skip


def _outside(facts: Facts) -> str:
    outside = {one.day: one.text for one in readings(facts.case, day=facts.case.today) if one.outside}
    return "; ".join(list(outside.values())[-2:])


def deload_due(facts: Facts) -> Decision | None:
    """D-DELOAD-DUE: the plan's own light week is named; nothing is asked."""
    week = facts.coming_week
    if week is None or week.load != "deload":
        return None
    return decide("D-DELOAD-DUE", f"The week of {week.monday} is light, as the plan has it.",
                  evidence=(f"week {week.number} of the plan",),
                  unless=("A plan without a light week there.",))  # fmt: skip
