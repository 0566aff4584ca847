"""An import killed at any moment loses nothing: one moment here, fifty on each database under `make validate`."""

import numpy as np
from validation.killed import kill_at_moments, write_runs

from evenstride.service.where import find_where

RUNS = 20
TRIES = 8
"""When a busy machine lets the import finish, or not begin, before the kill, another moment is drawn."""


def test_a_killed_import_goes_on_where_it_was_and_ends_as_if_undisturbed(database_urls, tmp_path):
    folder = write_runs(tmp_path / "runs", RUNS)
    rng = np.random.default_rng(5)
    between = 0
    for attempt in range(TRIES):

        def fresh(i, attempt=attempt):
            data = str(tmp_path / f"{attempt}-{i}")
            return find_where(data=data, database=database_urls(), athlete="ana", environment={})

        killed = kill_at_moments(fresh, folder, 1, rng=rng)
        assert killed.equal == 1
        between += killed.between(RUNS)
        if between:
            break
    assert between, f"none of {TRIES} kills fell between the first save and the last"
