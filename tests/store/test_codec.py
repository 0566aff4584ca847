"""A noun that was written comes back equal; what does not fit is refused."""

import json
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from math import inf, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.model import (
    Device,
    Dropped,
    Effect,
    FreeSlot,
    Injury,
    Judged,
    Loss,
    Note,
    PlannedRun,
    Profile,
    Race,
    Restriction,
    RunReport,
    SideCheck,
    Source,
    SpanIndex,
    Stretch,
    SymmetryEstimate,
    TestResult,
)
from evenstride.report.example import example_estimate, example_report
from evenstride.store.codec import Misfit, from_json, to_json

numbers = st.floats(allow_nan=False)
days = st.dates()
zones = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=zones)
levels = st.dictionaries(st.text(), numbers, max_size=3)


def some(kind, **given_fields):
    return st.builds(kind, **given_fields)


def many(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


estimates = st.builds(
    lambda middle, below, above, verdict: example_estimate(
        index_pct=middle, low_pct=middle - below, high_pct=middle + above, verdict=verdict
    ),
    st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.sampled_from(["ordinary", "unclear", None]),
)  # fmt: skip
dropped = some(Dropped, seconds=numbers, spans=many(st.tuples(numbers, numbers)))
spans = st.builds(SpanIndex, start_s=numbers, end_s=numbers, index_pct=st.none() | numbers, low_pct=st.none() | numbers,
                  high_pct=st.none() | numbers)  # fmt: skip
effects = some(Effect, effect_pct=numbers, low_pct=numbers, high_pct=numbers)
judged = st.builds(Judged, estimate=estimates, effects=many(effects), thirds=many(spans), laps=many(spans),
                   warmed_up=st.booleans(), dropped=many(dropped), trace=st.none())  # fmt: skip
reports = st.builds(
    RunReport,
    source=some(Source, device=some(Device)), start=moments, duration_s=numbers, distance_m=st.none() | numbers,
    usable_share=numbers, dropped=many(dropped), summary=levels,
    stretches=many(some(Stretch, minutes=numbers, levels=levels)), judged=many(judged), notes=many(some(Note)),
    losses=many(some(Loss)), activity=st.none(),
)  # fmt: skip
times = st.none() | st.times()
profiles = st.builds(
    Profile,
    runs=many(some(PlannedRun, minutes=numbers, at=times)), free=many(some(FreeSlot, minutes=numbers, at=times)),
    races=many(some(Race)), injuries=many(some(Injury)), restrictions=many(some(Restriction)),
    mass_kg=st.none() | numbers, leg_length_difference_mm=st.none() | numbers, minutes_before_runs=numbers,
    minutes_after_runs=numbers,
)  # fmt: skip
tests = st.builds(TestResult, left=many(numbers), right=many(numbers), extra=levels)
checks = st.builds(SideCheck, shift_pct=numbers, low_pct=numbers, high_pct=numbers)


@given(st.one_of(reports, profiles, tests, checks))
def test_every_noun_that_is_kept_comes_back_equal(noun):
    assert from_json(type(noun), to_json(noun)) == noun


@given(reports)
def test_a_report_is_one_line_of_strict_json(report):
    text = to_json(report)
    assert "\n" not in text
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


def test_trace_and_activity_are_not_kept():
    report = example_report()
    text = to_json(report)
    assert "trace" not in text
    assert "activity" not in text
    assert from_json(RunReport, text).judged[0].estimate == report.judged[0].estimate


def test_every_digit_of_a_number_is_kept():
    third = replace(example_report(), duration_s=1 / 3, activity=None, judged=())
    assert from_json(RunReport, to_json(third)).duration_s == 1 / 3


def test_infinity_and_missing_numbers_survive():
    effect = Effect(metric="m", source="s", condition="c", per="p", effect_pct=inf, low_pct=-inf, high_pct=nan)
    back = from_json(Effect, to_json(effect))
    assert (back.effect_pct, back.low_pct) == (inf, -inf)
    assert isnan(back.high_pct)


def test_a_start_keeps_its_own_zone():
    start = datetime(2026, 5, 4, 6, 12, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    back = from_json(RunReport, to_json(example_report(start=start, judged=())))
    assert back.start.utcoffset() == start.utcoffset()


def test_a_time_without_zone_is_refused():
    naive = datetime(2026, 5, 4)  # noqa: DTZ001  the point
    with pytest.raises(ValueError, match="zone"):
        to_json(example_report(start=naive))


def test_fields_of_a_later_version_are_ignored():
    assert from_json(Device, '{"manufacturer": "x", "colour": {"deep": [1]}}') == Device(manufacturer="x")


def test_fields_that_an_earlier_version_did_not_know_take_their_default():
    assert from_json(Profile, '{"name": "Anna"}') == Profile(name="Anna")


def required(one):
    return one.default is MISSING and one.default_factory is MISSING


@pytest.mark.parametrize("name", [one.name for one in fields(RunReport) if required(one)])
def test_a_report_without_a_required_field_is_refused(name):
    raw = json.loads(to_json(example_report()))
    del raw[name]
    with pytest.raises(Misfit, match="RunReport"):
        from_json(RunReport, json.dumps(raw))


@pytest.mark.parametrize("name", [one.name for one in fields(RunReport) if not required(one)])
def test_a_report_without_an_optional_field_is_read(name):
    raw = json.loads(to_json(example_report()))
    raw.pop(name, None)
    assert from_json(RunReport, json.dumps(raw)).n_records == example_report().n_records


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Device, "{"),
        (Device, "[" * 100_000),
        (Device, "[]"),
        (Device, '{"manufacturer": 3}'),
        (Race, '{"day": "2026-13-01", "priority": "A"}'),
        (Race, '{"day": "2026-01-01", "priority": "D"}'),
        (Race, '{"day": "2026-01-01", "priority": ["A"]}'),
        (Race, '{"day": 5, "priority": "A"}'),
        (FreeSlot, '{"weekday": 1.5, "minutes": 3}'),
        (FreeSlot, '{"weekday": true, "minutes": 3}'),
        (FreeSlot, '{"weekday": 1, "minutes": "3"}'),
        (FreeSlot, '{"weekday": 1, "minutes": true}'),
        (Dropped, '{"reason": "x", "seconds": 1, "spans": [[1, 2, 3]]}'),
        (Dropped, '{"reason": "x", "seconds": 1, "spans": {}}'),
        (Stretch, '{"name": "x", "minutes": 1, "levels": []}'),
        (Stretch, '{"name": "x", "minutes": 1, "levels": {"a": "b"}}'),
    ],
)
def test_what_does_not_fit_is_refused(kind, text):
    with pytest.raises(Misfit):
        from_json(kind, text)


def test_what_the_noun_itself_refuses_is_refused():
    raw = json.loads(to_json(example_estimate()))
    with pytest.raises(Misfit, match="interval"):
        from_json(SymmetryEstimate, json.dumps(raw | {"low_pct": 1.0, "high_pct": 0.5}))


def test_a_whole_number_may_stand_for_a_fraction():
    assert type(from_json(FreeSlot, '{"weekday": 1, "minutes": 30}').minutes) is float


def test_text_where_a_number_belongs_is_not_written():
    with pytest.raises(ValueError, match="many"):
        to_json(FreeSlot(weekday=1, minutes="many"))


def test_days_and_times_of_day_are_iso():
    slot = PlannedRun(weekday=0, kind="easy", minutes=40.0, at=time(6, 30))
    assert '"at":"06:30:00"' in to_json(slot)
    assert '"day":"2026-05-04"' in to_json(Race(day=date(2026, 5, 4), priority="A"))
    assert datetime(2026, 5, 4, tzinfo=UTC).isoformat() in to_json(
        example_report(start=datetime(2026, 5, 4, tzinfo=UTC))
    )
