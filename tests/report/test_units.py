"""What a reader who counts in miles and pounds is shown, and what comes back of what they type."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.report.example import example_report
from evenstride.report.numbers import of_level, of_level_change, of_step
from evenstride.report.timeline import strips
from evenstride.report.units import (
    KG_PER_LB,
    KM_PER_MILE,
    as_typed,
    from_typed,
    in_units,
    page_in_units,
)

KINDS = ("mass", "distance")


@pytest.mark.parametrize("what", KINDS)
@given(steps=st.integers(min_value=0, max_value=10_000))
def test_a_field_that_is_sent_back_unchanged_changes_nothing(what, steps):
    value = round(0.05 * steps, 2)
    assert from_typed(float(as_typed(value, what, "imperial")), what, "imperial") == value
    assert from_typed(float(as_typed(value, what, "metric")), what, "metric") == value


@pytest.mark.parametrize("what", KINDS)
@given(hundredths=st.integers(min_value=0, max_value=100_000))
def test_what_was_typed_is_shown_again_as_it_was_typed(what, hundredths):
    typed = hundredths / 100
    assert float(as_typed(from_typed(typed, what, "imperial"), what, "imperial")) == typed


@given(pounds=st.integers(min_value=0, max_value=1100))
def test_whole_pounds_are_pounds(pounds):
    assert from_typed(float(pounds), "mass", "imperial") == pytest.approx(pounds * KG_PER_LB, abs=0.0025)


@given(pounds=st.integers(min_value=1, max_value=99))
def test_a_load_in_pounds_reads_as_it_was_typed_in_any_sentence(pounds):
    kg = from_typed(float(pounds), "mass", "imperial")
    assert in_units(f"3 × 10, {kg:g} kg", "imperial") == f"3 × 10, {pounds} lb"


@given(speed=st.floats(min_value=1.5, max_value=7.0))
def test_a_pace_of_a_mile_is_that_of_its_speed(speed):
    said = in_units(of_level(speed, speed - 0.1, speed + 0.1, "m/s"), "imperial")
    found = [60 * int(m) + int(s) for m, s in re.findall(r"(\d+):(\d\d)", said)]
    wanted = [1000 * KM_PER_MILE / one for one in (speed, speed + 0.1, speed - 0.1)]
    assert found == pytest.approx(wanted, abs=1.4)  # a second of a kilometre is rounded first
    assert "min/mi" in said
    assert "km" not in said


@pytest.mark.parametrize(
    ("metric", "imperial"),
    [
        ("no change (5 s/km slower to 6 faster)", "no change (8 s/mi slower to 10 faster)"),
        (of_step(0.05, "m/s", about=2.94), "10 s/mi"),
        ("2 kg against 12.5 kg", "4.4 lb against 27.6 lb"),
        ("4 → 6 kg", "8.8 → 13.2 lb"),
        ("Long run, 110 min, 18.5 km", "Long run, 110 min, 11.5 mi"),
        ("−3 °C", "27 °F"),
        ("−3 to 5 °C", "27 to 41 °F"),
        ("−20 °C", "−4 °F"),
        ("faster, per 1 m/s", "faster, per 2.2 mph"),
        ("Left 128, right 135 cm: ordinary", "Left 128, right 135 cm / left 50.4, right 53.1 in: ordinary"),
        ("left 36 to right 20 cm", "left 36 to right 20 cm / left 14.2 to right 7.9 in"),
    ],
)
def test_sentences_are_turned_over_whole(metric, imperial):
    assert in_units(metric, "imperial").replace("\N{NO-BREAK SPACE}", " ") == imperial
    assert in_units(metric, "metric") == metric


@pytest.mark.parametrize(
    "text",
    ["step length 1.04 m", "vertical oscillation 85 mm", "1.6 to 2.2 g of protein per kg of body mass", "45 min",
     "runners at 10–25 km/h", "9.82 kN/m", "2 × 30 s", "10k", "12 kgs", of_level_change(0.1, 0, 1, "spm", about=170)],
)  # fmt: skip
def test_what_is_told_in_metric_everywhere_stays(text):
    assert in_units(text, "imperial") == text


@given(text=st.text(alphabet="0123456789.:/() kgmscinbpertlfa→–,−+°C", max_size=60))
def test_no_text_breaks_it_and_it_is_turned_over_once(text):
    once = in_units(text, "imperial")
    if " cm" not in text:
        assert in_units(once, "imperial") == once


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<textarea>10 km</textarea><p>10 km</p>', '<textarea>10 km</textarea><p>6.21 mi</p>'),
        ('<p translate="no"><p>10 km</p> 10 km</p>10 km', '<p translate="no"><p>10 km</p> 10 km</p>6.21 mi'),
        ('<input value="10 kg" aria-label="10 kg">', '<input value="10 kg" aria-label="22 lb">'),
        ('<text class="tick end pace" x="1">5:00</text>', '<text class="tick end pace" x="1">8:03</text>'),
        ('<a href="/x?q=10 km">10 km</a>', '<a href="/x?q=10 km">6.21 mi</a>'),
    ],
)  # fmt: skip
def test_a_page_says_it_and_leaves_what_people_typed(html, shown):
    assert page_in_units(html, "imperial") == shown
    assert page_in_units(html, "metric") == html


@pytest.mark.parametrize(
    ("units", "label", "top"), [("metric", "altitude, m", "100"), ("imperial", "altitude, ft", "328")]
)
def test_a_height_is_drawn_in_metres_or_feet(units, label, top):
    report = example_report()
    activity = report.activity
    heights = np.linspace(0.0, 100.0, len(activity.t_s))
    climbed = replace(report, activity=replace(activity, channels={**activity.channels, "altitude_m": heights}))
    [strip] = [one for one in strips(climbed, units) if one.label.startswith("altitude")]
    assert (strip.label, strip.form(100.0)) == (label, top)
