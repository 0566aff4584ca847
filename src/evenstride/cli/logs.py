"""`evenstride log`: what was done and felt."""

import sys
from typing import Any

import click

from evenstride.cli.show import print_json, tell
from evenstride.model import ChecklistItem, DayLog, RunLog, SessionLog, StoredRun
from evenstride.service.home import open_home
from evenstride.service.logs import (
    DayTold,
    Logged,
    LoggedRun,
    LoggedSession,
    RunTold,
    SessionTold,
    log_day,
    log_run,
    log_session,
    show_logs,
    undo_log,
)
from evenstride.service.where import Where


def log_session_command(session: str | None, *, as_json: bool, where: Where, **fields: Any) -> int:
    """Keep what was done of a session."""
    with open_home(where) as home:
        logged = log_session(home, SessionTold(session=session, **fields))
    if as_json:
        print_json(_session_document(logged))
    else:
        _print_session(logged)
    return 0


def log_run_command(
    run: str | None, *, as_json: bool, after_numbers: bool, block: str | None, where: Where, **fields: Any
) -> int:
    """Keep how a run felt; in a terminal ask for what was not said, before its numbers are shown."""
    named, day = _run_or_day(run, fields.pop("day"))
    said = {
        **fields,
        "run": named,
        "day": day,
        "block": block or "",
        "before_numbers": False if after_numbers else None,
    }
    if _asks(said, as_json=as_json):
        said |= _answers(after_numbers=after_numbers)
    with open_home(where) as home:
        logged = log_run(home, RunTold(**said))
    if as_json:
        print_json(_run_document(logged))
    else:
        _print_run(logged)
    return 0


def log_day_command(*, as_json: bool, where: Where, **fields: Any) -> int:
    """Keep what a morning was like."""
    with open_home(where) as home:
        logged = log_day(home, DayTold(**fields))
    if as_json:
        from evenstride.report.log_document import DAY_SCHEMA, day_log_document, told_document

        print_json(told_document(DAY_SCHEMA, day_log_document(logged.log), stop=logged.stop or None))
    else:
        from evenstride.report.log_terminal import print_day_log

        print_day_log(logged.log, stop=logged.stop)
    return 0


def log_show_command(*, days: int, as_json: bool, where: Where) -> int:
    """Show what was told and what waits."""
    with open_home(where) as home:
        logged = show_logs(home, days=days)
    if as_json:
        print_json(_logs_document(logged))
    else:
        _print_logs(logged)
    return 0


def log_undo_command(*, kind: Any, as_json: bool, where: Where) -> int:
    """Take the last entry back."""
    with open_home(where) as home:
        found, gone = undo_log(home, kind)
    if as_json:
        print_json({"schema": "evenstride.log_undone/1", "kind": found, "date": gone.log.day.isoformat()})
    else:
        from evenstride.report.log_terminal import told_words

        day, what, told = told_words(gone.log)
        tell(f"Taken back: {day}, {what}: {told}.")
    return 0


# -- sessions -------------------------------------------------------------------------------------------------------


def _session_document(logged: LoggedSession) -> dict[str, Any]:
    from evenstride.report.log_document import (
        SESSION_SCHEMA,
        dose_document,
        score_document,
        session_log_document,
        told_document,
    )

    compared = [
        {"exercise": one.exercise, "side": one.side, "asked": dose_document(one.asked), "reps": list(one.reps),
         "load_kg": one.load_kg, "less": one.less, "more": one.more}
        for one in logged.compared
    ]  # fmt: skip
    return told_document(
        SESSION_SCHEMA, session_log_document(logged.log), compared=compared, score=score_document(logged.score),
        corrected=logged.corrected, warnings=list(logged.warnings), notes=list(logged.notes),
    )  # fmt: skip


def _print_session(logged: LoggedSession) -> None:
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.log_terminal import (
        Line,
        done_words,
        hurting_words,
        pain_words,
        print_session_log,
        score_words,
    )

    log, catalogue = logged.log, load_catalogue().exercises
    lines = [
        Line(
            exercise=one.exercise, side=one.side, asked=one.asked,
            done=done_words(one.reps, one.load_kg, seconds=one.asked is not None and one.asked.hold_s is not None),
            remark="less than asked" if one.less else "more than asked" if one.more else "",
        )
        for one in logged.compared
    ]  # fmt: skip
    facts = {
        "load": f"{log.load:.0f} (effort × minutes)" if log.load is not None else "",
        "self-check": score_words(logged.score) if log.self_check else "",
        "pain": "; ".join((*hurting_words(log, catalogue), *(pain_words(one) for one in log.pain))),
        "told again": "the earlier log stays in the history" if logged.corrected else "",
        "mind": " ".join(logged.warnings),
        "note": " ".join((log.note, *logged.notes)).strip(),
    }
    print_session_log(log, lines, facts=facts, exercises=catalogue)


# -- runs -----------------------------------------------------------------------------------------------------------


def _run_or_day(text: str | None, day: Any) -> tuple[str | None, Any]:
    """A day alone names the run of that day, if there is one; anything else is a run's own name."""
    from datetime import date

    if text is None:
        return None, day
    try:
        return None, date.fromisoformat(text.strip())
    except ValueError:
        return text.strip(), day


def _asks(said: dict[str, Any], *, as_json: bool) -> bool:
    quiet = ("ratings", "harder", "effort_0_10", "pains", "cues", "note", "coach")
    return not as_json and sys.stdin.isatty() and not any(said[name] for name in quiet)


def _answers(*, after_numbers: bool) -> dict[str, Any]:
    """Ask one question after the other; Enter leaves one out."""
    from evenstride.review.checklist import load_checklists

    tell("How did the run feel? 0 to 4 each; Enter leaves a question out. The numbers come after it.")
    ratings = [f"{item.id} {value}" for item in load_checklists()["run"] if (value := _ask_item(item)) is not None]
    legs = click.Choice(("left", "right", "even", ""))
    harder = click.prompt("Which leg worked harder", type=legs, default="", show_default=False, err=True)
    effort = click.prompt("Effort, 0 to 10", type=_number_or_none(10), default="", show_default=False, err=True)
    return {
        "ratings": tuple(ratings), "harder": harder or None, "effort_0_10": effort if effort != "" else None,
        "before_numbers": not after_numbers,
    }  # fmt: skip


def _ask_item(item: ChecklistItem) -> int | None:
    question = f"{item.question} (0 {item.low}, 4 {item.high})"
    found = click.prompt(question, type=_number_or_none(4, whole=True), default="", show_default=False, err=True)
    return None if found == "" else int(found)


def _number_or_none(most: float, *, whole: bool = False) -> Any:
    def read(text: str) -> float | str:
        if not text.strip():
            return ""
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            raise click.BadParameter(f"a number from 0 to {most:g}, or Enter.") from None
        if not 0 <= value <= most:
            raise click.BadParameter(f"a number from 0 to {most:g}, or Enter.")
        return value

    return read


def _run_numbers(run: StoredRun | None) -> str:
    """The run's own answer, which is shown only after the runner's."""
    if run is None:
        return ""
    from evenstride.report.words import answer

    return answer(run.recordings[0].report).text


def _run_document(logged: LoggedRun) -> dict[str, Any]:
    from evenstride.report.felt_document import block_document
    from evenstride.report.log_document import RUN_SCHEMA, run_log_document, score_document, told_document

    return told_document(
        RUN_SCHEMA, run_log_document(logged.log), score=score_document(logged.score),
        numbers=_run_numbers(logged.run) or None, notes=list(logged.notes),
        block_effect=block_document(logged.block) if logged.block else None,
    )  # fmt: skip


def _print_run(logged: LoggedRun) -> None:
    from evenstride.report.log_terminal import item_labels, print_run_log

    labels = item_labels()
    rated = ", ".join(f"{labels.get(name, name)} {value}" for name, value in logged.log.items.items())
    file = _run_numbers(logged.run) or "no file of this run is kept; it counts all the same"
    print_run_log(
        logged.log, logged.score,
        facts={
            "rated": rated, "the file": file, "blocks": logged.block.text if logged.block else "",
            "note": " ".join((logged.log.note, *logged.notes)).strip(),
        },
    )  # fmt: skip


# -- all ------------------------------------------------------------------------------------------------------------


def _logs_document(logged: Logged) -> dict[str, Any]:
    from evenstride.report import log_document as documents
    from evenstride.report.felt_document import block_document
    from evenstride.review.checklist import agreement

    runs = [one.log for one in logged.runs]
    return {
        "schema": documents.SCHEMA,
        "since": logged.since.isoformat(),
        "sessions": [documents.session_log_document(one.log) for one in logged.sessions],
        "runs": [documents.run_log_document(one) for one in runs],
        "days": [documents.day_log_document(one.log) for one in logged.days],
        "checklist_trend": documents.trend_document(logged.trend),
        "load": [documents.load_document(one) for one in logged.load],
        "agreement": documents.agreement_document(agreement(runs)),
        "block_effects": [block_document(one) for one in logged.blocks],
        "waiting": documents.waiting_document(
            logged.waiting.sessions, logged.waiting.runs, morning=logged.waiting.morning
        ),
    }


def _print_logs(logged: Logged) -> None:
    from evenstride.report.log_terminal import (
        agreement_words,
        load_words,
        print_logs,
        told_words,
        trend_words,
        waiting_words,
    )
    from evenstride.review.checklist import agreement

    entries: list[SessionLog | RunLog | DayLog] = [one.log for one in logged.sessions]
    entries += [one.log for one in logged.runs]
    entries += [one.log for one in logged.days]
    entries.sort(key=lambda log: log.day)
    facts = {
        "checklist": trend_words(logged.trend),
        "load": load_words(logged.load),
        "coach": agreement_words(agreement([one.log for one in logged.runs])),
        "blocks": " ".join(f"{one.run}: {one.text}" for one in logged.blocks),
    }
    waits = waiting_words(logged.waiting.sessions, logged.waiting.runs, morning=logged.waiting.morning)
    print_logs([told_words(one) for one in entries], waits=waits, facts=facts)
