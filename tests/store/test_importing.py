"""What an import writes: runs, their recordings and who speaks for them, and what became of each file."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import FileOutcome, Original, Profile
from evenstride.store import (
    add_athlete,
    add_recording,
    add_run,
    failures,
    file_outcomes,
    find_run,
    note_outcome,
    originals,
    recording_id,
    remove_recording,
    replace_report,
    runs,
    runs_between,
    tag_run,
    writing,
)

DAY = date(2026, 5, 4)
START = datetime(2026, 5, 4, 6, 12, tzinfo=UTC)
A, B, C = "a" * 64, "b" * 64, "c" * 64


def original(digest, name="a.fit"):
    return Original(sha256=digest, name=name, size_bytes=6)


@pytest.fixture
def two(store, anna, keeper):
    """One run with two recordings, of files A and B, the second a little later and shorter."""
    with writing(store, anna) as connection:
        first = keeper.recording(A)
        run_id = add_run(connection, anna, DAY, first)
        add_recording(connection, anna, run_id, first, [original(A)])
        second = keeper.recording(B, hours=0.01, duration_s=2700.0)
        add_recording(connection, anna, run_id, second, [original(B, "b.fit")])
    return run_id


def speakers(store, athlete_id):
    return [run.recordings[0].originals[0] for run in runs(store, athlete_id)]


def test_a_run_is_named_after_the_athletes_day_and_numbered(store, anna, keeper):
    with writing(store, anna) as connection:
        new = keeper.recording(A)
        names = [add_run(connection, anna, day, new) for day in (DAY, DAY, DAY, date(2026, 5, 5))]
    assert names == ["2026-05-04", "2026-05-04-2", "2026-05-04-3", "2026-05-05"]


def test_numbers_go_on_beyond_nine(store, anna, keeper):
    with writing(store, anna) as connection:
        names = [add_run(connection, anna, DAY, keeper.recording(A)) for _ in range(12)]
    assert names[-1] == "2026-05-04-12"


def test_two_athletes_may_have_runs_of_one_name(store, anna, keeper, now):
    ben = add_athlete(store, Profile(name="Ben"), now).id
    assert keeper.keep(store, anna) == keeper.keep(store, ben)
    assert len(runs(store, anna)) == len(runs(store, ben)) == 1


def test_the_first_recording_speaks_for_the_run(store, anna, two):
    assert speakers(store, anna) == [A]
    assert [one.originals for one in find_run(store, anna, two).recordings] == [(A,), (B,)]


def test_a_recording_is_kept_once(store, anna, two, keeper):
    with writing(store, anna) as connection:
        assert not add_recording(connection, anna, two, keeper.recording(A, method="2"), [original(A)])
    assert [one.method for one in find_run(store, anna, two).recordings] == ["1", "1"]


def test_parts_of_one_file_are_different_recordings(store, anna, two, keeper):
    with writing(store, anna) as connection:
        assert add_recording(connection, anna, two, keeper.recording(A, part=1), [original(A)])
    assert len(find_run(store, anna, two).recordings) == 3
    assert len(originals(store, anna)) == 2


def test_a_pair_of_files_is_one_recording_in_its_order(store, anna, keeper):
    pair = keeper.recording(B, A)
    with writing(store, anna) as connection:
        run_id = add_run(connection, anna, DAY, pair)
        add_recording(connection, anna, run_id, pair, [original(A), original(B)])
    assert runs(store, anna)[0].recordings[0].originals == (B, A)


def test_a_recording_of_a_file_that_is_not_kept_is_refused(store, anna, two, keeper):
    with pytest.raises(IntegrityError), writing(store, anna) as connection:
        add_recording(connection, anna, two, keeper.recording(C), [])


def test_runs_between_finds_what_overlaps_and_nothing_that_touches(store, anna, two):
    end = START + timedelta(seconds=2710)
    hour = timedelta(hours=1)

    def found(start, stop):
        with writing(store, anna) as connection:
            return [run.id for run in runs_between(connection, anna, start, stop)]

    assert found(START - hour, START + hour) == [two]
    assert found(START + hour / 4, START + hour / 3) == [two]
    assert found(START - hour, START) == []
    assert found(end, end + hour) == []


def test_runs_between_tells_devices_and_sizes_without_reports(store, anna, two):
    with writing(store, anna) as connection:
        (run,) = runs_between(connection, anna, START, START + timedelta(hours=1))
    assert [(one.format, one.device.product, one.n_records, one.originals) for one in run.recordings] == [
        ("fit", "fenix7", 2710, (A,)),
        ("fit", "fenix7", 2700, (B,)),
    ]


def test_another_zone_is_the_same_moment(store, anna, two):
    tokyo = START.astimezone(timezone(timedelta(hours=9)))
    with writing(store, anna) as connection:
        assert runs_between(connection, anna, tokyo, tokyo + timedelta(minutes=1))


def test_removing_the_last_recording_removes_the_run_but_not_the_original(store, anna, two):
    tag_run(store, anna, two, {"shoe": "red"})
    with writing(store, anna) as connection:
        for digest in (A, B):
            remove_recording(connection, anna, recording_id((digest,), 0))
    assert runs(store, anna) == ()
    assert [one.name for one in originals(store, anna)] == ["a.fit", "b.fit"]


def test_a_new_report_replaces_the_old_one_and_its_method(store, anna, two, keeper):
    new = keeper.recording(duration_s=1800.0).report
    with writing(store, anna) as connection:
        replace_report(connection, anna, recording_id((A,), 0), new, "2")
    run = find_run(store, anna, two)
    assert (run.recordings[0].report, run.recordings[0].method, run.duration_s) == (new, "2", 1800.0)


def test_an_unknown_recording_is_refused(store, anna):
    with pytest.raises(UnknownEntry), writing(store, anna) as connection:
        remove_recording(connection, anna, "0" * 32)


def test_a_run_that_loses_its_speaker_begins_as_the_next_one(store, anna, two):
    with writing(store, anna) as connection:
        remove_recording(connection, anna, recording_id((A,), 0))
    assert find_run(store, anna, two).duration_s == 2700.0


def test_the_name_of_an_original_never_leads_to_another_folder(store, anna, keeper):
    keeper.keep(store, anna, name="../..\\x\x1b.fit")
    assert [one.name for one in originals(store, anna)] == [".._.._x_.fit"]


def test_a_run_beyond_the_calendar_is_refused(store, anna, keeper):
    late = keeper.recording(A, start=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    with pytest.raises(InvalidRequest, match="calendar"), writing(store, anna) as connection:
        add_run(connection, anna, DAY, late)


FAILED = FileOutcome(key=A, name="bad.fit", outcome="failed", kind="unreadable_input", text="No.", help="Yes.")


def test_the_latest_word_on_a_file_counts(store, anna, now):
    with writing(store, anna) as connection:
        note_outcome(connection, anna, FAILED, now)
        note_outcome(connection, anna, FileOutcome(key=B, name="b.fit", outcome="kept"), now)
    assert failures(store, anna) == (FAILED,)
    with writing(store, anna) as connection:
        note_outcome(connection, anna, FileOutcome(key=A, name="bad.fit", outcome="kept"), now)
    assert {key: one.outcome for key, one in file_outcomes(store, anna).items()} == {A: "kept", B: "kept"}
    assert failures(store, anna) == ()


def test_names_that_no_database_can_hold_are_kept_readably(store, anna, now):
    with writing(store, anna) as connection:
        note_outcome(connection, anna, FileOutcome(key=A, name="a\0\udc80.fit", outcome="failed"), now)
    assert failures(store, anna)[0].name == "a��.fit"


def test_what_one_athlete_offered_says_nothing_about_another(store, anna, now):
    ben = add_athlete(store, Profile(name="Ben"), now).id
    with writing(store, anna) as connection:
        note_outcome(connection, anna, FAILED, now)
    assert (file_outcomes(store, ben), failures(store, ben)) == ({}, ())
