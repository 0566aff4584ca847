"""No bytes make a reader raise, break a rule of what it returns, or stay without an answer."""

import gzip
import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError
from evenstride.measure.formats import read_csv, read_csv_map, read_members
from evenstride.model import Activity

from .fit_mutations import framed, parse
from .mutations import mutate
from .properties import check_activity, check_reading, check_whole_path
from .seeds import LAPS, STRAP, SUMMARY, details, seeds, strides, zipped

HEADS = (
    b"", b"\x0e\x20\x54\x08\xff\x00\x00\x00.FIT\x00\x00", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"<gpx>",
    b"<TrainingCenterDatabase>", b'{"metricDescriptors":',
    b"datetime, time (s), step_rate (s/min), contact_time (ms)\n\n",
    b"elapsed_seconds,date_time,hrm_stance_time,hrm_stance_time_balance\n",
)  # fmt: skip
quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
randomness = st.integers(0, 2**32 - 1).map(random.Random)


@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=400))
@settings(quickly, max_examples=150)
def test_arbitrary_bytes_after_any_formats_beginning_are_answered(head: bytes, rest: bytes) -> None:
    check_reading([("run.bin", head + rest)])


@pytest.mark.parametrize("name", sorted(seeds()))
@given(rng=randomness)
@settings(quickly, max_examples=12)
def test_a_changed_file_is_read_by_the_rules(name: str, rng: random.Random) -> None:
    check_reading([(name, mutate(seeds()[name], rng))])


@pytest.mark.parametrize(
    "name", ["judged.fit", "feet_judged.fit", "intervals.fit", "stops.fit", "feet.zip", "garmin.zip"]
)
@given(rng=randomness)
@settings(quickly, max_examples=8)
def test_a_changed_run_is_judged_and_told_without_a_fault(name: str, rng: random.Random) -> None:
    check_whole_path([(name, mutate(seeds()[name], rng))])


@given(rng=randomness, names=st.lists(st.sampled_from(sorted(seeds())), min_size=2, max_size=4))
@settings(quickly, max_examples=25)
def test_many_files_at_once_each_get_an_answer(rng: random.Random, names: list[str]) -> None:
    check_reading([(f"{i}-{name}", mutate(seeds()[name], rng)) for i, name in enumerate(names)])


@given(rng=randomness, sides=st.permutations(["left", "right"]))
@settings(quickly, max_examples=15)
def test_two_changed_feet_are_read_by_the_rules(rng: random.Random, sides: list[str]) -> None:
    check_whole_path([(f"{side}.csv", mutate(strides(side), rng)) for side in sides])


@given(rng=randomness)
@settings(quickly, max_examples=15)
def test_changed_parts_of_a_garmin_activity_are_read_by_the_rules(rng: random.Random) -> None:
    check_whole_path([(f"{i}.json", mutate(part, rng)) for i, part in enumerate((details(), SUMMARY, LAPS))])


@given(rng=randomness, name=st.sampled_from(sorted(seeds())))
@settings(quickly, max_examples=20)
def test_a_bad_file_beside_a_good_one_costs_the_good_one_nothing(rng: random.Random, name: str) -> None:
    good = seeds()["minute.fit"]
    alone = read_members([("good.fit", good)]).activities
    beside = read_members([("bad", mutate(seeds()[name], rng)), ("good.fit", good)]).activities
    assert alone[0] in beside


@given(rng=randomness, name=st.sampled_from([name for name in sorted(seeds()) if name.count(".") == 1]))
@settings(quickly, max_examples=20)
def test_a_changed_file_means_the_same_packed_or_not(rng: random.Random, name: str) -> None:
    data = mutate(seeds()[name], rng)
    plain = read_members([("x", data)])
    for packed in (gzip.compress(data), zipped(("x", data))):
        inside = read_members([("x", packed)])
        assert [found.activities for found in inside.activities] == [found.activities for found in plain.activities]
        assert [error.kind for _, error in inside.failed] == [error.kind for _, error in plain.failed]


MAP = b"""
time = "elapsed_seconds"
date = "date_time"
[channels]
contact_time_s = {column = "hrm_stance_time", scale = 0.001}
speed_mps = "enhanced_speed"
[[legs]]
metric = "contact_time"
source = "strap"
share_left = {column = "hrm_stance_time_balance", scale = 0.01}
level_channel = "contact_time_s"
"""


@given(rng=randomness, changed=st.sampled_from(["the table", "the map", "both"]))
@settings(quickly, max_examples=60)
def test_a_changed_table_or_column_map_is_read_or_refused(rng: random.Random, changed: str) -> None:
    toml = MAP if changed == "the table" else mutate(MAP, rng)
    table = STRAP if changed == "the map" else mutate(STRAP, rng)
    activities: tuple[Activity, ...] = ()
    with suppress(EvenstrideError):
        activities = read_csv(table, read_csv_map(toml.decode("utf8", "replace")))
    for activity in activities:
        check_activity(activity)


@pytest.mark.parametrize("name", [name for name in sorted(seeds()) if name.endswith(".fit") and name != "chained.fit"])
def test_a_fit_file_cut_into_messages_and_closed_again_is_the_same_run(name: str) -> None:
    """The mutations must begin at what the file says, or they would only ever test the salvage of damage."""
    data = seeds()[name]
    assert read_members([("x", framed(parse(data)))]).activities == read_members([("x", data)]).activities
