"""An import killed at any moment loses nothing: one moment here, fifty on each database under `make validate`."""

import numpy as np
from validation.killed import kill_at_moments, write_runs

from evenstride.service.where import find_where


def test_a_killed_import_goes_on_where_it_was_and_ends_as_if_undisturbed(database_urls, tmp_path):
    folder = write_runs(tmp_path / "runs", 20)

    def fresh(i):
        return find_where(data=str(tmp_path / str(i)), database=database_urls(), athlete="ana", environment={})

    killed = kill_at_moments(fresh, folder, 1, rng=np.random.default_rng(5))
    assert (killed.equal, killed.under_way, killed.between(20)) == (1, 1, 1)
