"""Settings: everything to take along, a backup, everything gone, and a folder that is looked at."""

import io
import os
import time
import zipfile
from dataclasses import replace
from threading import Event

import pytest

from evenstride.errors import StoreUnavailable
from evenstride.service.home import home_in
from evenstride.service.watched import look as look_once
from evenstride.service.watched import watch_folder, watched
from evenstride.store import add_athlete, athletes
from evenstride.web import watching as watching_module
from evenstride.web.watching import look_at_all, watching


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "from the watch"
    folder.mkdir()
    return folder


@pytest.fixture
def home(store, ada, clock):
    return home_in(store, ada, clock())


def test_everything_goes_along_in_one_archive(client, ada):
    answer = client.tell("/settings/export")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(one.endswith("/athlete.toml") for one in names)
    assert not any(one.startswith(("/", "..")) for one in names)


def test_a_backup_is_handed_over_and_one_is_kept(client, ada, where):
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(client.tell("/settings/backup").content)).namelist()
    assert "The backup is made." in client.tell("/settings/backup/keep").text
    [kept] = (where.data / "backups").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_nothing_is_erased_without_the_name(client, ada, store):
    assert client.tell("/settings/erase", name="Ben").status_code == 422
    assert len(athletes(store)) == 1
    assert client.tell("/settings/erase", name=" ada ").status_code == 303
    assert athletes(store) == ()
    assert client.get("/").headers["location"] == "/welcome"


def test_a_form_without_its_token_erases_nothing(client, ada, store):
    assert client.post("/settings/erase", data={"name": "Ada"}).status_code == 403
    assert len(athletes(store)) == 1


@pytest.mark.parametrize("said", ["", "Runs", "/nowhere/at/all"])
def test_what_is_no_folder_here_is_one_sentence(client, ada, home, said):
    assert client.tell("/settings/watched", folder=said).status_code == 422
    assert watched(home) is None


def test_the_folder_of_the_data_itself_is_not_looked_at(client, ada, where, home):
    for one in (where.data, where.data / "originals", where.data.parent):
        assert client.tell("/settings/watched", folder=str(one)).status_code == 422


def test_a_file_is_taken_in_once_when_it_has_stopped_growing(client, home, folder):
    client.tell("/settings/watched", folder=str(folder))
    (folder / "note.fit").write_bytes(b"half")
    seen = look_once(home, folder, {})
    (folder / "note.fit").write_bytes(b"half and more")
    seen = look_once(home, folder, seen)
    assert watched(home).files == ()
    seen = look_once(home, folder, seen)
    [one] = watched(home).files
    assert (one.name, one.outcome) == ("note.fit", "failed")
    assert one.text in client.get("/settings").text
    noted = one.noted
    look_once(home, folder, seen)
    assert watched(home).files[0].noted == noted


def test_hidden_files_half_downloads_and_links_are_not_looked_at(home, folder, tmp_path):
    (folder / ".hidden.fit").write_bytes(b"x")
    (folder / "run.fit.part").write_bytes(b"x")
    os.symlink(tmp_path / "data", folder / "elsewhere")
    (tmp_path / "secret.fit").write_bytes(b"x")
    os.symlink(tmp_path / "secret.fit", folder / "link.fit")
    assert look_once(home, folder, {}) == {}


def test_a_look_that_is_stopped_notes_nothing(home, client, folder, store, where):
    client.tell("/settings/watched", folder=str(folder))
    (folder / "a.fit").write_bytes(b"x")
    stop = Event()
    seen = look_at_all(store, where, {}, stop)
    stop.set()
    assert look_at_all(store, where, seen, stop) == {}
    assert watched(home).files == ()


def test_a_folder_that_cannot_be_looked_at_is_no_one_elses(client, home, folder, store, where, monkeypatch):
    client.tell("/settings/watched", folder=str(folder))
    bea = home_in(store, add_athlete(store, replace(home.profile, name="Bea"), now=home.now), home.now)
    watch_folder(bea, str(folder))
    looked = []

    def refuses(one, path, before, *, stop):
        looked.append(one.athlete_id)
        if len(looked) % 2:
            raise StoreUnavailable("Another program is writing.", help="Wait.")
        return {"a file": (1, 1)}

    monkeypatch.setattr(watching_module, "look", refuses)
    first = look_at_all(store, where, {}, Event())
    assert len(set(looked)) == 2
    assert sorted(first.values(), key=len) == [{}, {"a file": (1, 1)}]
    again = look_at_all(store, where, {place: {"seen": (2, 2)} for place in first}, Event())
    assert {"seen": (2, 2)} in again.values(), "what was seen before is not forgotten for it"


def test_the_thread_looks_and_stops_with_serving(home, client, folder, store, where):
    client.tell("/settings/watched", folder=str(folder))
    (folder / "a.fit").write_bytes(b"no run")
    with watching(store, where, every_s=0.05):
        until = time.monotonic() + 30
        while not watched(home).files and time.monotonic() < until:
            time.sleep(0.05)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert [one.outcome for one in watched(home).files] == ["failed"]


def test_the_settings_in_a_browser(open_page, ada, size, look, axe):
    page = open_page("/settings", size=size)
    page.get_by_text("What would go").click()
    axe(page)
    look(page, f"settings-{size}")
