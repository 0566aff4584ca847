"""One runner's whole loop on a store of its own, step by step with a simulated clock, and what holds after every step.

``tests/loop_steps.py`` says what may happen; here is what must never happen.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

from evenstride.errors import EvenstrideError
from evenstride.model import BrokenRule, FreeSlot, Plan, PlannedRun, Profile, Review, Side
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import broken_rules
from evenstride.report.plan_document import plan_document
from evenstride.report.review_document import review_document
from evenstride.review.opinions import adjustments_held
from evenstride.service.home import Home
from evenstride.service.logs import show_logs
from evenstride.service.plan import TRAINING
from evenstride.service.plan_beside import beside_plan
from evenstride.service.plan_request import PlanAsked, logs_of, request_for
from evenstride.service.today import coming_days
from evenstride.store import (
    KeptPlan,
    add_athlete,
    close_store,
    find_athlete,
    kept_plans,
    open_store,
    plan_in_force,
    return_states,
    reviews,
)

T = TypeVar("T")
MONDAY = date(2026, 5, 4)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SIDES: tuple[Side, Side] = ("left", "right")
OTHER: dict[Side, Side] = {"left": "right", "right": "left"}
RUNNER = Profile(
    name="Ada",
    mass_kg=64.0,
    runs=(
        PlannedRun(weekday=1, kind="intervals", minutes=60),
        PlannedRun(weekday=3, kind="easy", minutes=45),
        PlannedRun(weekday=6, kind="long", minutes=100),
    ),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 2, 3, 4)),
    equipment=("dumbbell", "band", "low_box", "bench"),
)
KEPT = {
    "plan": "number", "calendar_change": "number", "session_log": "number", "return_state": "number",
    "run_log": "number", "day_log": "number", "review": "number", "trial": "number", "session_template": "number",
    "test_result": "test_id",
}  # fmt: skip
"""Every table of the loop and what names its rows."""
MARKS = ("removed_at", "undone_at", "exported_at")
"""The only columns of a row that may change: that it was taken back, or that a calendar took it."""


class Dice:
    """Where a loop's chances come from; ``below(n)`` is a number from 0 to n − 1. ``mirrored``: sides are exchanged."""

    def __init__(self, below: Callable[[int], int], *, mirrored: bool = False) -> None:
        self.below, self.mirrored = below, mirrored

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return options[self.below(len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Whether it happens."""
        return self.below(100) >= 100 - percent

    def side(self) -> Side:
        """A leg."""
        side = self.pick(SIDES)
        return OTHER[side] if self.mirrored else side

    def legs(self, one: T, other: T) -> tuple[T, T]:
        """What the left and the right leg have."""
        return (other, one) if self.mirrored else (one, other)


@dataclass(kw_only=True)
class Tally:
    """What came of the steps of a loop; ``broken``, ``wrong`` and ``crashes`` must be empty."""

    steps: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    plans: int = 0
    broken: list[tuple[str, BrokenRule]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    crashes: list[tuple[str, str]] = field(default_factory=list)


class Loop:
    """One runner from the first plan on; days only move forward. ``act`` does a step and looks at everything.

    ``held`` is the plan in force after the last step, ``changed`` the first day that the step under way is about.
    """

    def __init__(self, folder: Path, dice: Dice) -> None:
        self.folder, self.dice, self.tally = folder, dice, Tally()
        self.store = open_store(None, folder)
        self.today, self.minute = MONDAY, 0
        moment = datetime.combine(MONDAY - 3 * DAY, time(12), tzinfo=UTC)
        self.athlete_id = add_athlete(self.store, RUNNER, now=moment).id
        self.held: KeptPlan | None = None
        self.changed: date | None = None
        self.trail: list[str] = []
        self._rows: dict[tuple[str, Any], tuple[Any, ...]] = {}

    @property
    def home(self) -> Home:
        """The athlete as known now; every look is a minute later than the one before."""
        self.minute += 1
        moment = datetime.combine(self.today, time(4), tzinfo=UTC) + timedelta(minutes=self.minute)
        profile = find_athlete(self.store, None).profile
        return Home(store=self.store, athlete_id=self.athlete_id, profile=profile, today=self.today, moment=moment)

    def forward(self, days: int) -> None:
        """Let days pass."""
        self.today, self.minute = self.today + days * DAY, 0

    def reopen(self) -> None:
        """Close the store and open it again."""
        close_store(self.store)
        self.store = open_store(None, self.folder)

    def close(self) -> None:
        """Close the store."""
        close_store(self.store)

    # -- a step -------------------------------------------------------------------------------------------------------

    def act(self, name: str, step: Callable[["Loop"], None]) -> None:
        """Do a step; a refusal is one sentence and keeps nothing, anything else that is raised is a crash."""
        before, logged = self.held, self._first_open(self.held)
        self.changed = None
        self.tally.steps[name] += 1
        self.trail.append(f"{self.today} {name}")
        try:
            step(self)
        except EvenstrideError as error:
            self.tally.refused[error.kind] += 1
            self.trail[-1] += f" ({error})"
            if not _is_sentence(error.text):
                self._wrong(f"a refusal is no sentence: {error.text!r}")
            if plan_in_force(self.store, self.athlete_id) != before:
                self._wrong(f"refused, and yet another plan is in force: {error.text}")
        self.held = after = plan_in_force(self.store, self.athlete_id)
        if after is not None and (before is None or after.number > before.number) and "locked" not in after.why[-8:]:
            self._judge(before, after, logged)
        self._look()

    def _look(self) -> None:
        """What holds after every step."""
        self._history_only_grew()
        home = self.home
        found = reviews(self.store, self.athlete_id)
        for one in found:
            for text in unexplained(one.review):
                self._wrong(text)
        json.dumps([coming_days(home, days=2), *(review_document(one.review) for one in found[-1:])], allow_nan=False)
        if (held := self.held) is not None:
            json.dumps(plan_document(held.plan, beside_plan(home, held.plan)), allow_nan=False)

    def told(self) -> tuple[Any, ...]:
        """Everything that the services tell today."""
        home = replace(self.home, moment=datetime.combine(self.today, time(23), tzinfo=UTC))
        own = (self.store, self.athlete_id)
        return (home.profile, kept_plans(*own), reviews(*own), show_logs(home), return_states(*own),
                coming_days(home, days=2))  # fmt: skip

    # -- what must hold -----------------------------------------------------------------------------------------------

    def _first_open(self, held: KeptPlan | None) -> date | None:
        """The first day of the plan in force that may change: the one after the last that something was logged of.

        None: nothing was logged.
        """
        if held is None:
            return None
        days = {log.session: log.day for log in logs_of(self.home) if log.done and log.session}
        logged = [max(days[one.id], one.day) for one in held.plan.sessions if one.id in days]
        return max(logged) + DAY if logged else None

    def _judge(self, before: KeptPlan | None, after: KeptPlan, logged: date | None) -> None:
        """Judge what this step has planned, with the request that the service makes of what is kept now."""
        asked = PlanAsked(start=after.plan.start, weeks=after.plan.weeks, previous=before.plan if before else None)
        if before is not None and after.why != "made":
            asked = self._made_anew(
                before, after, replace(asked, last=after.plan.start + asked.weeks * WEEK - DAY), logged
            )
        plan = part_of(after.plan, asked.start, asked.weeks)
        request, _ = request_for(self.home, replace(asked, locked=tuple(one for one in plan.sessions if one.locked)))
        found = broken_rules(plan, request, load_catalogue())
        self.tally.plans += 1
        # What is past is history: nobody can keep a rule there any more.
        self.tally.broken += [(self.said(), one) for one in found if one.binding and one.day >= self.today]

    def _made_anew(self, before: KeptPlan, after: KeptPlan, asked: PlanAsked, logged: date | None) -> PlanAsked:
        """The days of a plan that were made anew: from the first open one on, or all while nothing was logged."""
        told = {log.session for log in logs_of(self.home) if log.done}
        there = {one.id for one in after.plan.sessions}
        missed = frozenset(
            one.id for one in before.plan.sessions
            if after.why.startswith("made anew") and one.kind in TRAINING and one.day < self.today
            and one.id not in told | there
        )  # fmt: skip
        start, last = asked.start, asked.last or asked.start
        unknown = any(one.kind in TRAINING and one.day < self.today for one in before.plan.sessions)
        if logged is not None or missed or not unknown:
            start = max(start, min(self.changed or self.today, self.today), logged or start)
        return replace(asked, start=start, weeks=ceil((last + DAY - start) / WEEK), missed=missed)

    def _history_only_grew(self) -> None:
        rows = dict(rows_of(self.folder))
        for key, row in self._rows.items():
            if rows.get(key) != row:
                self._wrong(f"the row {key} was rewritten")
        self._rows = rows

    def _wrong(self, text: str) -> None:
        self.tally.wrong.append((self.said(), text))

    def said(self) -> str:
        """The steps so far, the last one last."""
        return "\n".join(self.trail)


def rows_of(folder: Path) -> Iterable[tuple[tuple[str, Any], tuple[Any, ...]]]:
    """Every row ever kept as it stands in the file, without its marks."""
    with sqlite3.connect(f"{(folder / 'evenstride.db').as_uri()}?mode=ro", uri=True) as connection:
        for table, name in KEPT.items():
            cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
            columns = [one[0] for one in cursor.description]
            for row in cursor:
                told = dict(zip(columns, row, strict=True))
                yield (table, told[name]), tuple(value for column, value in told.items() if column not in MARKS)
    connection.close()


def part_of(plan: Plan, start: date, weeks: int) -> Plan:
    """The plan from a day on."""
    monday = start - timedelta(days=start.weekday())
    return replace(
        plan, start=start, weeks=weeks,
        runs=tuple(one for one in plan.runs if one.day >= start),
        sessions=tuple(one for one in plan.sessions if one.day >= start),
        week_list=tuple(one for one in plan.week_list if one.monday >= monday),
        given_up=tuple(one for one in plan.given_up if one.day >= start),
        reassessments=tuple(one for one in plan.reassessments if one.day >= start),
    )  # fmt: skip


def unexplained(review: Review) -> Iterable[str]:
    """What a review says without its rule, its reason, or what would change it."""
    for one in (*review.decisions, *review.exercises):
        if not (one.rule and one.reason.strip() and one.would_change_if and all(one.would_change_if)):
            yield f"a decision without rule, reason or what would change it: {one}"
    named = {one.rule for one in (*review.decisions, *review.exercises)} | {"D-OVERRIDE"}
    for asked in (*review.adjustments, *adjustments_held(review)):
        if not asked.text.strip() or asked.rule not in named:
            yield f"an adjustment without the rule that asks for it: {asked}"


def _is_sentence(text: str) -> bool:
    plain = text.strip()
    return bool(plain) and "\n" not in plain and not plain[0].islower() and plain[-1] in ".?"
