"""Runs told: how they felt, or how they looked to a coach."""

from datetime import date

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import RunLog, StoredRun
from evenstride.model.profile import RunKind
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.checklist import load_checklists, run_score
from evenstride.service.felt import block_effect_of
from evenstride.service.home import Home
from evenstride.service.log_text import read_pain, read_ratings
from evenstride.service.log_text.words import slug, suggestion
from evenstride.service.logs.shared import checked, past_day, plain
from evenstride.service.logs.told import LoggedRun, RunTold
from evenstride.service.logs.waiting import recent_runs, run_day, runs_waiting
from evenstride.service.trials import keep_told, run_note
from evenstride.store import add_run_log, plan_in_force, run_logs

DEVICE_FREE_EVERY = 5
"""One run in so many may be run without looking at the device."""


def log_run(home: Home, told: RunTold) -> LoggedRun:
    """Keep how a run felt, or looked to a coach; works with and without a file of the run.

    Raises
    ------
    InvalidRequest
        Nothing was said, the day lies ahead, a word cannot be read, or several runs of that day are kept.
    UnknownEntry
        There is no such run.
    """
    run, day = run_meant(home, told.run, told.day)
    log = checked(lambda: RunLog(
        day=day, run=run.id if run else "", items=read_ratings(told.ratings, load_checklists()["run"]),
        harder=told.harder, effort_0_10=told.effort_0_10, by="coach" if told.coach else "runner",
        minutes=_minutes(told, run), name=plain(told.coach), before_numbers=told.before_numbers,
        without_device=told.without_device, pain=tuple(read_pain(one) for one in told.pains),
        cues=tuple(_cue(one) for one in told.cues), block=told.block, first=told.first, note=told.note,
        kind=told.kind or _planned_kind(home, day),
    ))  # fmt: skip
    bare = RunLog(day=day, run=log.run, by=log.by, name=log.name, minutes=log.minutes, kind=log.kind)
    if log == bare and told.minutes is None and told.kind is None:
        raise InvalidRequest(
            "Nothing was said of the run.", help='For example --effort 6 --rate "limb alignment 3, arm swing 4".'
        )
    entry = add_run_log(home.store, home.athlete_id, log, home.now)
    kept = entry.log
    keep_told(home)
    block = block_effect_of(home, kept.run) if kept.block and kept.run and kept.by == "runner" else None
    return LoggedRun(
        log=kept, score=run_score(kept), run=run, notes=_run_notes(home, kept), block=block, number=entry.number
    )


def run_meant(home: Home, name: str | None, day: date | None) -> tuple[StoredRun | None, date]:
    """Return the kept run that is meant and its day; no run where no file of that day is kept.

    Without a name and a day it is today's run, else the latest of the last fortnight without a checklist.
    """
    kept = recent_runs(home, day)
    if name:
        found = [one for one in kept if one.id == name] or [one for one in recent_runs(home, None, all_of=True)
                                                            if one.id == name]  # fmt: skip
        if not found:
            raise UnknownEntry(f"There is no run {name}.", help="evenstride run list shows them.")
        return found[0], date.fromisoformat(found[0].id[:10])
    if day is None:
        waits = [one for one in kept if one.id in runs_waiting(home)]
        of_today = [one for one in kept if run_day(one) == home.today]
        day = home.today if of_today or not waits else run_day(waits[-1])
    past_day(home, day, what="a run")
    of_day = [one for one in kept if run_day(one) == day]
    if len(of_day) > 1:
        open_ones = [one for one in of_day if one.id in runs_waiting(home)]
        if len(open_ones) != 1:
            raise InvalidRequest(
                f"Several runs of {day} are kept.", help=f"Say which: {', '.join(one.id for one in of_day)}."
            )
        of_day = open_ones
    return (of_day[0] if of_day else None), day


def _minutes(told: RunTold, run: StoredRun | None) -> float | None:
    """As said, else as long as the file says that the run was; a coach tells no minutes."""
    if told.minutes is not None or run is None or told.coach:
        return told.minutes
    return round(run.duration_s / 60.0, 1)


def _planned_kind(home: Home, day: date) -> RunKind | None:
    """The kind of the day's planned run, where the plan has just one."""
    held = plan_in_force(home.store, home.athlete_id)
    kinds = [one.kind for one in held.plan.runs if one.day == day] if held else []
    return kinds[0] if len(kinds) == 1 else None


def _cue(text: str) -> str:
    cues = [one.id for one in load_catalogue().cues]
    asked = slug(text)
    near = [one for one in cues if one == asked] or [one for one in cues if one.startswith(asked)]
    if len(near) == 1:
        return near[0]
    raise InvalidRequest(f"There is no cue {text!r}.{suggestion(asked, cues)}", help=f"There are: {', '.join(cues)}.")


def _run_notes(home: Home, log: RunLog) -> tuple[str, ...]:
    of_trial = run_note(home, log.run) if log.run and log.by == "runner" else ""
    return (*_device_note(home, log), *((of_trial,) if of_trial else ()))


def _device_note(home: Home, log: RunLog) -> tuple[str, ...]:
    own = [one.log for one in run_logs(home.store, home.athlete_id) if one.log.by == "runner"]
    last = own[-DEVICE_FREE_EVERY:]
    if log.by == "coach" or len(last) < DEVICE_FREE_EVERY or any(one.without_device for one in last):
        return ()
    return ("One run in five without looking at the device keeps the feeling honest: --without-device marks it.",)
