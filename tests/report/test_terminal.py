import subprocess
import sys
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from evenstride.model import Loss, Note, RunReport, Source, SpanIndex
from evenstride.report.example import example_estimate, example_judged, example_report
from evenstride.report.terminal import print_failures, print_run, screen_text

SHORT = example_estimate(
    low_pct=None, high_pct=None, verdict="unclear", reason="too_short", more_minutes=3.8, usable_minutes=6.2
)
REPORTS: dict[str, RunReport] = {
    "ordinary": example_report(),
    "right": example_report(estimate=example_estimate(index_pct=5.2, verdict="right_longer")),
    "wide": example_report(estimate=example_estimate(half_width_pct=90.0, verdict="unclear")),
    "short": example_report(judged=(replace(example_judged(SHORT), trace=None, thirds=(), effects=()),)),
    "none": example_report(judged=()),
    "empty": example_report(judged=(), summary={}, activity=None, distance_m=None, sport=None, dropped=()),
    "long name": example_report(source=Source(name="x" * 300 + ".fit", sha256="0", format="fit")),
}


def with_laps(*kinds: str) -> RunReport:
    laps = tuple(
        SpanIndex(
            start_s=60.0 * i, end_s=60.0 * i + 60, index_pct=1.0, low_pct=0.0, high_pct=2.0, kind=kinds[i % len(kinds)]
        )
        for i in range(40)
    )
    return example_report(judged=(replace(example_judged(example_estimate()), laps=laps),))


def row(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    assert max(len(line) for line in screen_text(REPORTS[name], width=width).splitlines()) <= width


@pytest.mark.parametrize("name", REPORTS)
def test_one_run_fits_one_screen(name: str) -> None:
    assert len(screen_text(REPORTS[name]).splitlines()) <= 30


def test_the_answer_is_the_first_line() -> None:
    assert screen_text(REPORTS["right"]).splitlines()[0] == "Your right foot stayed down longer: 5.2 % (4.3 to 6.1)."


def test_left_is_drawn_on_the_left() -> None:
    left = row(screen_text(example_report(estimate=example_estimate(index_pct=-3.0))), "whole run")
    right = row(screen_text(example_report(estimate=example_estimate(index_pct=3.0))), "whole run")
    assert left.index("●") < left.index("│")
    assert right.index("●") > right.index("│")


def test_mirrored_legs_give_a_mirrored_picture() -> None:
    def picture(index_pct: float) -> str:
        line = row(screen_text(example_report(estimate=example_estimate(index_pct=index_pct))), "whole run")
        return line[18:57]

    assert picture(3.0)[::-1].translate(str.maketrans("├┤", "┤├")) == picture(-3.0)


def test_a_pipe_gets_no_colour() -> None:
    out = StringIO()
    print_run(REPORTS["right"], Console(file=out, width=100))
    assert "\x1b" not in out.getvalue()


def test_a_file_name_is_neither_markup_nor_an_escape() -> None:
    name = "[bold]run[/bold]\x1b[2J.fit"
    text = screen_text(example_report(source=Source(name=name, sha256="0", format="fit")))
    assert "[bold]run[/bold]�[2J.fit" in text


def test_losses_and_notes_are_said() -> None:
    report = example_report(
        losses=(Loss(code="truncated", text="The file ends early."),), notes=(Note(code="x", text="Worth knowing."),)
    )
    text = screen_text(report)
    assert "The file ends early." in text
    assert "Worth knowing." in text


def test_a_note_that_is_the_answer_is_said_once() -> None:
    note = Note(code="no_left_right_data", text="The strap was not worn.")
    assert screen_text(example_report(judged=(), notes=(note,))).count(note.text) == 1


def test_without_sides_the_ways_to_get_them_are_shown() -> None:
    assert "A pod on each shoe" in screen_text(REPORTS["none"])


def test_under_ten_minutes_no_difference_is_shown() -> None:
    text = screen_text(REPORTS["short"])
    assert "whole run" not in text
    assert "left +" not in text


def test_repetitions_are_listed_up_to_a_screenful() -> None:
    text = screen_text(with_laps("active", "rest"))
    assert "repetition 12" in text
    assert "repetition 13" not in text
    assert "… 8 more" in text


def test_laps_without_a_rest_between_them_are_left_to_the_page() -> None:
    assert "lap 1" not in screen_text(with_laps("active", "active"))


def test_failures_have_a_line_each() -> None:
    out = StringIO()
    print_failures([("a.fit", "No."), ("b\x1b.fit", "Never.")], Console(file=out, width=40))
    assert out.getvalue().splitlines() == ["a.fit: No.", "b�.fit: Never."]


def test_the_screen_loads_neither_templates_nor_plots() -> None:
    code = (
        "import sys, evenstride.report.terminal, evenstride.report.document;"
        "print([m for m in ('jinja2', 'matplotlib', 'scipy.stats', 'scipy.signal') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
