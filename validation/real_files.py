"""What real files hold and what is said about them, against the numbers read from the same files independently.

Nothing of the recordings themselves is kept: only counts, means, memories and verdicts.
"""

import os
import sys
from pathlib import Path

import numpy as np

from evenstride.errors import EvenstrideError
from evenstride.measure.formats.fit import read_fit
from evenstride.measure.formats.fit_decode import decode_fit
from evenstride.measure.formats.garmin_json import read_garmin_json
from evenstride.measure.metrics import leg_samples
from evenstride.model import Activity, Floats
from evenstride.service.analyze import analyze_file, analyze_files
from validation.work import markdown, write

DATA = Path(os.environ.get("EVENSTRIDE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
RECORD, BALANCE = 20, 84

# File → raw n, mean, sd; usable n, mean, sd; independently read (None: not stated).
EXPECTED = {
    "dtcooper__python-fitparse/garmin-fenix-5-run": ((19, None, None), (17, 52.48, 0.57)),
    "GoldenCheetah__GoldenCheetah/Garmin920_withFirstbeat": ((2103, 47.26, 5.91), (2064, 47.99, 0.62)),
    "dtcooper__python-fitparse/sample_mulitple_header": ((561, 49.49, 10.25), (530, 51.62, 0.62)),
    "MaksVasilev__fit2gpx/Fenix3-Run-1321421020": ((5713, None, None), (5713, 48.56, 0.57)),
    "sports-alliance__sports-lib/6916663933": ((2915, None, None), (None, 49.27, 1.18)),
    "sports-alliance__sports-lib/4623204522": ((12517, 49.97, 0.54), (11611, 49.99, 0.43)),
}
TWINS = ("activity_2545022458", "activity_1378220136")


def run() -> None:
    """Write the table, or say that the recordings are absent."""
    if not (DATA / "MANIFEST.tsv").exists():
        print(f"real_files: the real recordings are not at {DATA}; the table is left as it is", file=sys.stderr)
        return
    intro = (
        "Raw: every stored balance. Gate: balance strictly within 40–60 % and contact time 150–400 ms, as the expected"
        " numbers were made, over the whole file. Judged: the running session alone, without standing, walking and"
        " pauses. sd with n in the denominator (0.57 expected for garmin-fenix-5-run is the one with n − 1)."
    )
    write(
        "real_files", "What real files hold", intro,
        ["## Counts, means, deviations", _numbers(), "## What the runs tell", _verdicts(),
         "## Garmin's own JSON of the same activities", _twins(),
         "## Cadence within minutes: FIT runs with fifteen minutes of running or more", _cadence()],
    )  # fmt: skip


def _numbers() -> str:
    header = ["file", "raw n, mean, sd", "expected", "gate n, mean, sd", "expected", "judged n, mean, sd"]
    rows = []
    for name, (raw, gated) in EXPECTED.items():
        data = (DATA / "fit" / f"{name}.fit").read_bytes()
        stored = np.concatenate([part.get(RECORD).numbers(BALANCE) for part in decode_fit(data).parts]) / 100.0
        stored = stored[np.isfinite(stored)]
        activities = [activity for activity in read_fit(data) if activity.legs]
        run = max(activities, key=lambda activity: np.isfinite(activity.legs[0].left).sum())
        gate = np.concatenate([_gated(activity) for activity in activities])
        rows.append(
            [Path(name).name, _said(stored), _expected(raw), _said(gate), _expected(gated),
             _said(_judged(run))]
        )  # fmt: skip
    return markdown(header, rows)


def _gated(activity: Activity) -> Floats:
    balance, contact = 100.0 * activity.legs[0].left, activity.channels["contact_time_s"]
    with np.errstate(invalid="ignore"):
        usable = (balance > 40) & (balance < 60) & (contact > 0.150) & (contact < 0.400)
    kept: Floats = balance[usable]
    return kept


def _judged(activity: Activity) -> Floats:
    legs = leg_samples(activity)[0]
    return 100.0 * legs.left / (legs.left + legs.right)


def _said(values: Floats) -> str:
    return f"{len(values)}, {values.mean():.2f}, {values.std():.2f}"


def _expected(numbers: tuple[int | None, float | None, float | None]) -> str:
    return ", ".join("–" if number is None else str(number) for number in numbers)


def _verdicts() -> str:
    header = ["file", "usable min", "index", "memory (s)", "n effective", "balance by thirds", "verdict"]
    rows = []
    for name in EXPECTED:
        try:
            report = analyze_file(DATA / "fit" / f"{name}.fit")
        except EvenstrideError as error:
            rows.append([Path(name).name, *["–"] * 5, error.text])
            continue
        judged = report.judged[0]
        estimate = judged.estimate
        if estimate.low_pct is None or estimate.n_effective is None or estimate.memory_s is None:
            rows.append([Path(name).name, f"{estimate.usable_minutes:.1f}", *["–"] * 4, "unclear (too short)"])
            continue
        thirds = " → ".join(f"{50 - third.index_pct / 4:.2f}" for third in judged.thirds if third.index_pct is not None)
        verdict = f"{estimate.verdict}{f' ({estimate.reason})' if estimate.reason else ''}"
        rows.append(
            [Path(name).name, f"{estimate.usable_minutes:.1f}",
             f"{estimate.index_pct:.2f} ({estimate.low_pct:.2f} to {estimate.high_pct:.2f})",
             f"{estimate.memory_s:.0f}", f"{estimate.n_effective:.1f}", thirds, verdict]
        )  # fmt: skip
    return markdown(header, rows)


def _cadence() -> str:
    """Of the runs with cadence, how many tell its variability, by how far apart their records are."""
    header = ["half of the records are", "runs", "devices", "told", "lowest", "median", "highest (%)"]
    reports = [report for report in analyze_files(sorted((DATA / "fit").rglob("*.fit"))).reports
               if "cadence_spm" in report.summary and report.duration_s * report.usable_share >= 900.0]  # fmt: skip
    rows = []
    for name, low, high in (("up to 2 s apart", 0.0, 2.0), ("further apart", 2.0, np.inf)):
        some = [one for one in reports if one.activity is not None
                and low < float(np.median(np.diff(one.activity.t_s))) <= high]  # fmt: skip
        values = [one.summary["cadence_cv_pct"] for one in some if "cadence_cv_pct" in one.summary]
        ends = (f"{np.min(values):.2f}", f"{np.median(values):.2f}", f"{np.max(values):.2f}") if values else ("–",) * 3
        devices = {one.source.device for one in some}
        rows.append([name, str(len(some)), str(len(devices)), str(len(values)), *ends])
    return markdown(header, rows)


def _twins() -> str:
    header = ["activity", "samples compared", "largest difference of balance (points)", "of contact time (ms)"]
    rows = []
    for name in TWINS:
        fit = read_fit((DATA / "fit" / "roznet__connectstats" / f"{name}.fit").read_bytes())[0]
        track = f"activitytrack_{name.removeprefix('activity_')}.json"
        twin = read_garmin_json((DATA / "garmin_connect_json" / "roznet__connectstats" / track).read_bytes())[0]
        shift = (twin.start - fit.start).total_seconds()
        _, ours, theirs = np.intersect1d(np.round(fit.t_s), np.round(twin.t_s + shift), return_indices=True)
        balance = 100.0 * np.abs(fit.legs[0].left[ours] - twin.legs[0].left[theirs])
        contact = 1000.0 * np.abs(fit.channels["contact_time_s"][ours] - twin.channels["contact_time_s"][theirs])
        rows.append(
            [name, str(int(np.isfinite(balance).sum())), f"{np.nanmax(balance):.2e}", f"{np.nanmax(contact):.2e}"]
        )
    return markdown(header, rows)


if __name__ == "__main__":
    run()
