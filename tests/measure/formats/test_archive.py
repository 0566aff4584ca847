"""Archives: what is inside, within limits, and never one bad file against the others."""

import gzip
import io
import struct
import zipfile

import pytest
from tests.fuzz.hostile import ARCHIVES

from evenstride.errors import TooLarge
from evenstride.measure.formats import archive
from evenstride.measure.formats.archive import BadMember, Member, unpack


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as out:
        for name, data in members:
            out.writestr(name, data)
    return packed.getvalue()


def _contents(name: str, data: bytes) -> list[tuple[str, bytes]]:
    members = list(unpack(name, data))
    assert all(isinstance(member, Member) for member in members)
    return [(member.name, member.data) for member in members if isinstance(member, Member)]


def _text(n: int) -> bytes:
    return b"".join(b"%d," % (i * 7919 % 10007) for i in range(n))


def test_a_plain_file_is_itself() -> None:
    assert _contents("run.fit", b"abc") == [("run.fit", b"abc")]


def test_what_is_packed_is_recognised_by_content_not_by_name() -> None:
    assert _contents("run.fit", gzip.compress(b"abc")) == [("run.fit", b"abc")]
    assert _contents("run.gz", b"abc") == [("run.gz", b"abc")]


def test_a_zip_gives_every_file() -> None:
    assert _contents("a.zip", _zip(("x/1.fit", b"1"), ("2.fit", b"2"))) == [
        ("a.zip/x/1.fit", b"1"),
        ("a.zip/2.fit", b"2"),
    ]


def test_archives_inside_archives_are_opened() -> None:
    inner = _zip(("run.fit.gz", gzip.compress(b"abc")))
    assert _contents("a.zip", _zip(("b.zip", inner))) == [("a.zip/b.zip/run.fit", b"abc")]


def test_archives_nested_too_deep_are_refused_and_the_rest_is_read() -> None:
    data = b"abc"
    for _ in range(archive.DEPTH_MAX + 1):
        data = _zip(("x.zip", data))
    good, bad = unpack("a.zip", _zip(("good.fit", b"1"), ("x.zip", data)))
    assert isinstance(good, Member)
    assert isinstance(bad, BadMember)
    assert "deep" in bad.error.text


def test_folders_pictures_and_the_finder_s_litter_are_passed_over() -> None:
    data = _zip(("x/", b""), ("__MACOSX/._run.fit", b"?"), (".DS_Store", b"?"), ("p.JPG", b"?"), ("run.fit", b"1"))
    assert _contents("a.zip", data) == [("a.zip/run.fit", b"1")]


def test_gzip_streams_one_after_another_are_one_file() -> None:
    assert _contents("a.gz", gzip.compress(b"abc") + gzip.compress(b"def") + bytes(8)) == [("a", b"abcdef")]


def test_a_gzip_file_cut_short_gives_what_comes_out_and_a_loss() -> None:
    whole = _text(20_000)
    (member,) = unpack("a.gz", gzip.compress(whole)[:-5_000])
    assert isinstance(member, Member)
    assert [loss.code for loss in member.losses] == ["archive_damaged"]
    assert whole.startswith(member.data)
    assert len(member.data) > 0.5 * len(whole)


def test_a_gzip_file_of_which_nothing_comes_out_is_said() -> None:
    (member,) = unpack("a.gz", b"\x1f\x8b" + b"nonsense")
    assert isinstance(member, BadMember)


def test_a_member_that_does_not_match_its_checksum_keeps_its_content_and_a_loss() -> None:
    data = bytearray(_zip(("1.fit", b"abcdef"), ("2.fit", b"2"), method=zipfile.ZIP_STORED))
    data[data.index(b"abcdef")] = ord("X")
    damaged, whole = unpack("a.zip", bytes(data))
    assert isinstance(damaged, Member)
    assert (damaged.losses != (), whole) == (True, Member(name="a.zip/2.fit", data=b"2"))


def test_a_locked_member_does_not_stop_the_others() -> None:
    data = bytearray(_zip(("1.fit", b"1"), ("2.fit", b"2")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked, whole = unpack("a.zip", bytes(data))
    assert isinstance(locked, BadMember)
    assert "password" in locked.error.text
    assert whole == Member(name="a.zip/2.fit", data=b"2")


def test_a_member_of_an_unsupported_compression_does_not_stop_the_others() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("1.fit", b"1", compress_type=zipfile.ZIP_LZMA)
        out.writestr("2.fit", b"2")
    strange, whole = unpack("a.zip", packed.getvalue())
    assert isinstance(strange, BadMember)
    assert whole == Member(name="a.zip/2.fit", data=b"2")


def test_a_zip_cut_short_gives_the_members_that_are_whole_and_the_beginning_of_the_next() -> None:
    first, second = _text(1_000), _text(20_000)
    packed = _zip(("1.fit", first), ("2.fit", second))
    one, two, _ = unpack("a.zip", packed[: len(packed) // 2])
    assert one == Member(name="a.zip/1.fit", data=first)
    assert isinstance(two, Member)
    assert second.startswith(two.data)
    assert two.losses != ()


def test_of_a_zip_cut_short_it_is_said_that_something_may_be_missing() -> None:
    packed = _zip(("1.fit", b"1"), ("2.fit", b"2"))
    *_, last = unpack("a.zip", packed[: packed.index(b"2.fit") - 30])  # between two members: each is whole or gone
    assert isinstance(last, BadMember)
    assert (last.name, "cut short" in last.error.text) == ("a.zip", True)


def test_a_zip_of_which_nothing_is_left_is_said() -> None:
    (member,) = unpack("a.zip", b"PK\x03\x04" + bytes(50))
    assert isinstance(member, BadMember)


def test_a_gzip_bomb_is_stopped() -> None:
    bomb = gzip.compress(bytes(archive.UNPACKED_BYTES_FREE + (8 << 20)))
    with pytest.raises(TooLarge):
        list(unpack("a.gz", bomb))


def test_a_member_larger_than_any_activity_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBER_BYTES_MAX", 1_000)
    with pytest.raises(TooLarge):
        list(unpack("a.gz", gzip.compress(bytes(1_001))))


def test_too_many_members_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS_MAX", 3)
    with pytest.raises(TooLarge):
        list(unpack("a.zip", _zip(*((f"{i}.fit", b"1") for i in range(4)))))


def test_directory_entries_that_share_one_content_are_counted_each() -> None:
    """A few kilobytes of directory can name one member ten thousand times over."""
    with pytest.raises(TooLarge):
        list(unpack("a.zip", ARCHIVES["zip members that overlap"](100)))


def test_what_came_out_before_a_limit_stays_good() -> None:
    bomb = gzip.compress(bytes(archive.UNPACKED_BYTES_FREE + (64 << 20)))
    members = unpack("a.zip", _zip(("good.fit", b"1"), ("bomb.gz", bomb), method=zipfile.ZIP_STORED))
    assert next(members) == Member(name="a.zip/good.fit", data=b"1")
    with pytest.raises(TooLarge):
        list(members)


def test_a_declared_size_is_not_believed() -> None:
    content = _text(500)
    data = bytearray(_zip(("a.fit", content)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 3)
    assert _contents("a.zip", bytes(data)) == [("a.zip/a.fit", content)]


def test_names_that_begin_with_here_or_upwards_are_not_hidden_ones() -> None:
    data = _zip(("./a.fit", b"1"), ("../b.fit", b"2"), ("./.hidden", b"3"))
    assert _contents("x.zip", data) == [("x.zip/a.fit", b"1"), ("x.zip/b.fit", b"2")]


def test_a_stored_member_that_is_too_large_is_refused_before_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    class Watched(bytes):
        longest = 0

        def __getitem__(self, key):
            part = super().__getitem__(key)
            Watched.longest = max(Watched.longest, len(part) if isinstance(part, bytes) else 0)
            return part

    monkeypatch.setattr(archive, "MEMBER_BYTES_MAX", 1_000)
    data = _zip(("a.fit", bytes(5_000)), method=zipfile.ZIP_STORED)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        (entry,) = opened.infolist()
    taken = archive.take_out(Watched(data), entry)
    assert isinstance(taken, BadMember)
    assert Watched.longest < 1_000


@pytest.mark.parametrize("large", [False, True])
def test_entries_are_counted_before_they_are_read(large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if large:
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)  # beyond it, the directory's end is that of a large file
    data = _zip(*((f"{i}.fit", b"1") for i in range(4)))
    assert (b"PK\x06\x07" in data) == large
    archive.refuse_too_many(data)
    monkeypatch.setattr(archive, "MEMBERS_MAX", 3)
    with pytest.raises(TooLarge):
        archive.refuse_too_many(data)
