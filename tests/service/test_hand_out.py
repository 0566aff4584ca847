"""Files written for a person: safe names, nothing overwritten, readable by nobody else."""

import stat

import pytest

from evenstride.service.hand_out import NAME_BYTES_MAX, make_folder, safe_name, write_originals, write_private
from evenstride.store import keep_original


@pytest.mark.parametrize(
    "name",
    ["../../x.fit", "/etc/passwd", "..\\..\\x.fit", "a\nb.fit", "x" * 400 + ".fit", "nul", "é" * 300, " .fit ", ""],
)
def test_a_safe_name_stays_in_its_folder_and_fits(name, tmp_path):
    safe = safe_name(name, "9f2c11")
    (tmp_path / safe).write_bytes(b"")
    assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
    assert safe.isprintable()
    assert len(safe.encode()) <= NAME_BYTES_MAX + 10


def test_an_ordinary_name_stays_as_it_is():
    assert safe_name("2026-05-04 long run.fit.gz", "9f2c11") == "2026-05-04 long run.fit.gz"


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 400 + ".fit", "9f2c11").endswith("x.fit")


def test_originals_lie_where_they_are_asked_for_only(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    sha = keep_original(kept, b"run")
    (path,) = write_originals(kept, {sha: "../../../escaped.fit"}, tmp_path / "out")
    assert path == tmp_path / "out" / "escaped.fit"


def test_what_is_written_is_for_its_owner_alone(tmp_path):
    make_folder(tmp_path / "out")
    write_private(tmp_path / "out" / "a", b"x")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "out" / "a").stat().st_mode) == 0o600
