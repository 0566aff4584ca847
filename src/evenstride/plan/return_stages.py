"""The stages of a return to running as data: what ``return_stages.toml`` says, and the session of a step.

Adding a step is adding a line there; ``docs/methods/return-to-run.md`` shows the table.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from math import ceil
from types import MappingProxyType
from typing import Any, get_args

from evenstride.model import (
    Because,
    ReturnDemands,
    ReturnEntry,
    ReturnSession,
    ReturnStage,
    ReturnState,
    ReturnStep,
    Rule,
    StageOfReturn,
    StrengthBeside,
)
from evenstride.model.profile import RunKind

KM_PER_MILE = 1.609344


@dataclass(frozen=True, kw_only=True)
class ReturnLimits:
    """The figures of the return's rules, each once; ``return_stages.toml`` says what each is."""

    go_on_0_10: float
    hold_0_10: float
    times_least: int
    good_in_a_row: int
    warm_up_minutes: tuple[float, float]
    limb_ratio_pct: float
    stance_s: float
    stance_least_s: float
    evidence_days: int
    rise_0_10: float
    rise_sessions: int
    back_times: int
    back_days: int
    break_days: int
    effort_over: float
    distance_over: float
    walk_mps: float
    run_mps: float
    share_metrics: tuple[str, ...]


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files("evenstride.plan").joinpath("return_stages.toml").read_text(encoding="utf8"))


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}


@cache
def return_limits() -> ReturnLimits:
    """The figures of the rules.

    >>> return_limits().go_on_0_10, return_limits().hold_0_10, return_limits().limb_ratio_pct
    (2, 5, 90)
    """
    return ReturnLimits(**_tuples(_said()["limits"]))


@cache
def return_rules() -> Mapping[str, Rule]:
    """Every rule of the return by its identifier; all of them bind.

    >>> return_rules()["RR-RATIO"].grade
    'convention'
    """
    rows = _said()["rules"].items()
    return MappingProxyType({name: Rule(id=name, binding=True, **row) for name, row in rows})


@cache
def red_flags() -> Mapping[str, tuple[str, str]]:
    """What needs a clinician: identifier → in words, and how soon.

    >>> red_flags()["fever"]
    ('fever', 'today or tomorrow')
    """
    return MappingProxyType({name: (row["text"], row["soon"]) for name, row in _said()["flags"].items()})


@cache
def return_stages() -> tuple[StageOfReturn, ...]:
    """The stages in their order.

    >>> [(stage.id, len(stage.steps)) for stage in return_stages()]
    [('walking', 1), ('walk_run', 6), ('easy', 3), ('drills', 1), ('strides', 2), ('quality', 2)]
    """
    return tuple(_stage(row) for row in _said()["stages"])


def _stage(row: dict[str, Any]) -> StageOfReturn:
    made = _tuples(row) | {
        "steps": tuple(ReturnStep(**{"run_minutes": None} | step) for step in row["steps"]),
        "entry": ReturnEntry(**_tuples(row["entry"])),
        "strength": StrengthBeside(**_tuples(row["strength"])),
    }
    return StageOfReturn(**made)


def stage_of_return(stage: ReturnStage) -> StageOfReturn:
    """One stage by its name.

    >>> stage_of_return("walk_run").steps[0].distance_miles
    1.0
    """
    return next(one for one in return_stages() if one.id == stage)


@cache
def finish_entry() -> ReturnEntry:
    """What must hold before a return is over: the re-check of the last stage."""
    return ReturnEntry(**_tuples(_said()["finish"]))


def step_before(stage: ReturnStage, step: int) -> tuple[ReturnStage, int]:
    """The step below one; below the first there is none, and it is returned itself.

    >>> step_before("easy", 1), step_before("walking", 1)
    (('walk_run', 6), ('walking', 1))
    """
    return _steps()[max(_steps().index((stage, step)) - 1, 0)]


def step_after(stage: ReturnStage, step: int) -> tuple[ReturnStage, int] | None:
    """The step above one, None after the last.

    >>> step_after("walk_run", 6), step_after("quality", 2)
    (('easy', 1), None)
    """
    above = _steps().index((stage, step)) + 1
    return _steps()[above] if above < len(_steps()) else None


@cache
def _steps() -> tuple[tuple[ReturnStage, int], ...]:
    return tuple((stage.id, step) for stage in return_stages() for step in range(1, len(stage.steps) + 1))


def strength_beside(state: ReturnState) -> StrengthBeside:
    """What is trained beside the stage; the once injured leg begins, the other one does no more than it.

    >>> from datetime import date
    >>> day = date(2026, 5, 4)
    >>> beside = strength_beside(ReturnState(side="left", site="calf", began=day, since=day, stage_since=day))
    >>> beside.first, beside.watch
    ('left', ('single_leg_calf_raise',))
    """
    return replace(stage_of_return(state.stage).strength, first=state.side)


def return_demands(stage: ReturnStage | None) -> ReturnDemands:
    """What a plan must leave out beside a stage; None is a runner who is not on the way back.

    >>> return_demands("easy").run_kinds, return_demands("easy").plyometrics, return_demands("strides").plyometrics
    (('easy',), False, True)
    """
    if stage is None:
        text = "No return to running is under way."
        kinds = tuple(kind for kind in get_args(RunKind) if kind != "rest")
        return ReturnDemands(run_kinds=kinds, plyometrics=True, drills=True, because=_because("RR-DEMAND", text))
    one = stage_of_return(stage)
    runs = f"runs: {', '.join(one.run_kinds)} only, as its session says" if one.run_kinds else "no runs"
    text = f"While the stage is {one.label}: {runs}; {'jumps are open' if one.plyometrics else 'no jumps'}."
    return ReturnDemands(
        run_kinds=one.run_kinds, plyometrics=one.plyometrics, drills=bool(one.drills),
        because=_because("RR-DEMAND", text),
    )  # fmt: skip


def _because(rule: str, text: str) -> Because:
    return Because(rule=rule, text=text)


def prescribe(state: ReturnState) -> ReturnSession:
    """The next session of a return, from the step that the runner stands at.

    Notes
    -----
    The distance ends a session. How often walking and running alternate over it, and how long it takes, is about what
    walking at 1.5 and running at 2.5 m/s make of it (our own convention, only to plan the time).

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2026, 5, 4)
    >>> there = ReturnState(side="left", site="calf", began=day, since=day, stage_since=day, stage="walk_run")
    >>> session = prescribe(there)
    >>> session.walk_minutes, session.run_minutes, session.repeats, session.rpe_0_10
    (2, 3, 3, 3)
    >>> print(session.text)
    Warm up for 10–15 min. Walk 2 min, run 3 min, about 3 times, until 1.0 mile (1.6 km) is done, on level ground, no
    hills, effort 3 of 10. Rest from running on the next day.
    """
    if state.referred:
        text = f"No running until a clinician has seen it and released you: {state.referred}"
        return ReturnSession(kind="rest", stage=state.stage, step=state.step, text=text)
    if state.finished_on is not None:
        text = "The return is over: ordinary training, no run longer than 110 % of the longest of the last 30 days."
        return ReturnSession(kind="training", stage=state.stage, step=state.step, text=text)
    stage = stage_of_return(state.stage)
    step = stage.steps[state.step - 1]
    walks = step.run_minutes == 0
    repeats, minutes = _repeats_minutes(step)
    return ReturnSession(
        kind="walk" if walks else "run" if step.run_minutes is None else "walk_run", stage=state.stage, step=state.step,
        text=_session_text(stage, step, repeats), walk_minutes=step.walk_minutes, run_minutes=step.run_minutes,
        repeats=repeats, minutes=minutes, distance_miles=step.distance_miles, distance_km=step_km(step),
        rpe_0_10=step.rpe_0_10, warm_up_minutes=(0.0, 0.0) if walks else return_limits().warm_up_minutes,
        pieces=step.pieces, piece_s=step.piece_s, piece=step.piece, drills=stage.drills, rest_days=stage.rest_days,
        not_before=_not_before(state),
    )  # fmt: skip


def step_km(step: ReturnStep) -> float | None:
    """How far a step goes, in km with one decimal.

    >>> step_km(stage_of_return("walk_run").steps[5])
    3.2
    """
    return None if step.distance_miles is None else round(step.distance_miles * KM_PER_MILE, 1)


def _repeats_minutes(step: ReturnStep) -> tuple[int, float]:
    if step.distance_miles is None:
        return 1, step.walk_minutes
    limits, metres = return_limits(), step.distance_miles * KM_PER_MILE * 1000
    if step.run_minutes is None:
        return 1, float(ceil(metres / limits.run_mps / 60))
    once = 60 * (step.walk_minutes * limits.walk_mps + step.run_minutes * limits.run_mps)
    return ceil(metres / once), float(ceil(metres / once * (step.walk_minutes + step.run_minutes)))


def _not_before(state: ReturnState) -> date | None:
    if not state.recent:
        return None
    last = max(state.recent, key=lambda log: log.day)
    return last.day + timedelta(days=1 + stage_of_return(last.stage or state.stage).rest_days)


def _session_text(stage: StageOfReturn, step: ReturnStep, repeats: int) -> str:
    effort = f"on level ground, no hills, effort {step.rpe_0_10} of 10"
    if step.distance_miles is None:
        return f"Walk {step.walk_minutes:.0f} min {effort}. Stop where it hurts."
    low, high = return_limits().warm_up_minutes
    one = step.distance_miles == 1
    far = f"{step.distance_miles:.1f} mile{'' if one else 's'} ({step_km(step):.1f} km)"
    if step.run_minutes is None:
        what = f"Run {far} in one piece, {effort}."
    else:
        turns = f"Walk {step.walk_minutes:.0f} min, run {step.run_minutes:.0f} min, about {repeats} times"
        what = f"{turns}, until {far} {'is' if one else 'are'} done, {effort}."
    pieces = f" In it {step.pieces} × {step.piece_s} s of {step.piece}, with full rest." if step.pieces else ""
    drills = f" Before it, drills: {', '.join(stage.drills).replace('_', '-')}." if stage.drills else ""
    rest = "Rest from running on the next day."
    return f"Warm up for {low:.0f}–{high:.0f} min.{drills} {what}{pieces} {rest}"
