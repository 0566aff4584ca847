"""Small valid files of every format and container: where mutation starts."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache

import numpy as np

from evenstride.report.fit_encoder import encode_activity
from evenstride.simulate import RunRecipe, Sensor, simulate_run

GPX = (
    b'<?xml version="1.0"?><gpx creator="w" xmlns:a="x"><trk><type>running</type><trkseg>'
    + b"".join(
        b'<trkpt lat="1" lon="2.%05d"><ele>%d</ele><time>2026-05-04T06:00:%02dZ</time><extensions><a:hr>140</a:hr>'
        b"<a:cad>85</a:cad></extensions></trkpt>" % (30 * i, i, i)
        for i in range(20)
    )
    + b'</trkseg><trkseg><trkpt lat="1" lon="2.1"><time>2026-05-04T06:10:00+02:00</time></trkpt></trkseg></trk>'
    b'<trk><trkseg><trkpt lat="1" lon="2"><time>2026-05-05T06:00:00</time></trkpt></trkseg></trk></gpx>'
)
TCX = (
    b'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Creator><Name>w</Name></Creator>'
    b'<Lap StartTime="2026-05-04T06:00:00Z"><DistanceMeters>60</DistanceMeters><Intensity>Active</Intensity><Track>'
    + b"".join(
        b"<Trackpoint><Time>2026-05-04T06:00:%02dZ</Time><Position><LatitudeDegrees>1</LatitudeDegrees>"
        b"<LongitudeDegrees>2.%05d</LongitudeDegrees></Position><AltitudeMeters>5</AltitudeMeters><DistanceMeters>%d"
        b"</DistanceMeters><HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><TPX><Speed>3.1</Speed>"
        b"<RunCadence>85</RunCadence></TPX></Extensions></Trackpoint>" % (i, 30 * i, 3 * i)
        for i in range(20)
    )
    + b"</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
)
STRAP = (
    b"elapsed_seconds,date_time,hrm_stance_time,hrm_stance_time_balance,hrm_cadence_sum,enhanced_speed\n"
    + b"".join(b"%d,2026-05-04T06:00:%02dZ,25%d,50.%d,86,3.1\n" % (i, i % 60, i % 9, i % 7) for i in range(30))
)


@cache
def simulated_fits() -> Mapping[str, bytes]:
    """FIT files of known truth: without legs, with each sensor, with everything that interrupts a run."""
    feet = (Sensor(kind="runscribe"), Sensor(kind="stryd_duo"))
    recipes = {
        "minute": RunRecipe(minutes=1),
        "bare": RunRecipe(minutes=1, sensors=(), dynamics=False, route="treadmill"),
        "judged": RunRecipe(minutes=14, recording="smart", grade_sd_pct=2.0),
        "feet": RunRecipe(minutes=1, sensors=feet),
        "feet_judged": RunRecipe(minutes=13, sensors=feet, recording="smart", turn_sd_dps=3.0, hold_s=1),
        "intervals": RunRecipe(
            minutes=13, recording="smart", intervals=4, interval_work_s=60, interval_rest_s=60, pauses=2, pause_s=90
        ),
        "stops": RunRecipe(
            minutes=14, recording="smart", walking_breaks=1, walking_break_s=30, standing_stops=1, missing_share=0.1
        ),
    }
    return {
        name: encode_activity(simulate_run(recipe, rng=np.random.default_rng(number)).activity)
        for number, (name, recipe) in enumerate(recipes.items())
    }


def strides(side: str, *, minutes: float = 0.5) -> bytes:
    """Return a pod's table of one foot."""
    late = 0.35 if side == "right" else 0.0
    head = b"datetime, time (s), active_dist (mi), pause_time (s), stride_pace (mi/min), step_rate (s/min), "
    head += b"stride_length (ft), contact_time (ms), impact_gs, braking_gs, footstrike_type, pronation_fs_mp\n,,,,\n"
    return head + b"".join(
        b"2026-05-04 06:%02d:%06.3f, %.3f, %.4f, 0, 8.5, 171, 7.2, %d, 9.1, 6.5, 4, -8.1\n"
        % (t // 60, t % 60, t, 0.002 * t, 250 + i % 7)
        for i, t in ((i, late + 0.7 * i) for i in range(int(minutes * 60 / 0.7)))
    )


def details(*, n: int = 30) -> bytes:
    """Return Garmin Connect's details of an activity."""
    said = {
        "directTimestamp": "gmt", "directSpeed": "mps", "directHeartRate": "bpm", "directDoubleCadence":
        "stepsPerMinute", "directGroundContactTime": "ms", "directGroundContactBalanceLeft": "dimensionless",
        "sumElapsedDuration": "second", "sumDuration": "second", "directLatitude": "dd", "directLongitude": "dd",
    }  # fmt: skip
    rows = [[1777874400000 + 1000 * i, 3.1, 150, 171, 250 + i % 5, 50.1 + i % 3, i, i, 1.0, 2 + i / 3e4]
            for i in range(n)]  # fmt: skip
    return json.dumps({
        "activityId": 7,
        "metricDescriptors": [{"metricsIndex": i, "key": key, "unit": {"key": unit}}
                              for i, (key, unit) in enumerate(said.items())],
        "activityDetailMetrics": [{"metrics": row} for row in rows],
    }).encode()  # fmt: skip


SUMMARY = (
    b'{"activityId": 7, "activityTypeDTO": {"typeKey": "running"}, "metadataDTO": {"manufacturer": "GARMIN"},'
    b' "summaryDTO": {"startTimeGMT": "2026-05-04T06:00:00.0"}}'
)
LAPS = (
    b'{"activityId": 7, "lapDTOs": [{"startTimeGMT": "2026-05-04T06:00:00.0", "distance": 30.5, "elapsedDuration": 10,'
    b' "intensityType": "ACTIVE"}, {"startTimeGMT": "2026-05-04T06:00:10.0", "duration": 9}]}'
)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of the members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as out:
        for name, data in members:
            out.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return packed.getvalue()


@cache
def seeds() -> Mapping[str, bytes]:
    """Every seed by the name of its file."""
    fits = simulated_fits()
    plain = {
        **{f"{name}.fit": data for name, data in fits.items()},
        "chained.fit": fits["minute"] + fits["bare"],
        "run.gpx": GPX,
        "run.tcx": TCX,
        "strap.csv": STRAP,
        "left.csv": strides("left"),
        "details.json": details(),
        "summary.json": SUMMARY,
        "laps.json": LAPS,
    }
    feet = (("left.csv", strides("left", minutes=12)), ("right.csv", strides("right", minutes=12)))
    packed = {
        "run.fit.gz": gzip.compress(fits["minute"], mtime=0),
        "run.gpx.gz": gzip.compress(GPX, mtime=0),
        "feet.zip": zipped(*feet),
        "garmin.zip": zipped(("details.json", details(n=700)), ("summary.json", SUMMARY), ("laps.json", LAPS)),
        "all.zip": zipped(("run.gpx", GPX), ("run.tcx", TCX), ("photo.jpg", b"?"), ("run.fit", fits["bare"])),
        "stored.zip": zipped(("strap.csv", STRAP), method=zipfile.ZIP_STORED),
        "nested.zip": zipped(("run.fit.gz", gzip.compress(fits["bare"], mtime=0)), ("in.zip", zipped(("a.gpx", GPX)))),
    }
    return plain | packed
