"""The small file that answers at once, and when it is not believed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenstride.model import (
    CueChoice,
    DayLog,
    Decision,
    FreeSlot,
    PlannedRun,
    Profile,
    Review,
    RunLog,
    SessionLog,
    Trial,
    TrialPeriod,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.service import home as home_module
from evenstride.service.home import Home, home_in, keep_coming_days, open_home, opened
from evenstride.service.plan import make
from evenstride.service.review import review_week
from evenstride.service.today import DAYS, coming_days, days_of, today_at, today_for
from evenstride.service.today_file import FOLDER, believed
from evenstride.service.where import find_where
from evenstride.store import (
    add_athlete,
    add_day_log,
    add_review,
    add_run_log,
    add_session_logs,
    add_trial,
    athletes,
    close_store,
    open_store,
)

RUNNER = Profile(
    name="Ada",
    timezone="Pacific/Auckland",
    runs=(PlannedRun(weekday=1, kind="intervals", minutes=60), PlannedRun(weekday=6, kind="long", minutes=100)),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (2, 3, 4)),
    equipment=("dumbbell", "low_box"),
)


@pytest.fixture
def where(database_url, tmp_path):
    place = find_where(data=str(tmp_path / "data"), database=database_url, environment={})
    store = open_store(place.database_url, place.data)
    add_athlete(store, RUNNER, now=datetime.now(UTC))
    close_store(store)
    return place


@pytest.fixture
def planned(where, once):
    """A plan of three weeks from Monday of this week, made the way the door makes it."""

    def made():
        with open_home(where) as home:
            make(home, weeks=3, start=home.today - timedelta(days=home.today.weekday()))

    once("service/test_today", made)
    return where


def of_today(where):
    return datetime.now(ZoneInfo(RUNNER.timezone)).date()


def test_a_change_writes_the_days_ahead_in_the_athletes_zone(planned):
    today = of_today(planned)
    assert believed(planned)["date"] == today.isoformat()
    assert believed(planned, day=today + timedelta(days=DAYS - 1)) is not None
    assert believed(planned, day=today + timedelta(days=DAYS)) is None


@pytest.mark.both_databases
def test_the_file_says_what_the_database_says(planned):
    told = believed(planned)
    for path in (planned.data / FOLDER).iterdir():
        path.unlink()
    assert today_for(planned) == told
    assert believed(planned) == told, "who had to wait writes the file again"


def test_reading_changes_nothing(planned):
    [path] = (planned.data / FOLDER).iterdir()
    before = path.read_bytes()
    with open_home(planned) as home:
        days_of(home)
    assert path.read_bytes() == before
    assert believed(planned) is not None


@pytest.mark.both_databases
def test_an_open_home_sees_what_a_program_elsewhere_has_changed(planned):
    with opened(planned) as store, opened(planned) as elsewhere:
        [who] = athletes(store)
        home = home_in(store, who, datetime.now(UTC))
        before = today_at(home, planned)
        add_day_log(elsewhere, who.id, DayLog(day=home.today, sleep_hours=7.0), datetime.now(UTC))
        after = today_at(home, planned)
        assert after != before
        assert after == coming_days(home, days=1)[0]


@pytest.mark.both_databases
def test_days_during_whose_writing_somebody_else_changed_something_are_not_believed(planned, monkeypatch):
    with opened(planned) as store, opened(planned) as elsewhere:
        [who] = athletes(store)
        home = home_in(store, who, datetime.now(UTC), brief=True)
        add_run_log(home.store, who.id, RunLog(day=home.today, effort_0_10=4.0), home.now)

        def slowly(*given):
            days = coming(*given)
            add_day_log(elsewhere, who.id, DayLog(day=home.today, sleep_hours=7.0), home.now)
            return days

        coming = home_module._coming_days
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(home_module, "_coming_days", slowly)
            keep_coming_days(home, planned)
    assert today_for(planned)["waiting"] == of_the_database(planned)["waiting"]


def of_the_database(where):
    with open_home(where) as home:
        return coming_days(home, days=1)[0]


@pytest.mark.both_databases
def test_a_database_that_something_else_has_changed_is_asked_again(planned, database_url):
    if database_url is not None:
        pytest.skip("a server's changes cannot be seen from a file")
    path = planned.data / "evenstride.db"
    os.utime(path, ns=(1, 1))
    assert believed(planned) is None
    assert today_for(planned)["planned"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 0}'])
def test_a_damaged_file_is_not_believed(planned, text):
    [path] = (planned.data / FOLDER).iterdir()
    path.write_text(text)
    assert believed(planned) is None
    assert today_for(planned)["planned"]


@pytest.mark.both_databases
def test_of_several_athletes_the_file_of_nobody_named_is_not_believed(planned):
    store = open_store(planned.database_url, planned.data)
    bea = add_athlete(store, Profile(name="Bea"), now=datetime.now(UTC))
    close_store(store)
    for name in ("Bea", "Ada"):
        with open_home(find_where(data=str(planned.data), database=planned.database_url, athlete=name)) as home:
            home.store.changed.add(home.athlete_id)
    assert bea.id
    assert believed(planned) is None
    named = find_where(data=str(planned.data), database=planned.database_url, athlete="ADA", environment={})
    assert believed(named)["athlete"] == "Ada"


def test_what_is_done_is_said_so(planned):
    with open_home(planned) as home:
        ahead = [one for day in days_of(home) for one in day.sessions if one.kind == "strength"]
        add_session_logs(home.store, home.athlete_id, [SessionLog(session=ahead[0].id, day=home.today)], home.now)
        [day] = [one for one in days_of(home) if one.day == ahead[0].day]
        assert day.done == (ahead[0].id,)
    told = believed(planned, day=day.day)
    assert [one["id"] for one in told["sessions"] if one["done"]] == [ahead[0].id]


def later(home, days):
    day = home.today + timedelta(days=days)
    return Home(store=home.store, athlete_id=home.athlete_id, profile=home.profile, today=day)


def test_what_was_not_told_waits_strength_before_mobility_and_is_counted(planned):
    with open_home(planned) as home:
        [day] = days_of(later(home, 13), days=1)
    named = [one for one in day.waiting if "evenstride log session" in one.command]
    assert named
    assert all("mobility" not in one.text.lower() for one in named[:1])
    assert any(one.command == "evenstride log show" and "more" in one.text for one in day.waiting)
    assert any("evenstride review" in one.command for one in day.waiting)


def test_a_told_morning_no_longer_waits(planned):
    with open_home(planned) as home:
        assert any("evenstride log day" in one.command for one in days_of(home, days=1)[0].waiting)
        add_day_log(home.store, home.athlete_id, DayLog(day=home.today, sleep_hours=7.0), home.now)
        today, tomorrow = days_of(home, days=2)
    assert not any("evenstride log day" in one.command for one in today.waiting)
    assert any("evenstride log day" in one.command for one in tomorrow.waiting)


def test_the_last_review_is_said_in_one_sentence(planned):
    with open_home(planned) as home:
        review_week(later(home, 7))
        day = days_of(home, days=1)[0]
    assert day.decision.startswith("Week of ")


def test_cues_stand_on_days_with_a_run_and_one_on_its_way_out_rests_after_it_was_used(planned):
    with open_home(planned) as home:
        cue = load_catalogue().cues[0]
        for ago, stage, used, shown in (
            (2, "every_run", cue.id, 1),
            (1, "every_other_run", cue.id, 0),
            (0, "every_other_run", "", 1),
        ):
            choice = CueChoice(cue=cue, why="because", stage=stage)
            said = (Decision(rule="D-HOLD-EMPTY", outcome="hold", reason="nothing"),)
            review = Review(week=home.today, day=home.today, outcome="hold", decisions=said, cues=(choice,))
            add_review(home.store, home.athlete_id, review, home.now)
            log = RunLog(day=home.today - timedelta(days=ago), cues=(used,) if used else (), effort_0_10=4)
            add_run_log(home.store, home.athlete_id, log, home.now)
            days = days_of(home, days=7)
            assert {len(one.cues) for one in days if one.runs} == {shown}, (stage, used)
            assert all(not one.cues for one in days if not one.runs)


def test_a_running_trial_says_what_it_wants_and_its_cue_is_not_suggested_beside_it(planned):
    with open_home(planned) as home:
        cue = load_catalogue().cues[0]
        said = (Decision(rule="D-HOLD-EMPTY", outcome="hold", reason="nothing"),)
        chosen = (CueChoice(cue=cue, why="because", stage="every_run"),)
        review = Review(week=home.today, day=home.today, outcome="hold", decisions=said, cues=chosen)
        add_review(home.store, home.athlete_id, review, home.now)
        periods = tuple(TrialPeriod(number=n + 1, pair=n // 2 + 1, on=n % 2 == 0) for n in range(12))
        trial = Trial(id="one", what=cue.id, kind="cue", metric="contact_time", source="watch_balance", unit="run",
                      began=home.today, periods=periods, smallest=1.0, seed=1)  # fmt: skip
        add_trial(home.store, home.athlete_id, trial, home.now)
        days = days_of(home, days=7)
    assert all("Trial of" in one.trial for one in days)
    assert not any(one.cues for one in days)


def test_a_red_flag_stops_the_day_at_once_and_for_days(planned):
    with open_home(planned) as home:
        assert not days_of(home, days=1)[0].stop
        add_day_log(home.store, home.athlete_id, DayLog(day=home.today, red_flags=("night_pain",)), home.now)
        days = days_of(home, days=20)
    assert days[0].stop
    assert "clinician" in " ".join(days[0].notes).lower()
    assert days[7].stop
    assert not days[19].stop


def test_guidance_can_be_switched_off(planned):
    with open_home(planned) as home:
        assert days_of(home, days=1)[0].targets
        quiet = replace(home, profile=replace(home.profile, guidance=False))
        assert not days_of(quiet, days=1)[0].targets


def test_after_the_plan_no_plan_holds(planned):
    with open_home(planned) as home:
        later = Home(store=home.store, athlete_id=home.athlete_id, profile=home.profile, today=date(2126, 1, 1))
        [day] = days_of(later, days=1)
    assert not day.planned
    assert day.sessions == ()


@pytest.mark.both_databases
def test_today_loads_neither_the_database_layer_nor_the_numerical_libraries(planned, database_url):
    database = ["--database", database_url] if database_url else []
    code = (
        "import sys; from evenstride.cli.main import _exit_code; code = _exit_code(sys.argv[1:]);"
        " heavy = [one for one in ('sqlalchemy', 'numpy', 'scipy') if one in sys.modules];"
        " print(*heavy, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "--data", str(planned.data), *database, "today", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""
    assert json.loads(done.stdout)["date"] == of_today(planned).isoformat()
