"""What a plan says of runs: what each may be used for, which one is recorded, and which is longer than it should be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from evenstride.model import (
    Because,
    CalendarRun,
    PlanRequest,
    Reassessment,
)
from evenstride.plan.figures import (
    SPIKE,
    SPIKE_DAYS,
)
from evenstride.plan.return_stages import return_demands
from evenstride.plan.unmet import NOTE_WORDS
from evenstride.plan.weeks import Week, last_day, monday, nothing_new


def noted_runs(request: PlanRequest) -> tuple[CalendarRun, ...]:
    """Return the plan's runs in order of time, with what each may be used for."""
    here = [run for run in request.calendar if request.start <= run.day <= last_day(request) and run.kind != "rest"]
    noted = (replace(run, note=_asked_note(run, request) or run.note or _note(run, request)) for run in here)
    return tuple(sorted(noted, key=lambda run: (run.day, run.at or time.max)))


def _asked_note(run: CalendarRun, request: PlanRequest) -> str:
    """What a review asks of a run; nothing near a race, nor where the way back to running has another one."""
    may = not nothing_new(run.day, request.profile) and run.kind in return_demands(request.return_stage).run_kinds
    words = {
        ("intervals", "alternating_block"): "alternate the repetitions: one with the mind on the left foot, the next on"
        " the right",
        ("long", "late_technique"): "the last part is about technique: shorten or ease the run where form goes, and"
        " record left and right to the end",
    }
    found = [
        text
        for (kind, asked), text in words.items()
        if run.kind == kind and may and any(one.kind == asked and one.covers(run.day) for one in request.adjustments)
    ]
    return "; ".join([*([run.note] if run.note else []), f"{found[0]}, {NOTE_WORDS} (R-REVIEW)"]) if found else ""


def _note(run: CalendarRun, request: PlanRequest) -> str:
    """What a run may be used for beside itself; nothing that changes technique near a race."""
    allowed = return_demands(request.return_stage).run_kinds
    if run.kind not in allowed:
        return "not yet: the way back to running has another session in its place"
    if run.kind == "intervals" and not nothing_new(run.day, request.profile):
        return "alternate the repetitions: one with the mind on the left foot, the next on the right (R-ALT-BLOCK)"
    if run.kind == "long":
        return "record left and right to the end: it shows whether they differ more when tired (R-ALT-BLOCK)"
    return ""


def reassessments(request: PlanRequest, weeks: Sequence[Week]) -> tuple[Reassessment, ...]:
    """Once a week a short look at the tracked difference: in the week's calmest run, else with a stand on each leg."""
    runs = noted_runs(request)
    told = []
    for week in weeks:
        here = [run for run in runs if monday(run.day) == week.monday]
        calm = [run for run in here if not run.hard] or [run for run in here if run.kind == "long"]
        if calm:
            run = calm[0]
            text = f"record left and right in this {run.kind} run: twenty steady minutes are enough"
            told.append(Reassessment(day=run.day, text=text))
        elif week.monday >= request.start:
            told.append(Reassessment(day=week.monday, text="stand on each leg with eyes closed, twice a side"))
    return tuple(told)


def advice(request: PlanRequest) -> tuple[Because, ...]:
    """Runs that are much longer than any of the 30 days before them: said, never a reason to refuse."""
    unit = "km" if request.longest_km is not None else "min"
    longest = request.longest_km if unit == "km" else request.longest_minutes
    lengths: list[tuple[date, float]] = []
    advice = []
    for run in sorted((run for run in request.calendar if run.day <= last_day(request)), key=lambda one: one.day):
        length = run.km if unit == "km" else run.minutes
        if length is None or run.kind == "rest":
            continue
        recent = [other for day, other in lengths if run.day - SPIKE_DAYS <= day < run.day]
        recent += [longest] if longest is not None and run.day - request.today <= SPIKE_DAYS else []
        if recent and run.day >= request.start and length > SPIKE * max(recent):
            text = (
                f"the run of {run.day:%-d %B} ({length:g} {unit}) is more than a tenth longer than any of the 30 days"
                f" before it ({max(recent):g} {unit}); {SPIKE * max(recent):.0f} {unit} would not be"
            )
            advice.append(Because(rule="R-SPIKE", text=text))
        lengths.append((run.day, length))
    pocket = (
        "the daily five minutes of mobility stand where there are free minutes; on other days any quiet corner will do"
    )
    return (*advice, Because(rule="R-MOB-WEEK", text=pocket))
