"""Real recordings, from their bytes to what is said."""

import json

import pytest

from evenstride.report.document import runs_document
from evenstride.report.terminal import screen_text
from evenstride.service.analyze import Asked, analyze_file, analyze_members

pytestmark = pytest.mark.real_data


def estimate(real_data, name):
    return analyze_file(real_data / "fit" / name).estimates[0]


@pytest.mark.parametrize(
    ("name", "n", "mean_balance", "memory_s", "n_effective"),
    [
        ("MaksVasilev__fit2gpx/Fenix3-Run-1321421020.fit", 5713, 48.56, 157, 18.2),
        ("GoldenCheetah__GoldenCheetah/Garmin920_withFirstbeat.fit", 2064, 47.99, 249, 4.2),
        ("sports-alliance__sports-lib/6916663933.fit", 2906, 49.27, 1032, 1.4),
        ("sports-alliance__sports-lib/4623204522.fit", 11606, 49.99, 29, 200),
    ],
)
def test_what_a_real_run_tells(real_data, name, n, mean_balance, memory_s, n_effective):
    found = estimate(real_data, name)
    assert found.n == n
    assert 50 - found.raw_index_pct / 4 == pytest.approx(mean_balance, abs=0.006)
    assert found.memory_s == pytest.approx(memory_s, rel=0.05)
    assert found.n_effective == pytest.approx(n_effective, rel=0.05)


def test_a_run_that_drifts_all_the_way_is_flagged_and_unclear(real_data):
    found = estimate(real_data, "sports-alliance__sports-lib/6916663933.fit")
    assert (found.verdict, found.flag) == ("unclear", "not_enough_to_compare")
    assert (found.high_pct - found.low_pct) / 2 == pytest.approx(7.8, abs=0.1)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("MaksVasilev__fit2gpx/Fenix3-Run-1321421020.fit", "right_longer"),
        ("dtcooper__python-fitparse/sample_mulitple_header.fit", "left_longer"),
        ("sports-alliance__sports-lib/4623204522.fit", "ordinary"),
    ],
)
def test_the_verdict_on_a_real_run(real_data, name, verdict):
    assert estimate(real_data, name).verdict == verdict


def test_a_walk_that_carries_balance_is_no_run(real_data):
    data = (real_data / "fit/dtcooper__python-fitparse/garmin-fenix-5-walk.fit").read_bytes()
    assert "walking" in analyze_members([("walk.fit", data)]).failed[0].error.text
    (report,) = analyze_members([("walk.fit", data)], Asked(any_sport=True)).reports
    assert report.estimates == () or report.estimates[0].n <= 2


def test_a_run_with_much_walking_says_how_much(real_data):
    report = analyze_file(real_data / "fit/roznet__connectstats/activity_2944936628.fit")
    walked = sum(one.seconds for one in report.dropped if one.reason == "walking")
    assert walked > 0.4 * report.duration_s


def test_of_a_triathlon_only_the_running_is_judged(real_data):
    report = analyze_file(real_data / "fit/sports-alliance__sports-lib/4623204522.fit")
    note = next(note for note in report.notes if note.code == "multisport")
    assert "cycling" in note.text
    assert len(report.estimates) == 1


def test_a_pedal_balance_is_not_a_legs_balance(real_data):
    report = analyze_file(real_data / "fit/alex-hhh__ActivityLog2/920xt-triathlon.fit")
    assert report.estimates == ()


def test_the_two_tables_of_one_run_say_the_same(real_data):
    folder = real_data / "csv/johnjdavisiv__inlab-vs-realworld"
    told = [analyze_file(path).estimates[0].raw_index_pct for path in sorted(folder.glob("*.csv"))]
    assert told[0] == pytest.approx(told[1], abs=0.01)


def recordings(folder):
    kinds = ("fit", "gpx", "tcx", "garmin_connect_json", "csv")
    return [path for kind in kinds for path in sorted((folder / kind).rglob("*")) if path.is_file()]


def test_every_recording_ends_in_a_report_or_one_sentence(real_data):
    """Each by itself: strict JSON, a screen within its width, no position and no serial number anywhere."""
    for path in recordings(real_data):
        analysis = analyze_members([(path.name, path.read_bytes())], Asked(any_sport=True))
        assert analysis.reports or analysis.failed, path.name
        text = json.dumps(runs_document(analysis.reports), allow_nan=False)
        assert not any(word in text for word in ("latitude", "longitude", "serial"))
        for report in analysis.reports:
            assert max(map(len, screen_text(report, width=100).splitlines())) <= 100
        for failure in analysis.failed:
            assert failure.error.text.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "dtcooper__python-fitparse/activity-unexpected-eof.fit",
        "dtcooper__python-fitparse/ELEMNT_ROAM_Unterminated.fit",
        "dtcooper__python-fitparse/nick.fit",
        "dtcooper__python-fitparse/strava-android-app-201.10-b1218918.fit",
        "sports-alliance__sports-lib/27-days-activity.fit",
    ],
)
def test_a_damaged_file_gives_what_it_holds_and_says_what_is_lost(real_data, name):
    data = (real_data / "fit" / name).read_bytes()
    (report, *_) = analyze_members([("damaged.fit", data)], Asked(any_sport=True)).reports
    assert report.n_records > 10
    assert report.losses


def test_the_committed_table_of_real_files_is_todays(real_data):
    from pathlib import Path

    from validation import real_files

    kept = (Path(real_files.__file__).parent / "results" / "real_files.md").read_text(encoding="utf8")
    assert real_files._verdicts() in kept
