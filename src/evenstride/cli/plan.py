"""`evenstride plan`: the programme made, shown, explained, moved, locked, exported, taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.cli.show import print_json, tell, waiting
from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import Plan
from evenstride.service.home import Home, open_home
from evenstride.service.plan import Made
from evenstride.service.where import Where

if TYPE_CHECKING:
    from evenstride.report.plan_beside import PlanBeside
    from evenstride.service.plan_why import Why

WHERE_NEXT = (
    "What one session asks for, and why: evenstride plan why SESSION (a date will do). "
    "To a calendar or a watch: evenstride plan export --ics plan.ics --fit workouts"
)


def plan_make_command(
    *,
    weeks: int,
    start: date | None,
    ics: Path | None,
    csv_file: Path | None,
    runs: tuple[str, ...],
    no_runs: tuple[str, ...],
    as_json: bool,
    where: Where,
) -> int:
    """Make a plan, keep it, and print it."""
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_document import plan_document
    from evenstride.report.plan_terminal import print_plan
    from evenstride.service.plan import make
    from evenstride.service.plan_beside import beside_plan
    from evenstride.service.plan_runs import CalendarWords

    words = CalendarWords(ics=ics, csv=csv_file, runs=runs, no_runs=no_runs)
    with open_home(where) as home:
        with waiting(f"Planning {weeks} weeks"):
            made = make(home, weeks=weeks, start=start, calendar=words)
        today = home.today
        beside = beside_plan(home, made.kept.plan) if made.kept else None
    for note in made.notes:
        tell(note)
    if made.kept is None or beside is None:
        return 1
    if made.kept.plan.start < today:
        tell("The plan begins in the past: what lies before today counts as not done until it is logged.")
    if as_json:
        print_json(plan_document(made.kept.plan, beside))
    else:
        print_plan(made.kept.plan, load_catalogue(), today=today, beside=replace(beside, returning=None))
        tell(WHERE_NEXT)
    return 0


def plan_show_command(*, week: str | None, picture: Path | None, as_json: bool, where: Where) -> int:
    """Print, draw or write the plan that holds."""
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_document import plan_document
    from evenstride.report.plan_terminal import print_plan
    from evenstride.service.plan import show
    from evenstride.service.plan_beside import beside_plan

    with open_home(where) as home:
        plan, today = show(home).plan, home.today
        beside = beside_plan(home, plan)
    if picture:
        from evenstride.report.plan_picture import plan_picture
        from evenstride.report.png import write_picture

        write_picture(plan_picture(plan, load_catalogue()), picture)
        tell(f"Picture: {picture}")
    if as_json:
        print_json(plan_document(plan, beside))
    else:
        number = None if week is None else _week_number(plan, week)
        print_plan(plan, load_catalogue(), today=today, week=number, beside=beside)
    return 0


def plan_why_command(asked: str, *, as_json: bool, where: Where) -> int:
    """Say why something stands in the plan, or why it does not."""
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_beside import PlanBeside
    from evenstride.report.plan_terminal import print_session
    from evenstride.report.plan_why import ExerciseTold, print_why_exercise, print_why_rule
    from evenstride.service.plan import show
    from evenstride.service.plan_beside import usable_for
    from evenstride.service.plan_request import returning_now
    from evenstride.service.plan_why import why

    with open_home(where) as home:
        plan = show(home).plan
        usable, returning = usable_for(home, plan), returning_now(home)
    answer = why(plan, asked, usable=usable)
    beside = PlanBeside(left_out=answer.left_out, returning=returning)
    if as_json:
        _print_why(answer, beside)
    elif answer.exercise is not None:
        told = ExerciseTold(
            exercise=answer.exercise, sessions=answer.sessions, left_out=answer.left_out, absence=answer.absence
        )
        print_why_exercise(told, plan, load_catalogue().exercises)
    elif answer.asked == "rule":
        print_why_rule(answer.rules[0], answer.sessions, plan, given_up=answer.given_up)
    else:
        print_session(answer.sessions[0], plan, load_catalogue(), beside=beside)
    return 0


def _print_why(answer: "Why", beside: "PlanBeside") -> None:
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_beside import absence_document
    from evenstride.report.plan_change_document import Aside, why_document

    absent = absence_document(answer.absence, answer.exercise, load_catalogue().exercises)
    document = why_document(
        answer.asked, answer.sessions, rules=answer.rules, exercise=answer.exercise, given_up=answer.given_up,
        aside=Aside(beside=beside, absence=absent),
    )  # fmt: skip
    print_json(document)


def plan_move_command(session: str, day: date, *, as_json: bool, where: Where) -> int:
    """Move a session to another day, and say what changes with it."""
    from evenstride.service.plan import move

    return _changed(lambda home: move(home, session, day), as_json=as_json, where=where)


def plan_lock_command(session: str, *, off: bool, as_json: bool, where: Where) -> int:
    """Lock a session on its day, or let it move again."""
    from evenstride.service.plan import lock

    with open_home(where) as home:
        made = lock(home, session, off=off)
    if as_json:
        _print_change(made)
        return 0
    name = made.session.id if made.session else session
    tell(f"{name} may move again." if off else f"{name} stays on its day whatever else moves.")
    return 0


def plan_undo_command(*, as_json: bool, where: Where) -> int:
    """Take the last plan back."""
    from evenstride.service.plan import undo

    return _changed(undo, as_json=as_json, where=where, may_undo=False)


def plan_replan_command(*, as_json: bool, where: Where) -> int:
    """Plan again from today, around what was missed."""
    from evenstride.service.plan import replan

    return _changed(replan, as_json=as_json, where=where)


def plan_run_command(text: str, *, as_json: bool, where: Where) -> int:
    """Add, remove or move a run of one day, and let the plan follow."""
    from evenstride.service.calendar import read_change
    from evenstride.service.plan import change_runs

    return _changed(lambda home: change_runs(home, read_change(text)), as_json=as_json, where=where)


def plan_run_list_command(*, as_json: bool, where: Where) -> int:
    """List the runs of the coming weeks, and what was said of single days."""
    from evenstride.report.plan_words import run_words, short_day
    from evenstride.service.plan_request import PlanAsked, calendar_for
    from evenstride.store import calendar_entries, plan_in_force

    with open_home(where) as home:
        held = plan_in_force(home.store, home.athlete_id)
        last = held.plan.start + timedelta(weeks=held.plan.weeks, days=-1) if held else home.today
        last = max(last, home.today + timedelta(days=27))
        found = calendar_for(home, PlanAsked(start=home.today, weeks=1, last=last)).runs
        said = [one.said for one in calendar_entries(home.store, home.athlete_id)]
        runs = [run for run in found if home.today <= run.day <= last]
    if as_json:
        entries = [
            {
                "date": run.day.isoformat(), "time": f"{run.at:%H:%M}" if run.at else None, "kind": run.kind,
                "minutes": run.minutes, "km": run.km, "note": run.note or None,
            }
            for run in runs
        ]  # fmt: skip
        print_json({"schema": "evenstride.calendar/1", "runs": entries, "said": said})
        return 0
    for run in runs:
        print(f"{short_day(run.day):<12}{run_words(run)}{f', {run.at:%H:%M}' if run.at else ''}")
    if not runs:
        tell('No runs are known: evenstride athlete change --runs "tue intervals 60, sun long 110".')
    for one in said:
        tell(f"Said: {one}")
    return 0


def plan_export_command(
    *,
    ics: Path | None,
    fit: Path | None,
    csv_file: Path | None,
    html: Path | None,
    pdf: Path | None,
    as_json: bool,
    where: Where,
) -> int:
    """Write the plan for a calendar, a watch, a table or paper."""
    from evenstride.service.plan_export import ExportTo, export_plan

    with open_home(where) as home:
        files = export_plan(home, ExportTo(ics=ics, fit=fit, csv=csv_file, html=html, pdf=pdf))
    if as_json:
        paths = [str(path) for path in files.paths]
        print_json({"schema": "evenstride.plan_export/1", "files": paths, "workouts": files.n_workouts})
        return 0
    for path in (ics, csv_file, html, pdf):
        if path is not None:
            print(path)
    if fit is not None:
        print(f"{fit}: {files.n_workouts} workouts")
    if ics is not None:
        tell("Take the calendar in again after the plan has changed: it replaces what is there.")
    return 0


def tell_conflict(conflict: PlanConflict, *, as_json: bool) -> int:
    """Say why there is no plan: one document, or the sentence with the ways out."""
    if as_json:
        from evenstride.report.plan_document import conflict_document

        print_json(conflict_document(conflict))
        tell(conflict.text)
        return conflict.exit_code
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_changes import conflict_text

    for line in conflict_text(conflict, load_catalogue()).split("\n"):
        tell(line)
    return conflict.exit_code


def _changed(change: Callable[[Home], Made], *, as_json: bool, where: Where, may_undo: bool = True) -> int:
    """Let the plan change, and say how; an unchanged one says so."""
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_terminal import print_difference

    with open_home(where) as home, waiting("Planning"):
        made = change(home)
    if as_json:
        _print_change(made)
        return 0
    if made.kept is not None:
        print_difference(made.difference, catalogue=load_catalogue())
    for note in made.notes:
        tell(note)
    if may_undo and made.kept is not None and not made.difference.nothing:
        tell("To take this back: evenstride plan undo")
    return 0


def _print_change(made: Made) -> None:
    from evenstride.report.plan_change_document import ChangeTold, change_document

    kept = made.kept
    told = ChangeTold(
        athlete=kept.plan.athlete if kept else "", why=kept.why if kept else "", session=made.session, notes=made.notes
    )
    print_json(change_document(made.difference, told))


def _week_number(plan: Plan, text: str) -> int:
    """The number of the week that was asked for: a number as it is, or the week of a day."""
    if text.strip().isdigit() and len(text.strip()) < 4:
        return int(text)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        help_ = "Write a day, 2026-05-04, or a week's number."
        raise InvalidRequest(f"{text!r} is no week.", help=help_) from None
    from evenstride.report.plan_answer import monday, shown_weeks

    for week in shown_weeks(plan):
        if week.monday == monday(day):
            return week.number
    last = plan.start + timedelta(weeks=plan.weeks, days=-1)
    raise InvalidRequest(f"{day} is beyond the plan.", help=f"It goes from {plan.start} to {last}.")
