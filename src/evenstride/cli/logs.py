"""`evenstride log`: what was done and felt."""

from typing import Any

from evenstride.cli import questions
from evenstride.cli.show import print_json, tell
from evenstride.model import DayLog, RunLog, SessionLog, StoredRun
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
    run_meant,
    session_meant,
    show_logs,
    undo_log,
)
from evenstride.service.where import Where


def log_session_command(session: str | None, *, as_json: bool, where: Where, **fields: Any) -> int:
    """Keep what was done of a session; in a terminal ask when nothing was said."""
    said = {"session": session, **fields}
    if questions.in_a_terminal() and not as_json and not any(_told(said, beside=("session", "day"))):
        said |= _session_answers(SessionTold(**said), where)
    with open_home(where) as home:
        logged = log_session(home, SessionTold(**said))
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
    silent = not any(said[name] for name in _SAID_OF_A_RUN) and said["effort_0_10"] is None
    if silent and questions.in_a_terminal() and not as_json:
        said |= _run_answers(RunTold(**said), where) | {"before_numbers": not after_numbers}
    with open_home(where) as home:
        logged = log_run(home, RunTold(**said))
    if as_json:
        print_json(_run_document(logged))
    else:
        _print_run(logged)
    return 0


def log_day_command(*, as_json: bool, where: Where, **fields: Any) -> int:
    """Keep what a morning was like; in a terminal ask when nothing was said."""
    if questions.in_a_terminal() and not as_json and not any(_told(fields, beside=("day",))):
        fields |= _day_answers(fields["day"], where)
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


# -- asked in a terminal --------------------------------------------------------------------------------------------

_SAID_OF_A_RUN = ("ratings", "harder", "pains", "cues", "note", "coach")


def _told(said: dict[str, Any], *, beside: tuple[str, ...]) -> list[bool]:
    """Whether each option was given, beside those that only say what is meant; a nought is an answer."""
    return [(value == 0 and value is not False) or bool(value) for name, value in said.items() if name not in beside]


def _session_answers(asked: SessionTold, where: Where) -> dict[str, Any]:
    """Say which session is meant, then ask whether it was done as planned and what only the runner knows."""
    from evenstride.report.log_terminal import waiting_words
    from evenstride.review.checklist import load_checklists

    with open_home(where) as home:
        planned = session_meant(home, asked)
    tell(f"{waiting_words([planned], (), morning=False)[0]}. Enter leaves a question out.")
    done = questions.Question(
        name="done", text="Done as planned? (yes, missed; what differed can be told with --set)",
        read=questions.one_of({"yes": "as_planned", "missed": "missed"}),
    )  # fmt: skip
    answer = questions.ask([done]).get("done")
    if answer != "as_planned":
        return {"missed": True} if answer else {}
    checklist = load_checklists()["mobility" if planned.kind == "mobility" else "session"]
    own = () if planned.kind == "test" else questions.items(checklist)
    return {"as_planned": True} | questions.ask([_EFFORT, *own, questions.pain_question()])


def _run_answers(asked: RunTold, where: Where) -> dict[str, Any]:
    """Say which run is meant, then ask how it felt; its numbers come after that."""
    from evenstride.report.plan_words import short_day
    from evenstride.review.checklist import load_checklists

    with open_home(where) as home:
        run, day = run_meant(home, asked.run, asked.day)
    named = f" ({run.id})" if run else ""
    tell(f"How did the run of {short_day(day)}{named} feel? 0 to 4 each; Enter leaves a question out.")
    harder = questions.Question(
        name="harder", text="Which leg worked harder (left, right, even)", read=questions.LEGS
    )  # fmt: skip
    return {"run": run.id if run else None, "day": day} | questions.ask(
        [*questions.items(load_checklists()["run"]), harder, _EFFORT, questions.pain_question()]
    )


def _day_answers(day: Any, where: Where) -> dict[str, Any]:
    """Ask what only the runner knows of a morning."""
    from evenstride.report.plan_words import short_day
    from evenstride.service.log_text import read_stiffness

    with open_home(where) as home:
        tell(f"The morning of {short_day(day or home.today)}. Enter leaves a question out.")
    stiff = questions.checked(read_stiffness)
    return questions.ask([
        questions.Question(name="sleep_hours", text="Hours of sleep", read=questions.number(24)),
        questions.Question(name="mood_0_4", text="Mood and energy, 0 to 4", read=questions.number(4, whole=True)),
        questions.Question(name="resting_heart_rate_bpm", text="Resting heart rate, beats a minute",
                           read=questions.number(150, least=20)),
        questions.Question(name="stiff", text="A stiff joint, 0 to 10 (such as left ankle 4)", read=stiff, many=True),
        questions.Question(name="soreness_0_10", text="How sore, 0 to 10", read=questions.number(10)),
        questions.pain_question(),
    ])  # fmt: skip


_EFFORT = questions.Question(name="effort_0_10", text="How hard it was, 0 to 10", read=questions.number(10))


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
