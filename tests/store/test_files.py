"""Originals come back byte for byte, or it is said that they do not."""

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.processes import at_once

from evenstride.errors import StoreDamaged, StoreUnavailable
from evenstride.store import has_original, keep_original, read_original
from evenstride.store.files import original_path, remove_dead


@given(content=st.binary(max_size=2000))
def test_every_byte_comes_back(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("originals")
    assert read_original(folder, keep_original(folder, content)) == content


def test_a_file_is_named_after_its_content(tmp_path):
    digest = keep_original(tmp_path, b"a run")
    assert digest == hashlib.sha256(b"a run").hexdigest()
    assert (tmp_path / digest[:2] / digest).read_bytes() == b"a run"


def test_the_same_content_is_kept_once(tmp_path):
    assert keep_original(tmp_path, b"a run") == keep_original(tmp_path, b"a run")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_originals_are_readable_by_their_owner_only(tmp_path):
    path = original_path(tmp_path, keep_original(tmp_path, b"a run"))
    assert (path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (0, 0)


def test_an_altered_file_is_not_handed_out(tmp_path):
    digest = keep_original(tmp_path, b"a run")
    original_path(tmp_path, digest).write_bytes(b"a lie")
    with pytest.raises(StoreDamaged, match="altered"):
        read_original(tmp_path, digest)


def test_a_damaged_file_is_mended_by_keeping_it_again(tmp_path):
    digest = keep_original(tmp_path, b"a run")
    original_path(tmp_path, digest).write_bytes(b"a r")
    keep_original(tmp_path, b"a run")
    assert read_original(tmp_path, digest) == b"a run"


def test_nothing_is_kept_for_an_athlete_whose_folder_is_gone(tmp_path):
    with pytest.raises(StoreUnavailable, match="erased"):
        keep_original(tmp_path / "somebody", b"a run")
    assert list(tmp_path.iterdir()) == []


def test_an_original_is_there_only_when_it_is_whole(tmp_path):
    digest = keep_original(tmp_path, b"a run")
    assert has_original(tmp_path, digest)
    original_path(tmp_path, digest).write_bytes(b"a r")
    assert not has_original(tmp_path, digest)
    original_path(tmp_path, digest).unlink()
    assert not has_original(tmp_path, digest)


def test_what_killed_processes_left_is_removed_and_that_of_living_ones_stays(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getpid(), "x", 2**70):
        (tmp_path / f"unpacked-{process}-abc").mkdir()
    remove_dead(tmp_path, "unpacked-")
    assert [path.name for path in tmp_path.iterdir()] == [f"unpacked-{os.getpid()}-abc"]


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(StoreDamaged, match="No such file"):
        read_original(tmp_path, "0" * 64)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreUnavailable, match="No space left"):
        keep_original(tmp_path, b"a run")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


LOADS = """
import sys
from pathlib import Path
from evenstride.store import keep_original
"""
KEEP = """
for number in range(20):
    keep_original(Path(sys.argv[1]), bytes([number]) * 20000)
"""


def test_processes_that_keep_the_same_files_do_not_disturb_one_another(tmp_path):
    codes, said = at_once(LOADS, KEEP, 3 * [[str(tmp_path)]])
    assert codes == [0] * 3, said
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 20
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in kept)
