"""A runner's own trial of a cue or drill: planned, started, told day by day, answered at its end, taken back.

Which period a run belongs to is kept as soon as it is known (``Trial.told``), so that a run that turns up late moves
no other.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.judge.smallest import SMALLEST
from evenstride.model import Catalogue, RunPoint, Season, SeasonMetric, Trial, TrialAnswer, TrialPeriod, TrialUnit
from evenstride.model.trial import Better
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.season_weeks import at_reference
from evenstride.review.trial import TrialAsked, analyse_trial, period_today, plan_trial, trial_points
from evenstride.service.home import Home, kept_runs
from evenstride.service.log_text.words import slug, suggestion
from evenstride.service.plan_request import logs_of
from evenstride.service.season import points_of, season_from
from evenstride.store import add_trial, run_logs, side_checks, trial_history, trials, undo_trial

Thing = Literal["cue", "drill"]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
RUNS_WEEKS = 6
"""How many runs a week there are is taken from the last six weeks (our own convention)."""
OVER_SHOWN = timedelta(days=14)
"""For so long a trial that is done is still spoken of among the things of the day (our own convention)."""


@dataclass(frozen=True, kw_only=True)
class TrialWish:
    """What a runner wants to try. ``what``: a cue or drill by its name or the beginning of it; None was not said.

    ``smallest`` is the smallest change worth the trouble, in the metric's unit; ``better`` is needed for levels of both
    legs.
    """

    what: str
    metric: str | None = None
    by: TrialUnit | None = None
    smallest: float | None = None
    pairs: int | None = None
    better: Better | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TrialShown:
    """A trial as it stands: what holds today in one sentence, and what it found (counts only before its end).

    ``name`` is what people call the cue or drill. ``today`` is empty where the trial has ended. ``others`` are the
    other trials on record.
    """

    trial: Trial
    name: str
    today: str
    answer: TrialAnswer
    others: tuple[Trial, ...] = ()


# -- planning and starting -----------------------------------------------------------------------------------------


def planned_trial(home: Home, wish: TrialWish, *, seed: int | None = None) -> Trial:
    """Return the trial that would be started, with what it can and cannot find; nothing is kept.

    A trial by runs begins today, or tomorrow where a run of today is there already: nobody was told of that one.

    Raises
    ------
    InvalidRequest
        No such cue or drill, another trial is running, or no trial of it can be fair (no level of the metric yet, too
        few pairs or runs).
    """
    running = next((one for one in trials(home.store, home.athlete_id) if is_running(one, home.today)), None)
    if running is not None:
        raise InvalidRequest(
            f"A trial of “{trial_name(running)}” is running; two at a time would blur one another.",
            help="evenstride trial end ends it.",
        )
    what, kind = thing_meant(wish.what)
    stored, checks = kept_runs(home), side_checks(home.store, home.athlete_id)
    metric = _metric_meant(season_from(stored, home.profile, checks, today=home.today), wish.metric)
    points = points_of(stored, home.profile, checks, metric=metric.metric, source=metric.source)
    today_is_taken = any(run.start.date() == home.today for run in points)
    asked = TrialAsked(
        id=_new_id(home, what), what=what, kind=kind, began=home.today + DAY * today_is_taken,
        smallest_that_matters=_smallest_that_matters(metric), smallest=wish.smallest, unit=wish.by,
        runs_a_week=_runs_a_week(points, home.today), most_pairs=wish.pairs, better=wish.better, note=wish.note,
    )  # fmt: skip
    return plan_trial(asked, metric, seed=secrets.randbits(31) if seed is None else seed)


def start_trial(home: Home, trial: Trial) -> TrialShown:
    """Keep a planned trial: from now on it says of each run or week whether it is with or without."""
    add_trial(home.store, home.athlete_id, trial, home.now)
    return show_trial(home, trial.id)


def thing_meant(text: str) -> tuple[str, Thing]:
    """Return the cue or drill of a name, and which of both it is.

    Raises
    ------
    InvalidRequest
        There is none of that name (near misses are named), or it is something that stays once it is trained.

    >>> thing_meant("quiet foot"), thing_meant("A-skip")
    (('quiet_foot_strike', 'cue'), ('a_skip', 'drill'))
    """
    catalogue, asked = load_catalogue(), slug(text)
    names = _names(catalogue)
    found = [one for one in names if asked in (one, slug(names[one][0]))]
    found = found or [one for one in names if asked and one.startswith(asked)]
    if len(found) == 1:
        return found[0], names[found[0]][1]
    if len(found) > 1:
        raise InvalidRequest(f"Several cues or drills begin with {text!r}.", help=f"Say which: {', '.join(found)}.")
    if asked in catalogue.exercises:
        raise InvalidRequest(
            f"{catalogue.exercises[asked].name} is trained for weeks and stays: on and off would look alike.",
            help="A trial is for a cue or a running drill.",
        )
    raise InvalidRequest(
        f"There is no cue or drill {text!r}.{suggestion(asked, names)}", help=f"There are: {', '.join(names)}."
    )


def _names(catalogue: Catalogue) -> Mapping[str, tuple[str, Thing]]:
    """Every cue and drill: what people call it, and which of both it is."""
    found: dict[str, tuple[str, Thing]] = {one.id: (one.id.replace("_", " "), "cue") for one in catalogue.cues}
    drills = (one for one in catalogue.exercises.values() if one.family == "drill")
    return found | {one.id: (one.name, "drill") for one in drills}


def trial_name(trial: Trial) -> str:
    """Return what people call the thing on trial."""
    known = _names(load_catalogue()).get(trial.what)
    return known[0] if known else trial.what.replace("_", " ")


def _metric_meant(season: Season, name: str | None) -> SeasonMetric:
    found = [one for one in season.metrics if (one.kind == "index" if name is None else one.metric == name)]
    if found:
        return found[0]
    known = list(dict.fromkeys(one.metric for one in season.metrics))
    if name is None or not known:
        raise InvalidRequest(
            "There are no runs with left and right yet to compare with.",
            help="evenstride import brings them; a trial needs to know how far your runs vary.",
        )
    raise InvalidRequest(
        f"Your runs have no metric {name}.{suggestion(slug(name), known)}", help=f"They have: {', '.join(known)}."
    )


def _smallest_that_matters(metric: SeasonMetric) -> float:
    known = SMALLEST.get(metric.metric)
    return known.value if known else metric.mdc95 or 0.0


def _runs_a_week(points: Sequence[RunPoint], today: date) -> float:
    days = [run.start.date() for run in points if today - RUNS_WEEKS * WEEK < run.start.date() <= today]
    if not days:
        return 0.0
    return len(days) / max(1.0, ((today - min(days)).days + 1) / 7.0)


def _new_id(home: Home, what: str) -> str:
    taken = {one.id for one in trials(home.store, home.athlete_id)}
    names = (f"{home.today}-{what}{f'-{n}' if n > 1 else ''}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


# -- which run is with it and which without ------------------------------------------------------------------------


def keep_told(home: Home) -> None:
    """Keep for each run of the running trial which period it belongs to, as the runner was told.

    Called whenever runs come in, are told of, or the trial is shown; without a running trial it does nothing.
    """
    for trial in trials(home.store, home.athlete_id):
        if trial.ended is None and not _all_told(trial):
            told = _told(trial, _slots(home, trial))
            if told != trial.told:
                add_trial(home.store, home.athlete_id, replace(trial, told=told), home.now)


def trial_today(home: Home, day: date) -> str:
    """Return in one sentence whether the day's run or week is with the thing on trial; empty without a trial.

    Days ahead are told as far as they are known now: by runs, what the next one is.
    """
    said = (_sentence(one, day) for one in trials(home.store, home.athlete_id) if one.ended is None)
    return next((one for one in said if one), "")


def is_running(trial: Trial, day: date) -> bool:
    """Whether it has neither ended nor come to its planned end."""
    return trial.ended is None and not _all_told(trial) and not _weeks_are_over(trial, day)


def _slots(home: Home, trial: Trial) -> tuple[RunPoint, ...]:
    """The runs of a trial's metric and source at the reference conditions; tagged ``exclude`` where without a value."""
    stored, checks = kept_runs(home), side_checks(home.store, home.athlete_id)
    season = season_from(stored, home.profile, checks, today=home.today, metric=trial.metric)
    metric = next((one for one in season.metrics if one.source == trial.source), None)
    valued = {run.run: run for run in at_reference(metric)} if metric else {}
    points = points_of(stored, home.profile, checks, metric=trial.metric, source=trial.source)
    return tuple(
        valued.get(run.run) or replace(run, tags={**run.tags, "exclude": "yes"})
        for run in points
        if run.start.date() <= home.today
    )


def _told(trial: Trial, slots: Sequence[RunPoint]) -> Mapping[str, int]:
    """What was told, and the period of each run that was not told yet; a run without a value has its place too."""
    placed = trial_points(trial, [replace(run, tags={}) for run in slots])
    return {**trial.told, **{point.run: point.period for point in placed}}


def _all_told(trial: Trial) -> bool:
    return trial.unit == "run" and max(trial.told.values(), default=0) >= len(trial.periods)


def _weeks_are_over(trial: Trial, day: date) -> bool:
    last = trial.periods[-1].monday
    return last is not None and day >= last + WEEK


def _last_day(trial: Trial) -> date:
    """The last day of a trial that came to its planned end."""
    last = trial.periods[-1].monday
    return last + 6 * DAY if last else max(date.fromisoformat(run[:10]) for run in trial.told)


def _sentence(trial: Trial, day: date) -> str:
    name = f"Trial of “{trial_name(trial)}”"
    if not is_running(trial, day):
        done = f"{name}: all {trial.unit}s are done; evenstride trial show says what it found."
        return done if day <= _last_day(trial) + OVER_SHOWN else ""
    if trial.unit == "week":
        period = period_today(trial, day)
        first = trial.periods[0].monday or trial.began
        return f"{name}: this week {_words(trial, period)}." if period else f"{name} begins on {_day_words(first)}."
    following = trial.periods[max(trial.told.values(), default=0)]
    of_day = [trial.periods[number - 1] for run, number in sorted(trial.told.items()) if run[:10] == day.isoformat()]
    if of_day:
        after = "with it" if following.on else "without it"
        return f"{name}: today's run was {_words(trial, of_day[-1])}; the next is {after}."
    if day < trial.began:
        return f"{name} begins on {_day_words(trial.began)}."
    return f"{name}: today {_words(trial, following)}."


def _words(trial: Trial, period: TrialPeriod) -> str:
    return f"{'with it' if period.on else 'without it'} (pair {period.pair} of {trial.pairs})"


def _day_words(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B}"


# -- what it found -------------------------------------------------------------------------------------------------


def show_trial(home: Home, named: str | None = None) -> TrialShown:
    """Return a trial as it stands: the one named, else the running one, else the latest.

    Raises
    ------
    UnknownEntry
        There is none, or none of that name.
    """
    keep_told(home)
    every = trials(home.store, home.athlete_id)
    trial = _meant(home, every, named)
    return TrialShown(
        trial=trial, name=trial_name(trial), answer=_answer(home, trial),
        today=_sentence(trial, home.today) if trial.ended is None else "",
        others=tuple(one for one in every if one.id != trial.id),
    )  # fmt: skip


def trial_shown(home: Home, named: str | None = None) -> TrialShown | None:
    """Return a trial as ``show_trial`` does; None where there has been none yet."""
    if named is None and not trials(home.store, home.athlete_id):
        return None
    return show_trial(home, named)


def trial_things() -> tuple[tuple[str, str, Thing], ...]:
    """Return everything that can be put to the test: its name in the catalogue, what people call it, which it is."""
    return tuple((one, *known) for one, known in _names(load_catalogue()).items())


def end_trial(home: Home, named: str | None = None) -> TrialShown:
    """End a trial before its planned end; what it found is said of the pairs that are done.

    Raises
    ------
    InvalidRequest
        It has ended already.
    """
    keep_told(home)
    trial = _meant(home, trials(home.store, home.athlete_id), named)
    if trial.ended is not None:
        raise InvalidRequest(
            f"The trial of “{trial_name(trial)}” ended on {trial.ended}.", help="evenstride trial undo takes that back."
        )
    add_trial(home.store, home.athlete_id, replace(trial, ended=home.today), home.now)
    return show_trial(home, trial.id)


def take_trial_back(home: Home, named: str | None = None) -> tuple[Trial, TrialShown | None]:
    """Take back what was last decided of a trial: its end, or else its start.

    Returns the trial as it was, and as it stands now (None: it is gone). What runs were told stays with its end.

    Raises
    ------
    InvalidRequest
        Without its end it would run beside another one.
    """
    every = trials(home.store, home.athlete_id)
    trial = _meant(home, every, named)
    other = next((one for one in every if one.id != trial.id and is_running(one, home.today)), None)
    if trial.ended is not None and other is not None:
        raise InvalidRequest(
            f"A trial of “{trial_name(other)}” is running; two at a time would blur one another.",
            help="evenstride trial end ends it.",
        )
    left: Trial | None = trial
    while left is not None and left.ended == trial.ended:
        left = undo_trial(home.store, home.athlete_id, trial.id, home.now)
    return trial, show_trial(home, left.id) if left else None


def _meant(home: Home, every: Sequence[Trial], named: str | None) -> Trial:
    if not every:
        raise UnknownEntry("There is no trial yet.", help="evenstride trial start CUE starts one.")
    if named is None:
        running = [one for one in every if is_running(one, home.today)]
        return running[-1] if running else max(every, key=lambda one: _last_change(home, one))
    asked = named.strip()
    found = [one for one in every if one.id == asked] or [one for one in every if slug(asked) in (one.what, one.id)]
    if not found:
        known = ", ".join(one.id for one in every)
        raise UnknownEntry(f"There is no trial {asked}.{suggestion(asked, known.split(', '))}", help=f"Kept: {known}.")
    return found[-1]


def _last_change(home: Home, trial: Trial) -> int:
    return max(one.number for one in trial_history(home.store, home.athlete_id, trial.id) if one.removed is None)


def _answer(home: Home, trial: Trial) -> TrialAnswer:
    """What it found. A run that is left out does not keep a trial open whose last place is taken."""
    slots = _slots(home, trial)
    points = trial_points(trial, slots, kept=_kept_to(home, trial, slots))
    over = replace(trial, ended=trial.ended or _last_day(trial)) if _all_told(trial) else trial
    return analyse_trial(over, points, today=home.today)


def _kept_to(home: Home, trial: Trial, slots: Sequence[RunPoint]) -> Mapping[str, bool]:
    """By run, whether the runner kept to what was drawn, as far as logs tell.

    A cue: the run's log has it among those in mind, or not. A drill: it was logged on a day without it.
    """
    period = {point.run: point for point in trial_points(trial, slots)}
    if trial.kind == "cue":
        logs = {one.log.run: one.log for one in run_logs(home.store, home.athlete_id) if one.log.by == "runner"}
        return {run: (trial.what in logs[run].cues) == one.on for run, one in period.items() if run in logs}
    days = {one.day for one in logs_of(home) if one.done for done in one.exercises if done.exercise == trial.what}
    return {run: not days & _days_of(trial, one.period, one.day) for run, one in period.items() if not one.on}


def _days_of(trial: Trial, number: int, day: date) -> set[date]:
    """The days on which a drill belongs to a run: the week of its period, or its own day."""
    monday = trial.periods[number - 1].monday
    return {day} if monday is None else {monday + n * DAY for n in range(7)}


def run_note(home: Home, run: str) -> str:
    """Return what a run that was just told of is to the running trial; empty where it is not part of one."""
    for trial in trials(home.store, home.athlete_id):
        if trial.ended is None and run in trial.told:
            period = trial.periods[trial.told[run] - 1]
            said = f"Trial of “{trial_name(trial)}”: this run was {_words(trial, period)}."
            log = next((one.log for one in run_logs(home.store, home.athlete_id)
                        if one.log.run == run and one.log.by == "runner"), None)  # fmt: skip
            if trial.kind == "cue" and log is not None and (trial.what in log.cues) != period.on:
                how = f"evenstride log run {run} --cue {trial.what} says that you had it in mind"
                return f"{said} It counts as not kept to{f'; {how}' if period.on else ': you had it in mind'}."
            return said
    return ""
