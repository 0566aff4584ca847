"""Imports that go on by themselves: watched, joined, stopped, and nothing of them lost."""

import threading
from contextlib import contextmanager

import pytest
from tests import exports

from evenstride.errors import UnknownEntry
from evenstride.service.home import kept_runs, open_home
from evenstride.service.imports import Imports, Parcel
from evenstride.service.pieces import Called
from evenstride.service.where import find_where

SIX = exports.runs()


@pytest.fixture
def where(tmp_path):
    where = find_where(data=str(tmp_path / "data"), athlete="ana", environment={})
    with open_home(where, make=True):
        pass
    return where


@pytest.fixture
def files(tmp_path):
    exports.folder_with_duplicates(SIX).write(tmp_path / "in")
    return [Called(path=one, name=one.name) for one in sorted((tmp_path / "in").rglob("*.fit"))]


@pytest.fixture
def at_home(where):
    @contextmanager
    def opened():
        with open_home(where) as home:
            yield home

    return opened


def parcel(files, gone=None):
    return Parcel(files=files, let_go=lambda: None if gone is None else gone.append(len(files)))


def test_an_import_is_watched_to_its_end(where, files, at_home):
    imports, gone = Imports(), []
    name = imports.take_in("ana", at_home, parcel(files, gone))
    imports.wait(name)
    view = imports.view("ana", name)
    assert (view.running, view.read, view.trouble) == (False, view.total, "")
    assert len(view.files) == view.summary.files == len(files)
    assert view.words.startswith(f"{view.summary.runs_added} runs were added from")
    assert gone == [len(files)]
    with at_home() as home:
        assert len(kept_runs(home)) == view.summary.runs_added


def test_more_files_join_the_import_of_their_sender(files, at_home):
    imports = Imports()
    name = imports.take_in("ana", at_home, parcel(files[:2]))
    assert imports.take_in("ana", at_home, parcel(files[2:]), join=name) == name
    imports.wait(name)
    assert len(imports.view("ana", name).files) == len(files)


def test_nobody_sees_or_joins_the_import_of_another(files, at_home):
    imports = Imports()
    name = imports.take_in("ana", at_home, parcel(files[:1]))
    imports.wait(name)
    with pytest.raises(UnknownEntry):
        imports.view("ben", name)
    with pytest.raises(UnknownEntry):
        imports.stop("ben", name)
    assert imports.take_in("ben", at_home, parcel(files[:1]), join=name) != name


def test_stopped_it_keeps_what_it_read_and_counts_the_rest(files, at_home):
    imports, gone, go = Imports(), [], threading.Event()

    @contextmanager
    def later():
        go.wait(10)
        with at_home() as home:
            yield home

    name = imports.take_in("ana", later, parcel(files[:1], gone))
    imports.take_in("ana", later, parcel(files[1:], gone), join=name)
    imports.stop("ana", name)
    go.set()
    imports.wait(name)
    view = imports.view("ana", name)
    assert view.stopped
    assert len(view.files) + view.unread == len(files)
    assert sum(gone) == len(files)
    late = imports.take_in("ana", later, parcel(files[:1], gone), join=name)
    assert (late, imports.view("ana", name).unread) == (name, view.unread + 1)


def test_trouble_is_a_sentence_and_lets_everything_go(files, where):
    imports, gone = Imports(), []

    @contextmanager
    def nowhere():
        raise UnknownEntry("The folder is gone.")
        yield

    name = imports.take_in("ana", nowhere, parcel(files, gone))
    imports.wait(name)
    assert imports.view("ana", name).trouble == "The folder is gone."
    assert gone == [len(files)]
