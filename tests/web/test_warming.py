"""What takes long is put together beside the answers, and again after whatever it rests on has changed."""

from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from tests.web.seasons import keep_runs

from evenstride.errors import StoreDamaged
from evenstride.service.home import home_in
from evenstride.service.season import knows_season
from evenstride.store import add_athlete, tag_run
from evenstride.web import warming as own
from evenstride.web.pages.run_memory import known_in


@pytest.fixture
def runner(ada, store):
    keep_runs(store, ada.id, [1.0 + 0.3 * (i % 3) for i in range(8)])
    return ada


def test_what_was_put_together_is_shown_at_once_and_not_after_a_change(client, app, runner, store):
    assert "Putting your runs together" in client.get("/finding").text
    own.warm(app, {runner.id})
    assert "Putting your runs together" not in client.get("/finding").text
    assert "Compare two periods" in client.get("/season").text
    assert len(known_in(app).lines) == 8
    tag_run(store, runner.id, "2025-10-15", {"exclude": "yes"})
    assert "Putting your runs together" in client.get("/finding").text


def test_whoever_changes_something_is_put_in_the_queue(client, app, runner):
    client.tell("/runs/2025-10-15/leave-out", reason="a fall")
    assert app.state.site.changes.get_nowait() == runner.id
    client.get("/runs")
    assert app.state.site.changes.empty()


def test_it_begins_with_everybody_and_goes_on_until_it_is_left(app, runner, store, clock, monkeypatch):
    for name in ("SECONDS_AFTER_START", "SECONDS_AFTER_A_CHANGE", "SECONDS_BETWEEN_TEMPLATES"):
        monkeypatch.setattr(own, name, 0.0)
    with own.warming(app):
        home = home_in(store, runner, clock())
        until = monotonic() + 60
        while not knows_season(home) and monotonic() < until:
            sleep(0.05)
        assert knows_season(home)


def test_what_goes_wrong_for_one_keeps_nobody_else_waiting(app, runner, store, monkeypatch, caplog):
    bea = add_athlete(store, replace(runner.profile, name="Bea"), now=datetime(2026, 1, 2, tzinfo=UTC))
    seen = []

    def find(home):
        seen.append(home.athlete_id)
        if home.athlete_id == runner.id:
            raise StoreDamaged("The database holds a run that cannot be read.", help="Restore a backup.")

    monkeypatch.setattr(own, "finding_of", find)
    own.warm(app, {runner.id, bea.id})
    assert seen == [runner.id, bea.id]
    assert "cannot be read" in caplog.text
