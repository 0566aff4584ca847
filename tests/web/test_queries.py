"""Every page asks the database as often for much as for little: nothing is asked once for each run, log or plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from sqlalchemy import event
from tests.web.seasons import keep_runs

from evenstride.model import DayLog, Decision, ExerciseLog, Review, RunLog, SessionLog, TestResult
from evenstride.store import (
    NewPlan,
    add_day_log,
    add_plan,
    add_review,
    add_run_log,
    add_session_logs,
    add_tests,
    plan_in_force,
    run_entries,
)
from evenstride.web.app import OTHERS, PAGES

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LITTLE, MUCH = 4, 20
TODAY = date(2026, 5, 5)
NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
WITHOUT_DATA = {
    "/welcome", "/who", "/start", "/start/week", "/start/sides", "/start/runs", "/start/tests", "/start/plan",
    "/static/{version}/{name:path}", "/runs/imports/{name}", "/calendar/{secret}.ics", "/runs/{run}/files/{sha256}",
    "/plan/files/workouts.zip", "/plan/files/plan.{form}", "/review/{week}/difference",
    "/runs/{run}/series/{recording}/{place}", "/runs/{run}/trace.svg", "/settings/watched", "/log/day",
    "/figures/{version}/{ink}/{exercise}.{side}.{motion}.svg",
}  # fmt: skip
"""Addresses that show nothing that grows, hand out files, or are parts of a page that is asked for here."""


def tell(store, who, n: int) -> None:
    """Tell n of each thing that there can be many of."""
    held = plan_in_force(store, who)
    assert held is not None
    plan = held.plan
    for back in range(n, 0, -1):
        start = plan.start - back * 3 * WEEK
        add_plan(store, who, NewPlan(plan=replace(plan, start=start), began=start, why="made"), NOW - back * 3 * WEEK)
    add_plan(store, who, NewPlan(plan=plan, began=plan.start, why="made"), NOW)
    keep_runs(store, who, [1.0 + 0.3 * (i % 3) for i in range(2 * n)], before=len(run_entries(store, who)))
    add_tests(store, who, [
        TestResult(test=test, day=TODAY - i * WEEK, left=(20.0 + i,), right=(24.0 + i,))
        for i in range(n) for test in ("single_leg_calf_raise", "single_leg_hop")
    ])  # fmt: skip
    exercise = ExerciseLog(exercise="split_squat", left_reps=(8.0,), right_reps=(8.0,))
    logs = [SessionLog(session=f"s{i}", day=TODAY - i * DAY, exercises=(exercise,), effort_0_10=5.0) for i in range(n)]
    add_session_logs(store, who, logs, NOW)
    for i in range(1, n + 1):
        day = TODAY - i * DAY
        add_day_log(store, who, DayLog(day=day, sleep_hours=7.5), NOW)
        add_run_log(store, who, RunLog(day=day, effort_0_10=4.0, minutes=50.0), NOW)
        decision = Decision(rule="D-HOLD", outcome="hold", reason="Sleep was short.", evidence=("5.5 h",))
        monday = date(2026, 5, 4) - i * WEEK
        add_review(store, who, Review(week=monday, day=monday + 6 * DAY, outcome="hold", decisions=(decision,)), NOW)


def addresses(store, who) -> Mapping[str, str]:
    """Route → an address of it that a store has."""
    held = plan_in_force(store, who)
    assert held is not None
    run = run_entries(store, who)[0].id
    session = next(one for one in held.plan.sessions if one.kind == "strength" and one.day > TODAY)
    past = next(one for one in held.plan.sessions if one.kind == "strength" and one.day < TODAY)
    return {
        "/season": "/season?now=true", "/finding": "/finding?now=true", "/runs/{run}": f"/runs/{run}",
        "/plan/sessions/{session}": f"/plan/sessions/{session.id}",
        "/plan/sessions/{session}/move": f"/plan/sessions/{session.id}/move?quick=true",
        "/plan/days/{day}": f"/plan/days/{session.day}", "/plan/why": "/plan/why?of=split_squat",
        "/tests/{name}": "/tests/single_leg_hop", "/tests/{name}/picture.svg": "/tests/single_leg_hop/picture.svg",
        "/log/sessions/{name}": f"/log/sessions/{past.id}", "/log/runs/{name}": f"/log/runs/{run}",
        "/log/mornings/{day}": f"/log/mornings/{TODAY}", "/library/{exercise}": "/library/split_squat",
    }  # fmt: skip


@pytest.fixture
def asked(client, store, app):
    """How many statements an address sends, when nothing is at hand and when everything is."""

    def count(address: str) -> tuple[int, int]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
                seen.append(statement)

        store.memory.forget()
        if hasattr(app.state, "run_memory"):
            del app.state.run_memory
        event.listen(store.engine, "before_cursor_execute", note)
        try:
            counts = []
            for _ in range(2):
                seen.clear()
                answer = client.get(address)
                assert answer.status_code == 200, (address, answer.status_code)
                counts.append(len(seen))
        finally:
            event.remove(store.engine, "before_cursor_execute", note)
        return counts[0], counts[1]

    return count


def routes(router: APIRouter) -> set[str]:
    """Every address that can be looked at, those of routers within a router too."""
    found: set[str] = set()
    for one in router.routes:
        if isinstance(one, APIRoute):
            found |= {one.path} if "GET" in (one.methods or ()) else set()
        else:
            found |= routes(one.original_router)  # type: ignore[attr-defined]
    return found


def test_every_page_asks_as_often_for_much_as_for_little(planned, store, asked):
    tell(store, planned.id, LITTLE)
    own = addresses(store, planned.id)
    every = set[str]().union(*(routes(one) for one in (*(page.router for page in PAGES), *OTHERS)))
    assert every >= WITHOUT_DATA
    paths = sorted(every - WITHOUT_DATA)
    assert {one.path for one in PAGES} <= set(paths)
    little = {path: asked(own.get(path, path)) for path in paths}
    tell(store, planned.id, MUCH)
    own = addresses(store, planned.id)
    much = {path: asked(own.get(path, path)) for path in paths}
    assert much == little
    at_hand = {path: warm for path, (_, warm) in much.items()}
    assert max(at_hand.values()) <= 12, at_hand
