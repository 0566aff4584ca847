"""The log: what was done and felt, told in a minute, corrected with its history in sight, taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.model import DayLog, Pain, PainKind, RedFlag, RunLog, SessionLog, StoredRun
from evenstride.model.profile import RunKind, Units
from evenstride.model.sites import SITES
from evenstride.report.log_terminal import told_words
from evenstride.report.numbers import day_words
from evenstride.report.plan_words import dose_words, effort_words, exercise_name, session_words, short_day
from evenstride.report.units import as_typed
from evenstride.report.words import answer as run_answer
from evenstride.service.home import Home
from evenstride.service.logs import (
    ExerciseAsked,
    KeptEntry,
    Logged,
    LoggedSession,
    LogKind,
    RunAsked,
    SessionAsked,
    SessionTold,
    day_asked,
    known_exercises,
    lately,
    log_day,
    log_run,
    log_session,
    run_asked,
    session_as_told,
    session_asked,
    take_back,
)
from evenstride.web.answers import done, is_htmx, page, part
from evenstride.web.home import HomeHere
from evenstride.web.log_forms import (
    OUTSIDE_ROWS,
    FormHere,
    day_in,
    day_told,
    outside_told,
    run_told,
    session_told,
)
from evenstride.web.log_shown import day_shown, run_shown, session_shown

router = APIRouter()

PLACES = tuple(dict.fromkeys(one.region.replace("_", " ") for one in SITES))
"""Where it can hurt, as the rules know it."""
KINDS = tuple(one for one in get_args(PainKind) if one)
FLAGS: tuple[RedFlag, ...] = get_args(RedFlag)
DAYS_OPEN = 3
"""So many of the last days stand open."""
OUTSIDE_KINDS = ("strength", "mobility", "micro", "drills", "test")


@router.get("/log")
def show(request: Request, here: HomeHere, session: str = "", run: str = "", morning: str | None = None) -> Response:
    """Show what waits and what was told; with a name behind it, the form of that."""
    if session:
        return done(request, f"/log/sessions/{session}")
    if run:
        return done(request, f"/log/runs/{run}")
    if morning is not None:
        return done(request, f"/log/mornings/{morning or here.today}")
    return page(request, "log.html", **_hub(here))


@router.get("/log/day")
def late(request: Request, day: date, here: HomeHere, what: str = "morning") -> Response:  # noqa: ARG001  a form's way
    """Go to what can still be told of a day that is over."""
    return done(request, f"/log/runs/{day}" if what == "run" else f"/log/mornings/{day}")


@router.post("/log/undo/{kind}/{number}")
def undo(request: Request, kind: LogKind, number: int, here: HomeHere) -> Response:
    """Take one entry back; what it had corrected holds again."""
    gone = take_back(here, kind, number)
    day, what, told = told_words(gone.log)
    values = _hub(here) | {"heard": f"{day}, {what}: {told}"}
    return part(request, "parts/log_hub.html", **values) if is_htmx(request) else page(request, "log.html", **values)


def _hub(here: Home) -> dict[str, Any]:
    found = lately(here)
    waits = found.waiting
    return {
        "today": here.today,
        "sessions": [(one, session_words(one), short_day(one.day)) for one in reversed(waits.sessions)],
        "runs": [(name, short_day(date.fromisoformat(name[:10]))) for name in reversed(waits.runs)],
        "morning": waits.morning,
        "n": len(waits.sessions) + len(waits.runs) + waits.morning,
        "days": _days(_entries(found)),
        "days_open": DAYS_OPEN,
        "heard": "",
    }


def _entries(found: Logged) -> list[dict[str, Any]]:
    """What was told, the newest day first, each with the address that corrects it."""
    kinds: tuple[tuple[LogKind, Sequence[KeptEntry[Any]]], ...] = (
        ("session", found.sessions), ("run", found.runs), ("day", found.days),
    )  # fmt: skip
    every = [(kind, one) for kind, entries in kinds for one in entries]
    every.sort(key=lambda entry: (entry[1].log.day, entry[1].logged), reverse=True)
    return [_entry(kind, one) for kind, one in every]


def _days(entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Entries by their day."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in entries:
        found.setdefault(one["day"], []).append(one)
    return list(found.items())


def _entry(kind: LogKind, one: KeptEntry[Any]) -> dict[str, Any]:
    day, what, told = told_words(one.log)
    return {
        "kind": kind, "number": one.number, "day": day, "what": _named(one.log) or what, "told": told,
        "address": _address(one.log), "removed": one.removed,
    }  # fmt: skip


def _versions(here: Home, kind: LogKind, history: Sequence[KeptEntry[Any]]) -> list[dict[str, Any]]:
    """Every version of an entry, with the moment in which it was logged where the athlete lives."""
    zone = ZoneInfo(here.profile.timezone)
    moments = [one.logged.astimezone(zone) for one in history]
    return [
        _entry(kind, one) | {"at": f"{day_words(at.date())}, {at:%H:%M}"}
        for one, at in zip(history, moments, strict=True)
    ]  # fmt: skip


def _address(log: SessionLog | RunLog | DayLog) -> str:
    if isinstance(log, SessionLog):
        return f"/log/sessions/{log.session}" if log.session else ""
    if isinstance(log, RunLog):
        return f"/log/runs/{log.run or log.day}" if log.by == "runner" else ""
    return f"/log/mornings/{log.day}"


def _named(log: SessionLog | RunLog | DayLog) -> str:
    """A session by what it was and not by the name that the plan keeps it under."""
    from evenstride.report.plan_words import KINDS as SESSION_KINDS
    from evenstride.report.plan_words import TITLES

    if not isinstance(log, SessionLog) or not log.session:
        return ""
    return TITLES.get((log.kind, log.type or ""), SESSION_KINDS[log.kind])


# -- sessions -------------------------------------------------------------------------------------------------------


@router.get("/log/sessions/{name}")
def ask_session(request: Request, name: str, here: HomeHere) -> Response:
    """Ask what was different in a session, each exercise and side filled in as prescribed or as it was told."""
    return page(request, "log_session.html", **_session_form(here, session_asked(here, name)))


@router.post("/log/sessions/{name}")
def tell_session(request: Request, name: str, here: HomeHere, form: FormHere) -> Response:
    """Keep what was done of a session."""
    told = session_told(form, session_asked(here, name), here.profile.units)
    return _told(request, here, session_shown(log_session(here, told)), "session", name)


@router.post("/log/sessions/{name}/missed")
def tell_missed(request: Request, name: str, here: HomeHere) -> Response:
    """Keep a session as not done."""
    logged = log_session(here, SessionTold(session=name, missed=True))
    return _told(request, here, session_shown(logged), "session", name)


@router.post("/log/sessions/{name}/mind")
def mind(request: Request, name: str, here: HomeHere, form: FormHere) -> Response:
    """Say while it is being typed what is worth minding; nothing is kept."""
    looked: LoggedSession = session_as_told(here, session_told(form, session_asked(here, name), here.profile.units))
    return part(request, "parts/log_mind.html", warnings=looked.warnings)


@router.get("/log/outside")
def ask_outside(request: Request, here: HomeHere) -> Response:
    """Ask for a session that no plan asked for."""
    names = sorted(((one.name, name) for name, one in known_exercises().items()), key=lambda one: one[0].lower())
    return page(request, "log_outside.html", names=names, rows=range(OUTSIDE_ROWS), kinds=OUTSIDE_KINDS,
                today=here.today, draft=_draft(here, "outside", ""), **_pain_words(()))  # fmt: skip


@router.post("/log/outside")
def tell_outside(request: Request, here: HomeHere, form: FormHere) -> Response:
    """Keep a session that no plan asked for."""
    return _told(request, here, session_shown(log_session(here, outside_told(form, here.profile.units))), "outside", "")


def _session_form(here: Home, asked: SessionAsked) -> dict[str, Any]:
    log = asked.log if asked.log is not None and asked.log.done else None
    return {
        "asked": asked,
        "log": log,
        "title": session_words(asked.session),
        "day_words": short_day(asked.session.day),
        "day": log.day if log else asked.session.day,
        "today": here.today,
        "minutes": log.minutes if log else asked.session.minutes,
        "exercises": [_exercise_form(one, here.profile.units) for one in asked.exercises],
        "history": _versions(here, "session", asked.history),
        "draft": _draft(here, "session", asked.session.id),
        **_pain_words(log.pain if log else ()),
    }


def _typed(load_kg: float | None, units: Units) -> float | None:
    return None if load_kg is None else float(as_typed(load_kg, "mass", units))


def _exercise_form(one: ExerciseAsked, units: Units) -> dict[str, Any]:
    planned, log = one.asked, one.log
    both = planned.both if planned else None
    doses = {"left": both or (planned.left if planned else None), "right": both or (planned.right if planned else None)}
    held = any(dose is not None and dose.hold_s is not None for dose in doses.values())
    sides = {
        "left": (log.left_reps, _typed(log.left_load_kg, units), log.clean_left, log.left_in_reserve),
        "right": (log.right_reps, _typed(log.right_load_kg, units), log.clean_right, log.right_in_reserve),
    }
    asked_sides = [side for side in ("left", "right") if doses[side] is not None or sides[side][0]]
    loaded = one.known is None or one.known.load_type != "none"
    return {
        "name": one.known.name if one.known else exercise_name(log.exercise, {}),
        "left": dose_words(planned.left) if planned and planned.left else None,
        "right": dose_words(planned.right) if planned and planned.right else None,
        "both": dose_words(both) if both else None,
        "effort": effort_words(planned) if planned else "",
        "held": held,
        "loaded": loaded and not any(dose is not None and dose.band for dose in doses.values()),
        "columns": [("both", sides["left"])] if both else [(side, sides[side]) for side in asked_sides],
        "sets": {
            "both" if both else side: max(len(sides[side][0]), _sets(doses[side])) for side in asked_sides
        },
        "left_out": one.left_out,
        "stopped": log.stopped_early,
        "pain": Pain(value_0_10=log.pain_0_10, site=log.pain_site, side=log.pain_side, kind=log.pain_kind),
    }  # fmt: skip


def _sets(dose: Any) -> int:
    return dose.sets if dose is not None else 0


# -- runs -----------------------------------------------------------------------------------------------------------


@router.get("/log/runs/{name}")
def ask_run(request: Request, name: str, here: HomeHere) -> Response:
    """Ask how a run felt; its numbers come after that."""
    return page(request, "log_run.html", **_run_form(here, run_asked(here, *_run_or_day(name))))


@router.post("/log/runs/{name}")
def tell_run(request: Request, name: str, here: HomeHere, form: FormHere) -> Response:
    """Keep how a run felt, and only then say what was measured."""
    asked = run_asked(here, *_run_or_day(name))
    told = run_told(
        form, run=asked.run.id if asked.run else None, day=asked.day, items=asked.items,
        corrected=asked.log is not None,
    )  # fmt: skip
    logged = log_run(here, told)
    return _told(request, here, run_shown(logged, numbers=_numbers(asked.run)), "run", name)


def _run_or_day(name: str) -> tuple[str | None, date | None]:
    """A day alone means the run of that day, whether a file of it is kept or not."""
    try:
        return None, date.fromisoformat(name)
    except ValueError:
        return name, None


def _numbers(run: StoredRun | None) -> str:
    return run_answer(run.recordings[0].report).text if run else ""


def _run_form(here: Home, asked: RunAsked) -> dict[str, Any]:
    return {
        "asked": asked,
        "log": asked.log,
        "day_words": short_day(asked.day),
        "minutes": asked.run.duration_s / 60.0 if asked.run else None,
        "kinds": get_args(RunKind),
        "history": _versions(here, "run", asked.history),
        "numbers": _numbers(asked.run) if asked.log is not None and asked.log.items else "",
        "draft": _draft(here, "run", asked.run.id if asked.run else asked.day.isoformat()),
        **_pain_words(asked.log.pain if asked.log else ()),
    }


# -- mornings -------------------------------------------------------------------------------------------------------


@router.get("/log/mornings/{day}")
def ask_morning(request: Request, day: str, here: HomeHere) -> Response:
    """Ask what a morning was like."""
    asked = day_asked(here, day_in(day))
    log = asked.log
    stiff = {(one.joint, one.side): one.value_0_10 for one in log.stiffness} if log else {}
    return page(
        request, "log_morning.html", asked=asked, log=log, day=asked.day, day_words=short_day(asked.day),
        is_today=asked.day == here.today, today=here.today, flags=FLAGS, stiff=stiff,
        history=_versions(here, "day", asked.history), draft=_draft(here, "day", asked.day.isoformat()),
        **_pain_words(log.pain if log else ()),
    )  # fmt: skip


@router.post("/log/mornings/{day}")
def tell_morning(request: Request, day: str, here: HomeHere, form: FormHere) -> Response:
    """Keep what a morning was like; what a red flag means is said at once."""
    asked = day_asked(here, day_in(day))
    logged = log_day(here, day_told(form, day=asked.day, joints=asked.joints))
    return _told(request, here, day_shown(logged), "day", asked.day.isoformat())


# -- all ------------------------------------------------------------------------------------------------------------


def _told(request: Request, here: Home, shown: Mapping[str, Any], kind: str, name: str) -> Response:
    """Answer with what was kept; its draft is not needed any more."""
    values = {**shown, "draft": _draft(here, kind, name), "more": lately(here).waiting}
    if is_htmx(request):
        return part(request, "parts/log_told.html", **values)
    return page(request, "log_told.html", **values)


def _draft(here: Home, kind: str, name: str) -> str:
    """The name under which a browser keeps what was typed and not yet sent; pounds are not kilograms."""
    counted = "" if here.profile.units == "metric" else f":{here.profile.units}"
    return f"evenstride:{here.athlete_id}:{kind}:{name}{counted}"


def _pain_words(pains: Sequence[Pain]) -> dict[str, Any]:
    return {"pains": pains, "places": PLACES, "pain_kinds": KINDS}
