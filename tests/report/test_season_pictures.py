import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from evenstride.errors import InvalidRequest
from evenstride.model import LEVELS, LevelBand, Season
from evenstride.report.example import example_report
from evenstride.report.example_season import (
    example_assessments,
    example_comparison,
    example_comparisons,
    example_finding,
    example_level_metric,
    example_season,
    example_season_metric,
)
from evenstride.report.picture import run_picture
from evenstride.report.png import check_picture_name, plain, png_bytes, write_picture
from evenstride.report.screen_picture import tests_picture as draw_tests
from evenstride.report.season_page import season_page
from evenstride.report.season_picture import season_picture
from evenstride.report.svg import LETTER_PX

TESTS = example_assessments()
PICTURES = {
    "season": lambda: season_picture(example_season(), tests=example_comparisons()),
    "many": lambda: season_picture(example_season(n_runs=900)),
    "metric": lambda: season_picture(example_season(), metric="contact_time"),
    "level": lambda: season_picture(example_season(), metric="cadence"),
    "one run": lambda: season_picture(example_season(n_runs=1)),
    "tests": lambda: draw_tests(example_comparisons(), TESTS),
    "run": lambda: run_picture(example_report()),
}


def pixels(png: bytes) -> np.ndarray:
    """An RGBA or RGB picture of 8 bits as an array (height, width, channels)."""
    width, height, _, colour = struct.unpack(">IIBB", png[16:26])
    channels = {2: 3, 6: 4}[colour]
    data, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * channels)
    out = np.zeros((height, width * channels), np.int64)
    for place, row in enumerate(rows):
        out[place] = unfiltered(int(row[0]), row[1:].astype(np.int64), out[place - 1] if place else None, channels)
    return np.reshape(out, (height, width, channels))


def unfiltered(kind, row, above, channels):
    up = np.zeros_like(row) if above is None else above
    if kind == 0:
        return row
    if kind == 2:
        return (row + up) % 256
    out = row.copy()
    for i in range(len(row)):
        a = int(out[i - channels]) if i >= channels else 0
        b, c = int(up[i]), int(up[i - channels]) if i >= channels else 0
        if kind == 1:
            guess = a
        elif kind == 3:
            guess = (a + b) // 2
        else:
            guess = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        out[i] = (int(row[i]) + guess) % 256
    return out


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_sound_xml_with_a_title(name):
    root = ET.fromstring(PICTURES[name]())  # noqa: S314
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


@pytest.mark.parametrize("name", PICTURES)
def test_no_place_in_a_picture_is_unknown(name):
    assert not re.search(r"\bnan\b|\binf\b", PICTURES[name]())


@pytest.mark.parametrize("name", PICTURES)
def test_no_words_reach_beyond_the_edges(name):
    root = ET.fromstring(PICTURES[name]())  # noqa: S314
    width = float(root.attrib["viewBox"].split()[2])
    for group, shift in groups(root):
        for text in group.findall("{http://www.w3.org/2000/svg}text"):
            css, x = text.attrib["class"].split(), float(text.attrib["x"]) + shift
            room = 6.0 * len(text.text or "") * (1.5 if "head" in css else 1.0)
            start = x - room if "end" in css else x - room / 2 if "mid" in css else x
            assert start >= -4, text.text
            assert start + room <= width + 12, text.text


def groups(root, shift=0.0):
    yield root, shift
    for group in root.findall("{http://www.w3.org/2000/svg}g"):
        moved = re.search(r"translate\(([-\d.]+)", group.attrib.get("transform", ""))
        yield from groups(group, shift + (float(moved[1]) if moved else 0.0))


def test_six_runs_have_a_whisker_each():
    svg = season_picture(example_season(n_runs=6))
    assert svg.count('class="run"') == 6


def test_many_runs_are_faint_dots_with_a_whisker_per_week():
    svg = season_picture(example_season(n_runs=400, days_between=1.9))
    assert 'class="run"' not in svg
    assert 50 < svg.count('class="week"') < 130
    assert "faint dots: runs" in svg


def test_a_picture_of_thousands_of_runs_stays_small():
    assert len(season_picture(example_season(n_runs=3000, days_between=1.05))) < 1_000_000


def test_runs_of_another_device_are_hollow():
    assert season_picture(example_season(n_runs=24)).count('class="run-other"') == 3


def test_an_alarm_is_a_flag_with_its_date():
    svg = season_picture(example_season())
    assert 'class="pole"' in svg
    assert ">7 Apr</text>" in svg


def test_a_change_is_shaded_from_its_first_to_its_last_possible_day():
    assert "changed 2026-03-14 to 2026-03-24" in season_picture(example_season())


def heights_of_level(svg):
    d = re.findall(r'class="mean" d="([^"]+)"', svg)[-1]
    return [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", d)]


def test_a_level_that_stays_is_drawn_flat():
    """A quarter of the smallest change that matters moves a line by less than a tenth of its panel."""
    metric = example_level_metric()
    quiet = tuple(replace(run, value=170.0 + 0.1 * (place % 2)) for place, run in enumerate(metric.runs))
    level = np.linspace(170.0, 171.0, len(metric.band.days))
    band = LevelBand(days=metric.band.days, level=level, low=level - 0.1, high=level + 0.1)
    svg = season_picture(example_season(metrics=(replace(metric, runs=quiet, band=band),)))
    drawn = heights_of_level(svg)
    assert max(drawn) - min(drawn) < 0.1 * 256.0


def test_an_alarm_of_a_level_is_a_flag_with_its_date():
    metric = replace(example_level_metric(), alarms=example_season_metric().alarms)
    svg = season_picture(example_season(metrics=(metric,)))
    assert 'class="pole"' in svg
    assert ">7 Apr</text>" in svg


def test_the_longest_name_of_a_level_fits_beside_two_others():
    longest = max((one.label for one in LEVELS.values()), key=len)
    metrics = tuple(replace(example_level_metric(), label=longest, metric=name) for name in list(LEVELS)[:3])
    root = ET.fromstring(season_picture(example_season(metrics=metrics)))  # noqa: S314
    width = float(root.attrib["viewBox"].split()[2])
    ends = [
        float(text.attrib["x"]) + shift + LETTER_PX * len(longest)
        for group, shift in groups(root)
        for text in group.findall("{http://www.w3.org/2000/svg}text")
        if text.text == longest
    ]
    assert len(ends) == 3
    assert max(ends) <= width


def test_tests_are_marked_with_the_weaker_leg():
    inside = (example_comparison(mdc95=9.0),)
    assert "test-none" in re.sub(r"<style>.*</style>", "", season_picture(example_season(), tests=inside))
    assert ">tests<" in season_picture(example_season(), tests=inside)


def test_tests_after_the_last_run_lie_on_the_axis():
    season = example_season(n_runs=6)
    svg = season_picture(season, tests=example_comparisons())
    assert ">Apr<" in svg


def test_an_empty_season_cannot_be_drawn_and_says_why():
    with pytest.raises(InvalidRequest, match="no runs"):
        season_picture(Season(athlete="Ada", first=None, last=None, n_runs=0))


def test_tests_that_are_not_there_cannot_be_drawn():
    with pytest.raises(InvalidRequest, match="no tests"):
        draw_tests((), TESTS)


def test_values_below_zero_are_drawn():
    svg = draw_tests((example_comparison(left=(-3.0, -2.0), right=(4.0, 5.0)),), TESTS)
    assert ">0</text>" in svg


@pytest.mark.parametrize("name", PICTURES)
def test_a_png_needs_nothing_that_only_browsers_know(name):
    light = plain(PICTURES[name]())
    assert "var(" not in light
    assert "@media" not in light
    assert "system-ui" not in light


def test_a_png_is_light_and_holds_both_legs_colours():
    seen = {tuple(colour[:3]) for colour in pixels(png_bytes(PICTURES["tests"](), zoom=1.0)).reshape(-1, 4)}
    assert {(255, 255, 255), (0, 114, 178), (213, 94, 0)} <= seen


def test_a_png_has_words_on_a_machine_without_fonts(tmp_path, monkeypatch):
    import resvg_py

    real = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **given: real(**given, skip_system_fonts=True))
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20" width="80"><style>text{font: 12px x}</style>'
    written = pixels(png_bytes(f'{head}<text x="5" y="15">right</text></svg>'))
    empty = pixels(png_bytes(f"{head}</svg>"))
    assert (written != empty).any()


def test_a_picture_is_written_as_its_name_says(tmp_path):
    for name, start in (("a.svg", b"<svg"), ("b.PNG", b"\x89PNG")):
        write_picture(PICTURES["tests"](), tmp_path / "new" / name)
        assert (tmp_path / "new" / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["picture.pdf", "picture"])
def test_another_ending_is_refused_in_one_sentence(name, tmp_path):
    with pytest.raises(InvalidRequest, match=r"SVG or PNG") as raised:
        write_picture("<svg/>", tmp_path / name)
    assert ".svg or .png" in raised.value.help
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidRequest, match="cannot be written"):
        write_picture("<svg/>", tmp_path / "file" / "x.svg")


def test_the_font_is_shipped_with_its_licence():
    import evenstride.report

    folder = Path(evenstride.report.__file__).parent / "fonts"
    assert "Permission is hereby granted" in (folder / "LICENSE.txt").read_text("utf8")
    assert all((folder / name).is_file() for name in ("sans.ttf", "sans-bold.ttf"))


def test_the_season_page_needs_no_network_and_no_script():
    page = season_page(example_season(), example_comparisons(), example_finding(), assessments=TESTS)
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?:', page)


def test_the_season_page_shows_season_finding_and_tests():
    page = season_page(example_season(), example_comparisons(), example_finding(), assessments=TESTS)
    for said in ("stayed down longer in 10", "Favour your left leg", "single-leg calf raise", "Both legs together"):
        assert said in page


def test_the_season_page_of_little_is_a_page_too():
    empty = Season(athlete="<b>Ada", first=None, last=None, n_runs=0)
    page = season_page(empty, (), None, assessments=TESTS)
    assert "There are no runs yet." in page
    assert "<b>Ada" not in page


def test_before_a_baseline_the_season_is_drawn_all_the_same():
    metric = example_season_metric(
        n_runs=3, baseline=None, change=None, band=None, level=None, waiting_for="two more runs make a baseline"
    )
    svg = season_picture(example_season(metrics=(metric,)))
    assert svg.count('class="run"') == 3
    assert "two more runs" in svg


def test_runs_are_drawn_where_the_level_goes_through_them():
    metric = example_season_metric(n_runs=6)
    moved = example_season_metric(n_runs=6, at_reference=tuple(run.value - 2.0 for run in metric.runs))

    def first_dot(one) -> float:
        svg = season_picture(example_season(metrics=(one,)))
        return float(re.findall(r'<circle class="pennant"[^>]*cy="([\d.]+)"', svg)[0])

    assert first_dot(moved) > first_dot(metric)


def test_a_wrong_name_is_refused_before_any_work():
    check_picture_name(Path("season.svg"))
    with pytest.raises(InvalidRequest):
        check_picture_name(Path("season.jpg"))


def test_the_page_names_one_device_once_and_several_in_a_column():
    one = example_season_metric()
    same = replace(one, runs=tuple(replace(run, device="garmin fenix7") for run in one.runs))
    alone, several = (
        season_page(example_season(metrics=(metric,)), (), None, assessments=TESTS) for metric in (same, one)
    )
    assert "All by garmin fenix7." in alone
    assert '<th scope="col">device</th>' not in alone
    assert '<th scope="col">device</th>' in several
