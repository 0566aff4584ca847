"""What is sent is taken in within limits, and lies nowhere that a sender could name."""

import io
import zipfile
from dataclasses import replace

import pytest
from fastapi import UploadFile

from evenstride.errors import TooLarge
from evenstride.web.uploads import spooled


def sent(name: str, content: bytes = b"x") -> UploadFile:
    return UploadFile(io.BytesIO(content), filename=name)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../../evil.fit", "/etc/passwd", "..\\evil.fit", "a/b/monday.FIT", "x\x00.fit", ""])
def test_no_path_comes_from_a_name(settings, name):
    with spooled([sent(name)], settings) as [kept]:
        assert kept.path.stem == "00000"
        assert kept.path.suffix in ("", ".fit")
        assert kept.path.read_bytes() == b"x"
        assert "/" not in kept.name


def test_two_of_one_name_are_two_files_and_both_are_gone_afterwards(settings):
    with spooled([sent("a.fit", b"1"), sent("a.fit", b"2")], settings) as kept:
        assert [one.path.read_bytes() for one in kept] == [b"1", b"2"]
        assert [one.name for one in kept] == ["a.fit", "a.fit"]
    assert not any(one.path.exists() for one in kept)


def test_more_files_than_the_limit_are_refused(settings):
    with pytest.raises(TooLarge, match="3 files"), spooled([sent("a.fit")] * 3, replace(settings, upload_files_max=2)):
        pass


def test_a_file_beyond_the_limit_is_refused_by_name(settings):
    small = replace(settings, upload_file_bytes_max=10)
    with pytest.raises(TooLarge, match=r"big\.fit"), spooled([sent("big.fit", b"x" * 11)], small):
        pass


def test_an_archive_is_judged_by_what_it_unpacks_to(settings):
    small = replace(settings, unpacked_bytes_max=1000)
    content = zipped(a=b"0" * 5000)
    assert len(content) < 1000
    with pytest.raises(TooLarge), spooled([sent("a.zip", content)], small):
        pass
    with pytest.raises(TooLarge), spooled([sent("called.fit", content)], small):  # whatever it is called
        pass


def test_an_archive_that_is_cut_short_goes_on_to_its_reader(settings):
    with spooled([sent("a.zip", zipped(a=b"0" * 5000)[:-10])], settings) as [kept]:
        assert kept.path.exists()
