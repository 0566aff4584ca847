"""From a file's bytes to the finished verdict, against decoders that only decode the same bytes."""

import os
import tracemalloc
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import fitdecode
import fitfast
import numpy as np

from benchmarks.timing import median_ms
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.analyze import analyze_members
from evenstride.simulate import RunRecipe, simulate_run

REAL = Path(os.environ.get("EVENSTRIDE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "fit"
REAL_FILES = {
    "95-minute run, full dynamics": "MaksVasilev__fit2gpx/Fenix3-Run-1321421020.fit",
    "61-minute run, watch and Stryd": "roznet__connectstats/track_cs_544406.fit",
    "14-hour triathlon": "sports-alliance__sports-lib/4623204522.fit",
}
HOUR = "1-hour run, full dynamics (simulated)"


def run() -> list[str]:
    """A row per file, then the ratios that are asked for."""
    rows = [
        "| file | records | analyze | fitfast decodes | fitdecode decodes | fitfast ÷ | fitdecode ÷ | memory ÷ file |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    per_record = {}
    for name, data in _files().items():
        analyze = median_ms(partial(analyze_members, [("run.fit", data)]))
        fast = median_ms(partial(fitfast.parse, data), 5)
        slow = median_ms(partial(_fitdecode, data), 1)
        records = _records(data)
        per_record[name] = analyze / records
        rows.append(
            f"| {name} | {records} | {analyze:.1f} ms | {fast:.1f} ms | {slow:.0f} ms | {fast / analyze:.1f}"
            f" | {slow / analyze:.0f} | {_peak(data) / len(data):.0f} ({_peak(data) / 1e6:.0f} MB) |"
        )
    if "14-hour triathlon" in per_record:
        ratio = per_record["14-hour triathlon"] / per_record[HOUR]
        rows += ["", f"14-hour triathlon per record, over the 1-hour run per record: {ratio:.2f} (asked: under 5)."]
    return rows


def _files() -> Mapping[str, bytes]:
    hour = simulate_run(RunRecipe(minutes=60, grade_sd_pct=1.0), rng=np.random.default_rng(1))
    files = {HOUR: encode_activity(hour.activity)}
    return files | {name: (REAL / path).read_bytes() for name, path in REAL_FILES.items() if (REAL / path).exists()}


def _records(data: bytes) -> int:
    return len(fitfast.parse(data)["record"])


def _fitdecode(data: bytes) -> None:
    with fitdecode.FitReader(data) as reader:
        for _ in reader:
            pass


def _peak(data: bytes) -> int:
    tracemalloc.start()
    analyze_members([("run.fit", data)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
