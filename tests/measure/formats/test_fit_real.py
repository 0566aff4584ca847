"""What real FIT files hold, fact by fact."""

import json
from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import NotAnActivity, UnreadableInput
from evenstride.measure.formats.fit import read_fit
from evenstride.measure.formats.fit_decode import decode_fit
from evenstride.model import Activity

pytestmark = pytest.mark.real_data

BALANCE, CONTACT = 84, 41


def content(real_data: Path, name: str) -> bytes:
    (path,) = (real_data / "fit").glob(f"*/{name}")
    return path.read_bytes()


def activities(real_data: Path, name: str) -> tuple[Activity, ...]:
    return read_fit(content(real_data, name))


def only(real_data: Path, name: str) -> Activity:
    (activity,) = activities(real_data, name)
    return activity


def losses(activity: Activity) -> set[str]:
    return {loss.code for loss in activity.losses}


NUMBERS = {  # records; raw n, mean, sd; usable n, mean, sd
    "garmin-fenix-5-run.fit": (21, (19, 52.51, 0.55), (17, 52.48, 0.56)),
    "Garmin920_withFirstbeat.fit": (2125, (2103, 47.26, 5.91), (2064, 47.99, 0.62)),
    "sample_mulitple_header.fit": (1773, (561, 49.49, 10.25), (530, 51.62, 0.62)),
    "Fenix3-Run-1321421020.fit": (5713, (5713, 48.56, 0.57), (5713, 48.56, 0.57)),
    "6916663933.fit": (2921, (2915, 49.14, 2.77), (2906, 49.27, 1.18)),
    "4623204522.fit": (30582, (12517, 49.97, 0.54), (11611, 49.99, 0.43)),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_stored_balance_has_the_known_number_mean_and_spread(real_data: Path, name: str) -> None:
    n_records, raw, usable = NUMBERS[name]
    messages = decode_fit(content(real_data, name)).parts[0].get(20)
    balance, contact = messages.numbers(BALANCE) / 100, messages.numbers(CONTACT) / 10
    good = (balance > 40) & (balance < 60) & (contact >= 150) & (contact <= 400)
    assert len(messages) == n_records
    for values, (n, mean, sd) in ((balance[np.isfinite(balance)], raw), (balance[good], usable)):
        assert len(values) == n
        assert values.mean() == pytest.approx(mean, abs=0.006)
        assert values.std() == pytest.approx(sd, abs=0.006)


@pytest.mark.parametrize("number", ["2545022458", "1378220136"])
def test_the_balance_is_what_garmin_calls_the_left_foots(real_data: Path, number: str) -> None:
    """Sample by sample, and over the whole session."""
    folder = real_data / "garmin_connect_json" / "roznet__connectstats"
    track = json.loads((folder / f"activitytrack_{number}.json").read_text())
    summary = json.loads((folder / f"activity_{number}.json").read_text())
    places = {one["key"]: one["metricsIndex"] for one in track["metricDescriptors"]}
    rows = [sample["metrics"] for sample in track["activityDetailMetrics"]]
    theirs = {row[places["directTimestamp"]] / 1000: row[places["directGroundContactBalanceLeft"]] for row in rows}
    activity = only(real_data, f"activity_{number}.fit")
    start_s = activity.start.timestamp()
    (series,) = activity.legs
    pairs = [
        (left * 100, theirs[start_s + t])
        for t, left in zip(activity.t_s, series.left, strict=True)
        if theirs.get(start_s + t) and np.isfinite(left)
    ]
    assert len(pairs) > 200
    assert (
        max(abs(ours - garmins) for ours, garmins in pairs) < 1.6e-6
    )  # half a step of the 32-bit float that Garmin answers with
    session = decode_fit(content(real_data, f"activity_{number}.fit")).parts[0].get(18)
    assert session.numbers(133)[0] / 100 == pytest.approx(summary["summaryDTO"]["groundContactBalanceLeft"], abs=0.01)


ZEROS = {
    "Garmin920_withFirstbeat.fit": 32,
    "sample_mulitple_header.fit": 23,
    "6916663933.fit": 7,
    "activity_1378220136.fit": 3,
}


@pytest.mark.parametrize("name", ZEROS)
def test_a_zero_balance_is_missing(real_data: Path, name: str) -> None:
    stored = decode_fit(content(real_data, name)).parts[0].get(20).numbers(BALANCE)
    read = np.concatenate([one.left for activity in activities(real_data, name) for one in activity.legs])
    assert (stored == 0).sum() == ZEROS[name]
    assert np.isfinite(read).sum() == np.isfinite(stored).sum() - ZEROS[name]
    assert (read[np.isfinite(read)] > 0).all()


def test_pedal_balance_beside_running_balance_is_left_alone(real_data: Path) -> None:
    by_sport = {activity.sport: activity for activity in activities(real_data, "4623204522.fit")}
    assert by_sport["cycling"].legs == ()
    assert [series.metric for series in by_sport["running"].legs] == ["contact_time"]
    assert np.isfinite(by_sport["running"].legs[0].left).sum() == 12_517


def test_a_coros_watch_owns_its_balance(real_data: Path) -> None:
    (series,) = only(real_data, "6916663933.fit").legs
    assert series.source == "watch_balance"


def test_a_pod_that_was_absent_is_named(real_data: Path) -> None:
    activity = only(real_data, "activity_3743031453.fit")
    assert "contact_time_s" not in activity.channels
    assert [note.code for note in activity.notes] == ["sensor_absent"]


def test_wahoo_writes_oscillation_in_centimetres(real_data: Path) -> None:
    activity = only(real_data, "2019-05-11-144658-UBERDROID6944-216-1.fit")
    assert 0.07 < np.nanmedian(activity.channels["vertical_oscillation_m"]) < 0.13


RUNS = [
    "920xt-run.fit",
    "activity-small-fenix2-run.fit",
    "3386684871.fit",
    "HRV-Data.fit",
    "track_cs_544406.fit",
]


@pytest.mark.parametrize("name", RUNS)
def test_contact_oscillation_and_cadence_are_a_runners(real_data: Path, name: str) -> None:
    channels = only(real_data, name).channels
    assert 0.2 < np.nanmedian(channels["contact_time_s"]) < 0.36
    assert 0.06 < np.nanmedian(channels["vertical_oscillation_m"]) < 0.12
    assert 150 < np.nanmedian(channels["cadence_spm"]) < 190


def test_first_generation_dynamics_lack_balance_and_step_length(real_data: Path) -> None:
    activity = only(real_data, "920xt-run.fit")
    assert activity.legs == ()
    assert "step_length_m" not in activity.channels


def test_contact_time_tells_that_a_run_was_a_walk(real_data: Path) -> None:
    assert np.nanmedian(only(real_data, "activity_2944936628.fit").channels["contact_time_s"]) > 0.7


def test_a_walk_keeps_its_balance_and_its_sport(real_data: Path) -> None:
    walk = only(real_data, "garmin-fenix-5-walk.fit")
    assert walk.sport == "walking"
    assert (np.nanmin(walk.legs[0].left), np.nanmax(walk.legs[0].left)) == pytest.approx((0.496, 0.503), abs=0.003)


SPORTS = {
    "4623204522.fit": "swimming transition cycling transition running",
    "sample_mulitple_header.fit": "swimming transition cycling transition running",
    "22638574127_ACTIVITY.fit": "swimming transition running transition swimming",
    "activity-large-fenxi2-multisport.fit": "generic transition running transition running transition cycling",
    "event_timestamp.fit": "swimming",
}


@pytest.mark.parametrize("name", SPORTS)
def test_every_sport_of_a_day_is_an_activity(real_data: Path, name: str) -> None:
    assert " ".join(str(activity.sport) for activity in activities(real_data, name)) == SPORTS[name]


@pytest.mark.parametrize(("name", "n"), [("compressed-speed-distance.fit", 755), ("antfs-dump.63.fit", 686)])
def test_compressed_times_give_every_record_its_place(real_data: Path, name: str, n: int) -> None:
    activity = only(real_data, name)
    assert len(activity.t_s) == n
    assert np.diff(activity.t_s).min() == 5
    assert [note.code for note in activity.notes] == ["clock_unset"]


SALVAGED = {  # activities, records in them all, what is said to be lost
    "activity-unexpected-eof.fit": (1, 14, {"cut_off", "damaged_bytes"}),
    "activity-settings-nodata.fit": (1, 14, {"cut_off", "damaged_bytes"}),
    "activity-filecrc.fit": (1, 14, {"checksum"}),
    "activity-activity-filecrc.fit": (2, 28, {"checksum"}),
    "activity-settings-corruptheader.fit": (1, 14, {"not_fit"}),
    "ELEMNT_ROAM_Unterminated.fit": (1, 7225, {"checksum", "damaged_bytes"}),
    "nick.fit": (1, 14391, {"checksum", "damaged_bytes"}),
    "mornindew-broken.fit": (1, 6874, set()),
    "empty-activities.fit": (1, 2319, {"not_closed", "damaged_bytes"}),
    "broken-dates.fit": (1, 3279, set()),
    "Bryton-bad-data-170729181231.fit": (1, 4802, set()),
    "310xt-run.fit": (1, 556, set()),
}


@pytest.mark.parametrize("name", SALVAGED)
def test_a_damaged_file_gives_what_it_holds_and_says_what_is_lost(real_data: Path, name: str) -> None:
    found = activities(real_data, name)
    assert (len(found), sum(len(activity.t_s) for activity in found), losses(found[0])) == SALVAGED[name]


def test_dropped_bytes_cost_a_few_records_of_an_hour(real_data: Path) -> None:
    """Eighteen bytes are missing, one in each of as many places; times jump 64 years where they are."""
    activity = only(real_data, "strava-android-app-201.10-b1218918.fit")
    assert len(activity.t_s) > 2600
    assert activity.t_s[-1] == 3558
    assert {"cut_off", "damaged_bytes"} <= losses(activity)


def test_a_recording_of_27_days_keeps_its_ride(real_data: Path) -> None:
    activity = only(real_data, "27-days-activity.fit")
    assert len(activity.t_s) == 3696
    assert activity.t_s[-1] < 3 * 3600
    assert activity.losses


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Settings.fit", "settings"),
        ("MonitoringFile.fit", "monitoring"),
        ("WorkoutRepeatSteps.fit", "workout"),
        ("WeightScaleSingleUser.fit", "weight"),
    ],
)
def test_files_of_other_kinds_are_named(real_data: Path, name: str, kind: str) -> None:
    with pytest.raises(NotAnActivity, match=kind):
        activities(real_data, name)


def test_records_without_times_are_refused_with_the_reason(real_data: Path) -> None:
    with pytest.raises(UnreadableInput, match="carries a time"):
        activities(real_data, "DeveloperData.fit")
