import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from evenstride.errors import InvalidRequest
from evenstride.model import Device, Dropped, Loss, Note, RunReport, Source, Span, SpanIndex, Trace
from evenstride.report.example import example_estimate, example_judged, example_report
from evenstride.report.page import run_page
from evenstride.report.picture import run_picture

HOSTILE = "<script>alert(1)</script>\"'{{7*7}}\x1b\u202e\udcff"
SHORT = example_estimate(low_pct=None, high_pct=None, verdict="unclear", reason="too_short", more_minutes=3.8)
UNCLOSED = {"meta"}


class Outline(HTMLParser):
    """Checks nesting and collects what can reach out of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in UNCLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    parsed = Outline()
    parsed.feed(page)
    parsed.close()
    return parsed


def with_trace(trace: Trace) -> RunReport:
    return example_report(judged=(replace(example_judged(example_estimate()), trace=trace),))


def flat_trace(t_s: list[float], low: float, high: float) -> Trace:
    ones = np.ones(len(t_s))
    return Trace(window_s=120.0, t_s=np.array(t_s), index_pct=0 * ones, low_pct=low * ones, high_pct=high * ones)


REPORTS: dict[str, RunReport] = {
    "ordinary": example_report(),
    "short": example_report(estimate=SHORT, judged=(replace(example_judged(SHORT), trace=None, thirds=()),)),
    "none": example_report(judged=()),
    "empty": example_report(judged=(), summary={}, activity=None, distance_m=None, sport=None, dropped=()),
    "one point": with_trace(flat_trace([60.0], -1.0, 1.0)),
    "no point": with_trace(flat_trace([], -1.0, 1.0)),
    "outliers": with_trace(flat_trace([60.0, 120.0, 180.0], -1e6, 1e6)),
    "zero width": example_report(estimate=example_estimate(half_width_pct=0.0)),
    "long": example_report(duration_s=14 * 3600.0),
    "two": example_report(judged=tuple(example_judged(example_estimate(source=s)) for s in ("watch_balance", "other"))),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_page_is_whole_and_reaches_nowhere(name: str) -> None:
    page = outline(run_page(REPORTS[name]))
    assert page.open == []
    assert page.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)


@pytest.mark.parametrize("name", REPORTS)
def test_no_number_on_a_page_is_not_a_number(name: str) -> None:
    assert not re.search(r"\b(nan|inf|None)\b", run_page(REPORTS[name]))


def test_the_first_words_are_the_answer_and_the_second_what_it_means() -> None:
    body = run_page(REPORTS["ordinary"]).split("<main>")[1]
    words = [text for text in re.sub(r"<[^>]+>", "\n", body).splitlines() if text.strip()]
    assert words[0] == "Your legs differed by an ordinary amount in this run."
    assert words[1].startswith("Nothing to change today")


def test_what_a_file_says_cannot_become_part_of_the_page() -> None:
    report = example_report(
        source=Source(name=HOSTILE, sha256=HOSTILE, format=HOSTILE, device=Device(manufacturer=HOSTILE)),
        sport=HOSTILE,
        notes=(Note(code="x", text=HOSTILE),),
        losses=(Loss(code="x", text=HOSTILE),),
        judged=(
            replace(
                example_judged(example_estimate(source=HOSTILE)),
                dropped=(Dropped(reason=HOSTILE, seconds=60.0, spans=((60.0, 400.0),)),),
                laps=tuple(
                    SpanIndex(start_s=i, end_s=i + 9, index_pct=1, low_pct=0, high_pct=2, kind=HOSTILE) for i in (0, 9)
                ),
            ),
        ),
    )
    page = run_page(report)
    page.encode("utf8")
    parsed = outline(page)
    assert "script" not in parsed.tags
    assert parsed.handlers == []
    assert "{{7*7}}" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_every_picture_has_a_name_for_those_who_do_not_see_it() -> None:
    pictures = re.findall(r"<svg [^>]*>(?:<title>)?", run_page(REPORTS["ordinary"]))
    assert pictures
    assert all('aria-label="' in one or 'aria-hidden="true"' in one for one in pictures)


def test_no_position_is_drawn_or_named() -> None:
    report = example_report()
    assert report.activity is not None
    channels = dict(report.activity.channels) | {
        "latitude_deg": np.full(len(report.activity.t_s), 12.3456),
        "longitude_deg": np.linspace(65.4321, 65.5, len(report.activity.t_s)),
    }
    page = run_page(replace(report, activity=replace(report.activity, channels=channels)))
    assert page == run_page(report)


def test_under_ten_minutes_no_difference_stands_on_the_page() -> None:
    page = run_page(REPORTS["short"]).split("</style>")[1]
    assert "left +" not in page
    assert "more minutes would" in page


def test_sources_that_disagree_both_stand_on_the_page_and_neither_beside_the_answer() -> None:
    note = Note(code="sources_disagree", text="For contact time, one and the other point to opposite legs.")
    header = run_page(replace(REPORTS["two"], notes=(note,))).split("<header>")[1]
    assert "%" not in header.split("</header>")[0]
    assert header.count("By this sensor alone") == 2


def test_metrics_that_are_compared_share_their_axis() -> None:
    wide = example_judged(example_estimate(source="other", half_width_pct=8.0))
    page = run_page(example_report(judged=(example_judged(example_estimate()), wide)))
    ranges = re.findall(r"to (\d+)&#39;?|to (\d+)[\xa0 ]% either way", page)
    assert len(set(ranges)) == 1


def test_left_lies_below_the_zero_line_and_right_above() -> None:
    for index, empty in ((5.0, "band-left"), (-5.0, "band-right")):
        estimate = example_estimate(index_pct=index, half_width_pct=0.3)
        page = run_page(example_report(estimate=estimate))
        band = re.search(rf'class="{empty}" d="([^"]*)"', page)
        assert band is not None
        heights = {float(pair.split()[1]) for pair in re.findall(r"[\d.]+ [\d.]+", band.group(1))}
        assert len(heights) == 1


def test_excluded_stretches_are_shaded_with_their_reason() -> None:
    assert "<title>left out: walking</title>" in run_page(REPORTS["ordinary"])


def test_a_pause_without_records_is_shaded_once() -> None:
    report = example_report()
    assert report.activity is not None
    dropped = (Dropped(reason="paused", seconds=1.0, spans=((600.0, 601.0),)),)
    judged = (replace(report.judged[0], dropped=dropped),)
    activity = replace(report.activity, pauses=(Span(start_s=600.0, end_s=700.0),))
    picture = run_picture(replace(report, judged=judged, activity=activity))
    assert picture.count("<title>left out: timer paused</title>") == 1


def test_energy_and_injury_are_named_once_to_claim_nothing() -> None:
    page = run_page(REPORTS["ordinary"])
    assert page.count("injury") == 2
    assert page.count("What this does not say") == 1


def test_a_picture_of_its_own_carries_its_colours() -> None:
    picture = run_picture(REPORTS["ordinary"])
    assert picture.startswith("<svg")
    assert "#0072B2" in picture
    assert "prefers-color-scheme:dark" in picture


def test_a_run_without_sides_has_no_picture() -> None:
    with pytest.raises(InvalidRequest, match="no left and right"):
        run_picture(REPORTS["none"])
