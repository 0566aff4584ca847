"""What reviews and coaches ask for and a plan does not have, each with its reason."""

from collections.abc import Iterator, Sequence
from datetime import date

from evenstride.model import Adjustment, CalendarRun, GivenUp, PlannedSession, PlanRequest, SessionTemplate
from evenstride.plan.asked import RULE, ahead
from evenstride.plan.filling import TEMPLATE_WORDS
from evenstride.plan.weeks import last_day, nothing_new

NOTE_WORDS = "as a review asks"
_RUNS = {"alternating_block": ("intervals", "interval"), "late_technique": ("long", "long")}


def unmet(request: PlanRequest, sessions: Sequence[PlannedSession], runs: Sequence[CalendarRun]) -> Iterator[GivenUp]:
    """Yield what is asked for in days of the plan and stands nowhere in it; tests are said where they are placed."""
    for one in ahead(request, "redistribute", "change_stimulus", "alternating_block", "late_technique"):
        day = max(one.since, request.start)
        here = [two for two in sessions if one.covers(two.day) and two.kind == "strength"]
        why = (
            _no_set_more(request, one, here) if one.kind == "redistribute"
            else _no_other(request, here) if one.kind == "change_stimulus"
            else _no_note(one, runs)
        )  # fmt: skip
        if why:
            yield GivenUp(rule=RULE, day=day, text=why)
    for template in request.templates:
        if template.since <= last_day(request) and (template.until is None or template.until >= request.start):
            yield from _not_used(request, template, sessions)


def _no_set_more(request: PlanRequest, asked: Adjustment, here: Sequence[PlannedSession]) -> str:
    finding = request.finding
    favoured = finding.limb if finding is not None and finding.action == "do" else "undetermined"
    if favoured != asked.side:
        return f"no set more for the {asked.side} leg: it is not the one to favour, and else both legs do the same"
    lines = [line for one in here for line in one.exercises]
    if any(line.left and line.right and line.left.sets != line.right.sets for line in lines):
        return ""
    return f"no set more for the {asked.side} leg: no loading session of these days has room for one"


def _no_other(request: PlanRequest, here: Sequence[PlannedSession]) -> str:
    if request.finding is None or not request.finding.emphases:
        return "no other exercises for the same aim: the finding stresses nothing"
    if any(NOTE_WORDS in line.because for one in here for line in one.exercises):
        return ""
    if here and all(nothing_new(one.day, request.profile) for one in here):
        return "no other exercises for the same aim: nothing new begins so close to a race"
    return "no other exercises for the same aim: no session of these days has one that could give way to another"


def _no_note(asked: Adjustment, runs: Sequence[CalendarRun]) -> str:
    kind, named = _RUNS[asked.kind]
    here = [run for run in runs if run.kind == kind and asked.covers(run.day)]
    if any(NOTE_WORDS in run.note for run in here):
        return ""
    if not here:
        return f"technique waits: no {named} run stands in these days"
    return f"technique waits: it does not change so close to a race, nor on the way back to running ({named} run)"


def _not_used(request: PlanRequest, template: SessionTemplate, sessions: Sequence[PlannedSession]) -> Iterator[GivenUp]:
    day = max(template.since, request.start)
    here = [one for one in sessions if one.kind in ("strength", "micro") and _covers(template, one.day)]
    if any(because.text.startswith(template.name) and TEMPLATE_WORDS in because.text
           for one in here for because in one.because):  # fmt: skip
        return
    short = here and all(one.kind == "micro" for one in here)
    why = "sessions are short in season" if short else "no strength session of these days could be one"
    yield GivenUp(rule=RULE, day=day, text=f"the coach's session {template.name} is not used: {why}")


def _covers(template: SessionTemplate, day: date) -> bool:
    return template.since <= day and (template.until is None or day <= template.until)
