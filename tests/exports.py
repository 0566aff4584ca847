"""What runners give: bulk exports as services make them, folders with everything twice, and files that are broken.

Everything is made of simulated runs, so the truth is known: `Export.starts` are the runs that are in it, each once.
Nothing here reads the clock or the environment; zip members carry one fixed date, so the same runs give the same bytes.
"""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from fastcrc import crc16

from evenstride.model import Activity, Floats
from evenstride.report.fit_encoder import encode_activity
from evenstride.simulate import RunRecipe, Sensor, simulate_run

FIRST = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
FIT_EPOCH_S = 631065600
MEMBER_DATE = (2026, 5, 4, 6, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Export:
    """Files by their path, and what is in them.

    ``starts`` are the distinct runs; ``broken`` the names (of files, or of members in an archive) that hold no readable
    run though they claim to, ``no_runs`` those that are whole but tell of no run.
    """

    files: Mapping[str, bytes]
    starts: tuple[datetime, ...]
    broken: tuple[str, ...] = ()
    no_runs: tuple[str, ...] = ()

    def write(self, folder: Path) -> list[Path]:
        """Write the files into the folder; return their paths in order."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return [folder / name for name in self.files]

    def zipped(self, name: str) -> "Export":
        """Return the same as one zip file."""
        return Export(files={name: zip_file(self.files)}, starts=self.starts, broken=self.broken, no_runs=self.no_runs)


# --- runs and what devices make of them


@cache
def runs(n: int = 6, *, minutes: float = 12.0, asymmetry_pct: float = 3.0, pods: bool = False) -> tuple[Activity, ...]:
    """Simulate n distinct runs, a day between two of them; with ``pods`` also RunScribe's left and right."""
    sensors = (Sensor(kind="watch_balance"), Sensor(kind="runscribe")) if pods else (Sensor(),)
    recipes = (
        RunRecipe(
            label=f"run {i}", start=FIRST + timedelta(days=i, minutes=7 * i), minutes=minutes, sensors=sensors,
            asymmetry_pct=asymmetry_pct + 0.2 * i, route="treadmill" if i % 5 == 4 else "road",
        )
        for i in range(n)
    )  # fmt: skip
    return tuple(simulate_run(recipe, rng=np.random.default_rng(i)).activity for i, recipe in enumerate(recipes))


def starts_of(activities: Iterable[Activity]) -> tuple[datetime, ...]:
    """When each began."""
    return tuple(activity.start for activity in activities)


def gpx_file(activity: Activity) -> bytes:
    """Return the run as GPX 1.1 with Garmin's extension: position, altitude, heart rate, cadence; no left and right."""
    c = _columns(activity, "latitude_deg", "longitude_deg", "altitude_m", "heart_rate_bpm", "cadence_spm")
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>{ele:.1f}</ele><time>{time}</time><extensions>'
        f"<gpxtpx:TrackPointExtension><gpxtpx:hr>{hr:.0f}</gpxtpx:hr><gpxtpx:cad>{cad / 2:.0f}</gpxtpx:cad>"
        "</gpxtpx:TrackPointExtension></extensions></trkpt>\n"
        for time, lat, lon, ele, hr, cad in zip(_times(activity), *c, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="StravaGPX" '
        'xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk><name>Morning Run</name><type>running</type><trkseg>\n{points}</trkseg></trk></gpx>\n"
    ).encode()


def tcx_file(activity: Activity) -> bytes:
    """Return the run as TCX, one lap, begun with the blanks that some services put before the XML."""
    c = _columns(activity, "latitude_deg", "longitude_deg", "altitude_m", "distance_m", "heart_rate_bpm",
                 "speed_mps", "cadence_spm")  # fmt: skip
    points = "".join(
        f"<Trackpoint><Time>{time}</Time><Position><LatitudeDegrees>{lat:.7f}</LatitudeDegrees><LongitudeDegrees>"
        f"{lon:.7f}</LongitudeDegrees></Position><AltitudeMeters>{ele:.1f}</AltitudeMeters><DistanceMeters>{way:.2f}"
        f"</DistanceMeters><HeartRateBpm><Value>{hr:.0f}</Value></HeartRateBpm><Extensions><TPX><Speed>{speed:.3f}"
        f"</Speed><RunCadence>{cad / 2:.0f}</RunCadence></TPX></Extensions></Trackpoint>\n"
        for time, lat, lon, ele, way, hr, speed, cad in zip(_times(activity), *c, strict=True)
    )
    first = _times(activity)[0]
    return (
        '          <?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="Running"><Id>{first}</Id><Lap StartTime="{first}"><TotalTimeSeconds>'
        f"{activity.t_s[-1]:.1f}</TotalTimeSeconds><DistanceMeters>{c[3][-1]:.2f}</DistanceMeters><Intensity>Active"
        f"</Intensity><Track>\n{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n"
    ).encode()


def csv_file(activity: Activity) -> bytes:
    """Return the run as a table with a row per second, contact time and its balance included."""
    contact, cadence, speed, hr = _columns(
        activity, "contact_time_s", "cadence_spm", "speed_mps", "heart_rate_bpm"
    )  # fmt: skip
    (balance,) = (one.left for one in activity.legs if one.source == "watch_balance")
    rows = "".join(
        f"{t:.0f},{time},{1000 * gct:.0f},{100 * share:.2f},{cad / 2:.1f},{v:.3f},{h:.0f}\n".replace("nan", "")
        for t, time, gct, share, cad, v, h in zip(
            activity.t_s, _times(activity), contact, balance, cadence, speed, hr, strict=True
        )
    )
    head = "elapsed_seconds,date_time,hrm_stance_time,hrm_stance_time_balance,hrm_cadence_sum,enhanced_speed,"
    return f"{head}hrm_heart_rate\n{rows}".encode()


def runscribe_pair(activity: Activity) -> tuple[bytes, bytes]:
    """Return the left and the right file of a run that was simulated with pods: a row per stride of each foot."""
    legs = {one.metric: one for one in activity.legs if one.source == "runscribe"}
    (rate,) = _columns(activity, "cadence_spm")
    stride_s = 120.0 / float(np.nanmedian(rate))
    feet = []
    for side, shift in (("left", 0.0), ("right", 0.5)):
        at_s = np.arange(shift * stride_s, float(activity.t_s[-1]), stride_s)
        rows = np.clip(np.searchsorted(activity.t_s, at_s, side="right") - 1, 0, None)
        contact, impact, braking = (getattr(legs[name], side)[rows] for name in ("contact_time", "impact", "braking"))
        lines = "".join(
            f"{activity.start + timedelta(seconds=float(t)):%Y-%m-%d %H:%M:%S.%f}, {t:.3f}, {120 / stride_s:.1f}, "
            f"{1000 * c:.1f}, {i:.2f}, {b:.2f}, 7, -9.0\n".replace("nan", "")
            for t, c, i, b in zip(at_s, contact, impact, braking, strict=True)
        )
        head = "datetime, time (s), step_rate (s/min), contact_time (ms), impact_gs, braking_gs, footstrike_type, "
        feet.append(f"{head}pronation_fs_mp\ndatetime, s, s/min, ms, g, g, class, deg\n{lines}".encode())
    return feet[0], feet[1]


def other_fit(kind: int, *, n: int = 1) -> bytes:
    """Return a whole FIT file that is no activity: ``kind`` 2 is settings, 4 would be an activity, 32 monitoring."""
    definition = bytes((0x40, 0, 0, 0, 0, 3, 0, 1, 0x00, 1, 2, 0x84, 4, 4, 0x86))
    stamp = int(FIRST.timestamp()) - FIT_EPOCH_S
    body = definition + b"".join(struct.pack("<BBHI", 0, kind, 1, stamp + i) for i in range(n))
    header = struct.pack("<BBHI4s", 14, 0x20, 2189, len(body), b".FIT")
    whole = header + crc16.arc(header).to_bytes(2, "little") + body
    return whole + crc16.arc(whole).to_bytes(2, "little")


# --- exports


def garmin_export(activities: Sequence[Activity] | None = None, *, name: str = "garmin-export.zip") -> Export:
    """Return a bulk export as Garmin makes it: zip files of FIT files in a zip file, among much that is no run.

    Half of the runs lie in each inner part; the last run of the first part lies in the second one again. One member
    is an empty file, and monitoring, sleep and settings stand beside the activities under names like theirs.
    """
    activities = activities or runs()
    half = (len(activities) + 1) // 2
    parts = (activities[:half], [*activities[half - 1 : half], *activities[half:]])
    uploaded = {}
    for i, part in enumerate(parts):
        inside = {f"runner_{int(a.start.timestamp())}.fit": encode_activity(a) for a in part}
        noise = {f"runner_{i}1.fit": other_fit(32, n=50), f"runner_{i}2.fit": other_fit(2), f"runner_{i}3.fit": b""}
        uploaded[f"{_UPLOADED}/UploadedFiles_0-_Part{i + 1}.zip"] = zip_file(noise | inside)
    no_runs = tuple(f"runner_{i}{k}.fit" for i in range(2) for k in (1, 2))
    files = {
        "DI_CONNECT/DI-Connect-User/user_profile.json": _json({"firstName": "A", "gender": "FEMALE"}),
        "DI_CONNECT/DI-Connect-User/user_reminders.json": _json([]),
        "DI_CONNECT/DI-Connect-Fitness/runner_0_summarizedActivities.json": _json(
            [
                {
                    "summarizedActivitiesExport": [
                        {"activityId": i, "sportType": "RUNNING"} for i in range(len(activities))
                    ]
                }
            ]
        ),
        "DI_CONNECT/DI-Connect-Wellness/2026-03-02_2026-06-10_sleepData.json": _json([{"deepSleepSeconds": 3600}]),
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-03-02.json": _json([{"totalSteps": 9000}]),
        **uploaded,
        "IT_GLOBAL_EVENTS/readme.txt": b"nothing\n",
        "customer_data/customer.json": _json({"emailAddress": "runner@example.org"}),
    }
    broken = ("runner_03.fit", "runner_13.fit")
    return Export(files=files, starts=starts_of(activities), broken=broken, no_runs=no_runs).zipped(name)


_UPLOADED = "DI_CONNECT/DI-Connect-Uploaded-Files"


def strava_export(activities: Sequence[Activity] | None = None, *, name: str = "strava-export.zip") -> Export:
    """Return a bulk export as Strava makes it: a list, and each run gzipped as FIT, GPX or TCX in turn; media."""
    activities = activities or runs()
    table = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n"
    files: dict[str, bytes] = {}
    for i, activity in enumerate(activities):
        ending, make = _STRAVA_FORMATS[i % len(_STRAVA_FORMATS)]
        if "latitude_deg" not in activity.channels:  # nobody exports a treadmill as GPX
            ending, make = _STRAVA_FORMATS[0]
        path = f"activities/{11_000_000_000 + i}.{ending}.gz"
        files[path] = gzip.compress(make(activity), mtime=0)
        day = f'"{activity.start:%b %d, %Y, %I:%M:%S %p}"'
        table += f"{11_000_000_000 + i},{day},Morning Run,Run,{activity.t_s[-1]:.0f},3.1,{path}\n"
    files = {
        "activities.csv": table.encode(), "profile.csv": b"Athlete ID,Email Address\n1,runner@example.org\n",
        "bikes.csv": b"Bike Name\n", "shoes.csv": b"Shoe Name,Shoe Brand\nblue,any\n", "logins.csv": b"Login Time\n",
        **files,
        "media/11000000000_1.jpg": b"\xff\xd8\xff\xe0" + bytes(200), "routes/1.gpx": _PLANNED,
    }  # fmt: skip
    return Export(files=files, starts=starts_of(activities), no_runs=("routes/1.gpx",)).zipped(name)


_STRAVA_FORMATS = (("fit", encode_activity), ("gpx", gpx_file), ("tcx", tcx_file))
_PLANNED = b'<?xml version="1.0"?><gpx><rte><rtept lat="0.001" lon="0.001"/></rte></gpx>'


def folder_with_duplicates(activities: Sequence[Activity] | None = None) -> Export:
    """Return a folder in which runs lie several times: the same bytes, packed, and in other formats."""
    activities = activities or runs()
    first, second, third, fourth, *rest = activities
    data = encode_activity(first)
    return Export(
        files={
            "monday.fit": data,
            "old phone/monday (1).fit": data,
            "old phone/monday.fit.gz": gzip.compress(data, mtime=0),
            "backup.zip": zip_file({"2026/monday.FIT": data}),
            "tuesday.fit": encode_activity(second),
            "tuesday.gpx": gpx_file(second),
            "wednesday.fit": encode_activity(third),
            "wednesday.tcx.gz": gzip.compress(tcx_file(third), mtime=0),
            "thursday.fit": encode_activity(fourth),
            "thursday.csv": csv_file(fourth),
            **{f"later/{i}.fit": encode_activity(activity) for i, activity in enumerate(rest)},
        },
        starts=starts_of(activities),
    )


def folder_with_pods() -> Export:
    """Return two runs with pods on both feet: one with the watch's FIT file beside it, one as the pair alone."""
    first, second = runs(2, pods=True)
    pairs = [runscribe_pair(activity) for activity in (first, second)]
    watch = Activity(
        format="fit", start=first.start, t_s=first.t_s, sport="running", device=first.device, channels=first.channels,
        legs=tuple(one for one in first.legs if one.source == "watch_balance"), laps=first.laps,
    )  # fmt: skip
    return Export(
        files={
            "pods/run_1_left.csv": pairs[0][0],
            "pods/run_1_right.csv": pairs[0][1],
            "pods/run_2_left.csv": pairs[1][0],
            "pods/run_2_right.csv": pairs[1][1],
            "watch/1.fit": encode_activity(watch),
        },
        starts=starts_of((first, second)),
    )


def broken_folder(activities: Sequence[Activity] | None = None) -> Export:
    """Return a folder of which most is broken; two runs are whole, and one was cut short in its second half."""
    activities = activities or runs()
    one, two, cut, *rest = activities
    whole = encode_activity(cut)
    flipped = bytearray(encode_activity(rest[0]))
    flipped[:14] = bytes(14)
    good = {"inside/1.fit": encode_activity(two), "inside/2.fit": encode_activity(rest[0])}
    files = {
        "good.fit": encode_activity(one),
        "cut.fit": whole[: 2 * len(whole) // 3],
        "empty.fit": b"",
        "words.fit": b"This is no run, whatever its name says.\n",
        "head only.fit": whole[:20],
        "no head.fit": bytes(flipped),
        "cut.fit.gz": gzip.compress(encode_activity(rest[0]), mtime=0)[:40],
        "one bad member.zip": corrupted(zip_file(good), "inside/2.fit"),
        "no directory.zip": zip_file({"3.fit": b"x" * 100})[:40],
        "words.gpx": b"<gpx>",
        ".DS_Store": bytes(64),
        "notes.txt": b"hello\n",
    }
    broken = ("empty.fit", "words.fit", "head only.fit", "no head.fit", "cut.fit.gz", "inside/2.fit",
              "no directory.zip", "words.gpx")  # fmt: skip
    return Export(files=files, starts=starts_of((one, two, cut)), broken=broken, no_runs=(".DS_Store", "notes.txt"))


def everything() -> Export:
    """Return all of the above in one folder, over the same six runs and the two with pods' own."""
    # One start is one run: the pods' runs begin when the first two do, and are these on another device.
    parts = {
        "garmin": garmin_export(), "strava": strava_export(), "folder": folder_with_duplicates(),
        "broken": broken_folder(), "pods": folder_with_pods(),
    }  # fmt: skip
    return Export(
        files={f"{where}/{name}": data for where, part in parts.items() for name, data in part.files.items()},
        starts=starts_of(runs()),
        broken=tuple(name for part in parts.values() for name in part.broken),
        no_runs=tuple(name for part in parts.values() for name in part.no_runs),
    )


# --- zip files


def zip_file(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """Return a zip file with these members, the same bytes every time."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, data in files.items():
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, MEMBER_DATE), data, compress_type=method)
    return kept.getvalue()


def corrupted(archive: bytes, member: str) -> bytes:
    """Return the zip file with the packed bytes of one member damaged; the others are as they were."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        entry = opened.getinfo(member)
    name, extra = struct.unpack_from("<HH", archive, entry.header_offset + 26)
    first = entry.header_offset + 30 + name + extra
    packed = bytearray(archive)
    for at in range(first, first + min(64, entry.compress_size)):
        packed[at] ^= 0xA5
    return bytes(packed)


def _columns(activity: Activity, *names: str) -> tuple[Floats, ...]:
    absent = np.full(len(activity.t_s), np.nan)
    return tuple(activity.channels.get(name, absent) for name in names)


def _times(activity: Activity) -> list[str]:
    return [f"{activity.start + timedelta(seconds=float(t)):%Y-%m-%dT%H:%M:%SZ}" for t in activity.t_s]


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()
