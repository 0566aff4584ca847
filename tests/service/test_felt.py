"""Feeling, cues and blocks from what is kept: of runs that can tell, and the same with the legs exchanged."""

from datetime import timedelta

import pytest
from tests.review_cases import report
from tests.trial_home import MONDAY, keep_index, keep_run, new_home

from evenstride.service.felt import block_effects, cue_effects, feeling_shown
from evenstride.service.logs import RunTold, log_run
from evenstride.store import close_store, tag_run

OTHER = {"left": "right", "right": "left", "even": "even"}


def told_runs(home, *, mirrored=False):
    """Twelve runs: the gap is smaller with the cue, and the runner feels the changes."""
    for n in range(12):
        felt = ("left", "even", "right")[n % 3]
        value = 3.0 + 0.8 * (n % 3) - 1.5 * (n % 2) + 0.02 * n
        run = keep_index(home, MONDAY - timedelta(days=12 - n), value, mirrored=mirrored)
        cues = ("level_pelvis",) if n % 2 else ()
        log_run(home, RunTold(run=run, harder=OTHER[felt] if mirrored else felt, ratings=("effort 2",), cues=cues))


@pytest.fixture
def both(tmp_path):
    """Two runners who differ by which leg is which."""
    homes = []
    for mirrored in (False, True):
        home = new_home(None, tmp_path / str(mirrored))
        told_runs(home, mirrored=mirrored)
        homes.append(home)
    yield homes
    for home in homes:
        close_store(home.store)


def test_with_the_legs_exchanged_feeling_tracks_as_well_and_a_cue_does_as_much(both):
    one, other = (feeling_shown(home).answer for home in both)
    assert one.verdict == other.verdict
    assert one.signed.value == pytest.approx(other.signed.value)
    cue, mirrored = (cue_effects(home)[0] for home in both)
    assert cue.effect.value == pytest.approx(mirrored.effect.value)
    assert cue.effect.high < 0


def test_a_coachs_word_is_no_feeling_but_counts_for_agreement(both):
    home = both[0]
    ratings = ("effort 2, limb 3, pelvis 3, trunk 2",)
    before = feeling_shown(home)
    for n in range(6):
        day = MONDAY - timedelta(days=12 - n)
        log_run(home, RunTold(day=day, coach="Kim", harder="left", ratings=ratings))
    found = feeling_shown(home)
    assert found.answer == before.answer
    assert (found.agreement.n_runs, found.agreement.too_early) == (6, False)
    assert before.agreement.n_runs == 0


def test_usual_long_runs_show_how_the_last_third_goes_and_those_left_out_do_not(tmp_path):
    home = new_home(None, tmp_path / "late")
    thirds = [(4.0, 4.2, 5.0 + 0.1 * (k % 3)) for k in range(5)]
    runs = [keep_run(home, report(MONDAY - timedelta(days=7 * k + 7), thirds=one)) for k, one in enumerate(thirds)]
    for run in runs:
        tag_run(home.store, home.athlete_id, run, {"kind": "long"})
    late = keep_run(home, report(MONDAY, thirds=(4.0, 4.0, 4.0)))
    logged = log_run(home, RunTold(run=late, block="late_technique"))
    assert (logged.block.n, logged.block.difference.high < 0) == (5, True)
    assert block_effects(home) == (logged.block,)
    tag_run(home.store, home.athlete_id, runs[0], {"exclude": "snow"})
    tag_run(home.store, home.athlete_id, runs[1], {"kind": "easy"})
    assert block_effects(home)[0].n == 3
    close_store(home.store)
