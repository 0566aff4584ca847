import gzip
import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

import evenstride as es
from evenstride.errors import NotARun
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.analyze import AS_USUAL, Asked, analyze_members, judge_activity
from evenstride.simulate import RunRecipe, Sensor, simulate_run


def fit_bytes(*, seed=1, sport="running", **recipe):
    run = simulate_run(RunRecipe(**{"minutes": 20, **recipe}), rng=np.random.default_rng(seed))
    return encode_activity(replace(run.activity, sport=sport))


def report_of(data, name="run.fit", asked=AS_USUAL):
    (report,) = analyze_members([(name, data)], asked).reports
    return report


def test_the_interval_holds_the_truth_of_a_simulated_file():
    assert report_of(fit_bytes(asymmetry_pct=5.0, memory_s=20)).estimates[0].low_pct < 5.0


def test_swapping_the_legs_of_the_recipe_mirrors_the_verdict():
    right = report_of(fit_bytes(asymmetry_pct=9.0, memory_s=5, quantum_points=0.0)).estimates[0]
    left = report_of(fit_bytes(asymmetry_pct=9.0, memory_s=5, quantum_points=0.0, swap_legs=True)).estimates[0]
    assert (right.verdict, left.verdict) == ("right_longer", "left_longer")
    assert left.index_pct == pytest.approx(-right.index_pct, abs=0.02)


def test_a_gzip_a_zip_and_the_file_itself_say_the_same():
    data = fit_bytes(asymmetry_pct=3.0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("folder/run.fit", data)
    told = [report_of(one).estimates for one in (data, gzip.compress(data), packed.getvalue())]
    assert told[0] == told[1] == told[2]


def test_the_digest_is_the_given_files_own():
    import hashlib

    data = gzip.compress(fit_bytes(minutes=12))
    assert report_of(data).source.sha256 == hashlib.sha256(data).hexdigest()


def test_another_sport_is_refused_naming_it():
    analysis = analyze_members([("ride.fit", fit_bytes(sport="cycling"))])
    assert isinstance(analysis.failed[0].error, NotARun)
    assert "cycling" in analysis.failed[0].error.text


def test_any_sport_analyses_it_all_the_same():
    assert report_of(fit_bytes(sport="cycling"), asked=Asked(any_sport=True)).estimates


def test_an_unnamed_sport_that_looks_like_running_is_analysed_with_a_note():
    assert "sport_guessed" in [note.code for note in report_of(fit_bytes(sport=None)).notes]


def test_two_sources_that_point_to_opposite_legs_are_both_reported_and_named():
    both = (Sensor(kind="watch_balance", bias_pct=2.4), Sensor(kind="runscribe", bias_pct=-2.4, contact_factor=1.25))
    report = report_of(fit_bytes(minutes=20, sensors=both))
    contact = [estimate for estimate in report.estimates if estimate.metric == "contact_time"]
    assert {estimate.source for estimate in contact} == {"watch_balance", "runscribe"}
    assert "sources_disagree" in [note.code for note in report.notes]


def test_two_sources_that_agree_have_no_such_note():
    both = (Sensor(kind="watch_balance", bias_pct=4.0), Sensor(kind="runscribe", bias_pct=4.0))
    assert "sources_disagree" not in [note.code for note in report_of(fit_bytes(sensors=both)).notes]


def test_a_run_without_sides_says_so_and_keeps_its_levels():
    report = report_of(fit_bytes(sensors=()))
    assert report.estimates == ()
    assert "no_left_right_data" in [note.code for note in report.notes]
    assert report.summary["cadence_spm"] == pytest.approx(172, abs=4)


def test_a_track_is_recognised():
    report = report_of(fit_bytes(minutes=40, route="track", speed_mps=3.4))
    assert "one_way_turning" in [note.code for note in report.notes]


def test_a_winding_road_is_no_track():
    assert "one_way_turning" not in [note.code for note in report_of(fit_bytes(minutes=40)).notes]


def test_under_ten_minutes_has_no_interval_and_says_how_many_more():
    estimate = report_of(fit_bytes(minutes=6)).estimates[0]
    assert (estimate.low_pct, estimate.verdict, estimate.reason) == (None, "unclear", "too_short")
    assert estimate.more_minutes == pytest.approx(4.0, abs=0.2)


def test_usable_and_dropped_make_the_whole():
    report = report_of(fit_bytes(minutes=30, walking_breaks=3, walking_break_s=60))
    lost = sum(one.seconds for one in report.dropped)
    assert report.usable_share == pytest.approx(1 - lost / report.duration_s, abs=0.01)
    assert 150 < next(one.seconds for one in report.dropped if one.reason == "walking") < 200


def test_intervals_are_compared_repetition_by_repetition():
    report = report_of(fit_bytes(minutes=45, intervals=5))
    assert sum(lap.index_pct is not None for lap in report.judged[0].laps) >= 5


def test_the_same_bytes_give_the_same_answer():
    data = fit_bytes()
    assert report_of(data) == report_of(data)


def test_many_files_on_all_cores_say_what_one_by_one_says(tmp_path):
    paths = []
    for seed in range(3):
        path = tmp_path / f"{seed}.fit"
        path.write_bytes(fit_bytes(seed=seed, minutes=12))
        paths.append(path)
    assert es.analyze_files(paths, jobs=2).reports == es.analyze_files(paths, jobs=1).reports


def test_analyze_file_raises_the_one_clear_sentence(tmp_path):
    path = tmp_path / "x.fit"
    path.write_bytes(b"nothing of use")
    with pytest.raises(es.EvenstrideError):
        es.analyze_file(path)


def test_an_activity_at_hand_can_be_judged_without_a_file():
    run = simulate_run(RunRecipe(minutes=20), rng=np.random.default_rng(1))
    from evenstride.model import Source

    source = Source(name="at hand", sha256="", format="simulated")
    assert judge_activity(run.activity, source).estimates[0].n > 1000


def test_everything_the_package_shows_exists():
    assert all(hasattr(es, name) for name in es.__all__)
    assert set(es.__all__) <= set(dir(es))


def test_duration_and_distance_are_those_of_the_records():
    report = report_of(fit_bytes(minutes=20, speed_mps=3.0))
    assert report.duration_s == pytest.approx(1199.0, abs=1.0)
    assert report.distance_m == pytest.approx(3600, rel=0.1)


def test_two_files_of_one_name_are_told_apart_without_their_folders(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bad.csv").write_bytes(b"hello")
    analysis = es.analyze_files([tmp_path / "one" / "bad.csv", tmp_path / "two" / "bad.csv"])
    assert [failure.name for failure in analysis.failed] == ["bad.csv", "bad (2).csv"]
