"""Weeks of made-up runs in a store, without files that have to be read: one every third day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from evenstride.model import Device, Original, Recording
from evenstride.report.example import example_estimate, example_report
from evenstride.service.analyze import METHOD
from evenstride.store import Store, add_recording, add_run, writing

FIRST = datetime(2025, 10, 15, 6, 30, tzinfo=UTC)
STEPPED = tuple(0.8 + 0.3 * (i % 3 - 1) + (4.0 if i >= 38 else 0.0) for i in range(64))
"""A step of 4 % to the right in February: the season says so, and dates it."""


def keep_runs(store: Store, athlete_id: str, indices: Sequence[float] = STEPPED, *, before: int = 0) -> None:
    """Keep a run per index, as an import does after it has read and judged the files; ``before`` are there already."""
    rng = np.random.default_rng(5)
    with writing(store, athlete_id) as connection:
        for i, index in enumerate(indices, start=before):
            digest = f"{i:064x}"
            start = FIRST + timedelta(days=3 * i)
            estimate = example_estimate(index_pct=index, half_width_pct=0.6)
            report = example_report(estimate=estimate)
            report = replace(
                report, activity=None, start=start,
                source=replace(report.source, sha256=digest, device=Device(manufacturer="garmin", product="fenix7")),
                judged=tuple(replace(one, trace=None) for one in report.judged),
                summary={name: value * (1.0 + 0.01 * float(rng.standard_normal()))
                         for name, value in report.summary.items()},
            )  # fmt: skip
            new = Recording(originals=(digest,), part=0, report=report, method=METHOD)
            run_id = add_run(connection, athlete_id, start.date(), new)
            file = Original(sha256=digest, name=f"{i}.fit", size_bytes=1)
            add_recording(connection, athlete_id, run_id, new, [file])
