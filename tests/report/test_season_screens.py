from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from evenstride.errors import InvalidRequest
from evenstride.model import Direction, FileOutcome, LegChange, Season
from evenstride.report import screen_terminal
from evenstride.report.archive_document import ImportSummary, import_document
from evenstride.report.archive_terminal import import_text, stopped_words
from evenstride.report.example_season import (
    example_assessments,
    example_comparison,
    example_comparisons,
    example_finding,
    example_season,
    example_season_metric,
)
from evenstride.report.finding_terminal import finding_text, print_finding
from evenstride.report.screen_words import repeated_words
from evenstride.report.screen_words import tests_answer as answer_of_tests
from evenstride.report.season_terminal import print_season, season_text
from evenstride.report.season_words import level_words, unchanged

TESTS = example_assessments()
FAILED = FileOutcome(key="k", name="x\x1b[2J.fit", outcome="failed", kind="too_large", text="Too large.", help="Split.")
SCREENS = {
    "season": lambda width: season_text(example_season(), width=width),
    "many runs": lambda width: season_text(example_season(n_runs=900), width=width),
    "metric": lambda width: season_text(example_season(), metric="contact_time", width=width),
    "level": lambda width: season_text(example_season(), metric="cadence", width=width),
    "empty": lambda width: season_text(Season(athlete="Ada", first=None, last=None, n_runs=0), width=width),
    "tests": lambda width: screen_terminal.comparisons_text(example_comparisons(), TESTS, width=width),
    "protocol": lambda width: screen_terminal.protocol_text(TESTS["calf_raise"], width=width),
    "finding": lambda width: finding_text(example_finding(), width=width),
    "import": lambda width: import_text(ImportSummary(files=3, kept=1, failed=(FAILED,)), width=width),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("width", [72, 100])
def test_no_line_is_wider_than_the_screen(name, width):
    assert max(len(line) for line in SCREENS[name](width).splitlines()) <= width


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off(name):
    assert "…" not in SCREENS[name](72).replace('"…"', "").replace("FILE…", "").replace("… ", "")


def test_runs_of_a_level_are_told_at_the_conditions_of_the_level():
    metric = replace(example_season_metric(n_runs=1), metric="speed_at_heart_rate", kind="level", unit="m/s")
    metric = replace(metric, runs=(replace(metric.runs[0], value=4.0, low=None, high=None),), at_reference=(3.0,))
    text = season_text(example_season(metrics=(metric,)), metric="speed_at_heart_rate")
    assert ("5:33 min/km" in text, "4:10 min/km" in text) == (True, False)


def test_a_pipe_gets_no_colour():
    out = StringIO()
    print_season(example_season(), console=Console(file=out, width=100))
    print_finding(example_finding(), console=Console(file=out, width=100))
    assert "\x1b" not in out.getvalue()


def test_the_answer_is_the_first_line():
    assert SCREENS["season"](100).splitlines()[0].startswith("Your right foot has stayed down longer in 10 of")


def test_every_metric_stands_on_the_season_screen():
    text = " ".join(SCREENS["season"](100).split())
    assert all(metric.label.split()[0] in text.lower() for metric in example_season().metrics)


@pytest.mark.parametrize(
    "said",
    ["172 spm (171 to 174)", "very likely (97 %) more than 1 %", "⚑ 7 April 2026", "around 20 March 2026",
     "in 5 long runs contact time moved", "every 10 minutes; more difference late than early: very likely (98 %)",
     "garmin fr265 against garmin fenix7", "never checked"],
)  # fmt: skip
def test_nothing_important_is_hidden(said):
    assert said in " ".join(SCREENS["season"](100).split())


def test_levels_that_stayed_share_a_line_and_keep_their_intervals():
    season = example_season()
    stayed = [one for one in season.metrics if unchanged(one)]
    text = " ".join(SCREENS["season"](100).split())
    line = text[text.index("unchanged as far as it matters: ") :]
    assert len(stayed) >= 2
    assert all(f"{one.label.removesuffix(', both legs')} {level_words(one)}" in line for one in stayed)
    assert all(f"than {one.change.smallest:g}" not in text for one in stayed)


def test_a_level_with_an_alarm_keeps_its_row():
    alarm = replace(example_season_metric().alarms[0], day=date(2026, 4, 13), text="Cadence went up.")
    steady = replace(example_season().metrics[2], alarms=(alarm,))
    text = season_text(example_season(metrics=(steady,)))
    assert "unchanged" not in text
    assert "⚑ 13 April 2026" in text[: text.index("alarm   ")]


def test_levels_that_wait_for_runs_say_what_is_missing_in_one_line():
    waiting = replace(
        example_season().metrics[2], level=None, baseline=None, change=None, waiting_for="two more runs make a baseline"
    )
    assert "not yet           contact time (two more runs make a baseline)" in season_text(
        example_season(metrics=(waiting,))
    )


def test_one_metric_has_a_second_line_too():
    assert SCREENS["metric"](100).splitlines()[1].startswith("It changed around 20 March 2026")
    assert "your baseline" in SCREENS["level"](100).splitlines()[1]


def test_one_metric_in_full_lists_its_runs_newest_first():
    lines = [line for line in SCREENS["metric"](100).splitlines() if line.startswith("2026-")]
    assert len(lines) == 24
    assert lines == sorted(lines, reverse=True)


def test_a_metric_that_no_run_has_says_which_there_are():
    with pytest.raises(InvalidRequest, match="braking") as raised:
        season_text(example_season(), metric="braking")
    assert "contact_time" in raised.value.help


def test_before_a_baseline_the_screen_still_shows_the_weeks():
    metric = example_season_metric(n_runs=6, baseline=None, change=None, waiting_for="two more runs make a baseline")
    text = season_text(example_season(metrics=(metric,)))
    assert text.startswith("Not yet: two more runs make a baseline.")
    assert "week of" in text


def test_left_stands_to_the_left_of_right_in_the_tests():
    line = next(line for line in SCREENS["tests"](100).splitlines() if "single-leg calf raise" in line and "18" in line)
    assert line.index("18") < line.index("single-leg") < line.index("24")


def behind(**changes):
    told = {"side": "left", "same_side_share": 0.75, "share_low": 0.6, "share_high": 0.86, "n": 28, "kappa": 0.4,
            "low": 0.1, "high": 0.7}  # fmt: skip
    return Direction(**(told | changes))


def test_the_same_leg_behind_is_a_share_with_its_interval():
    assert "behind in 21 of 28 results: 75 % (60 to 86)" in repeated_words(behind(), n_tests=3)


def test_agreement_of_tests_is_told_with_its_interval_and_from_twenty_pairs_on():
    assert repeated_words(behind(), n_tests=8).endswith("agreement beyond chance 0.40 (0.10 to 0.70).")
    assert "beyond chance" not in repeated_words(behind(), n_tests=9)


def test_two_tests_are_both_or_neither():
    two = example_comparisons()[1:3]
    neither = [replace(one, beyond_error=False, weaker=None) for one in two]
    both = [replace(one, beyond_error=True, weaker="left") for one in two]
    assert answer_of_tests(neither).text.startswith("Neither of the two tests shows")
    assert answer_of_tests(both).text.startswith("Both tests show a difference beyond error")


def test_inside_error_is_said_plainly():
    text = screen_terminal.comparisons_text([example_comparison(mdc95=9.0)], TESTS)
    assert text.startswith("The test shows no difference between your legs beyond error.")
    assert "inside error" in text


def test_earlier_sessions_stand_below_the_newest():
    text = SCREENS["tests"](100)
    assert text.index("12 April 2026 · left weaker") < text.index("20 February 2026: left weaker")


def leg_change(**said):
    text = "Left 14 → 24 repetitions since 20 February 2026: better by 10, more than the test's own error (5.0)."
    return LegChange(
        **{"test": "calf_raise", "label": "single-leg calf raise", "unit": "repetitions", "side": "left",
           "day": date(2026, 4, 12), "since": date(2026, 2, 20), "value": 24.0, "before": 14.0, "change": 10.0,
           "mdc95": 5.0, "mdc_source": "a study", "beyond_error": True, "improved": True, "text": text} | said
    )  # fmt: skip


def screen_of_changes(changes):
    console = Console(file=StringIO(), width=120, force_terminal=False)
    screen_terminal.print_tests(example_comparisons(), TESTS, changes=changes, console=console)
    return console.file.getvalue()


def test_a_leg_that_changed_beyond_error_has_a_line():
    assert "single-leg calf raise: left 14 → 24 repetitions since 20 February 2026" in screen_of_changes([leg_change()])


def test_a_leg_that_changed_inside_error_has_none():
    assert "→" not in screen_of_changes([leg_change(beyond_error=False)])


def test_a_leg_that_is_not_weaker_but_slower_is_called_so():
    slow = replace(example_comparison(), poorer_word="slower")
    assert "left slower" in screen_terminal.comparisons_text([slow], TESTS)


def test_the_finding_names_rules_with_their_grades():
    text = finding_text(example_finding(), grades={"F-TESTS": "strong"})
    assert "[F-TESTS, strong]" in text
    assert "[F-DO, convention]" in text


def test_the_finding_shows_contradictions_and_next_steps():
    text = SCREENS["finding"](100)
    assert "against it" in text
    assert "Repeat the calf raises" in text


def test_an_undetermined_finding_names_no_leg():
    text = finding_text(example_finding(limb="undetermined", action="watch", evidence=(), contradictions=()))
    assert "undetermined" in text
    assert "left leg" not in text


def test_a_file_name_cannot_steer_the_terminal():
    assert "\x1b" not in SCREENS["import"](100)


def test_an_import_says_its_answer_first_and_lists_each_failure():
    text = import_text(ImportSummary(files=3, kept=1, runs_added=1, failed=(FAILED,)))
    assert text.startswith("1 run was added from 3 files")
    assert "Too large. Split." in text


def left(name, kind="unknown_format", text=""):
    return FileOutcome(key="", name=name, outcome="skipped", kind=kind, text=text)


def test_an_import_says_what_it_left_aside_and_names_some():
    rides = [left(f"rides/{i}.fit", "not_a_run", "This is cycling, not running.") for i in range(12)]
    others = [left("me.PNG"), left("in/list.json"), left("walk.fit", "not_a_run", "It does not move as running does.")]
    said = " ".join(import_text(ImportSummary(files=16, kept=1, left_aside=(*rides, *others))).split())
    assert "12 cycling activities: 0.fit, 1.fit, 2.fit and 9 more" in said
    assert "2 files that are no recordings (.json, .png): me.PNG, list.json" in said
    assert "1 activity that is no run: walk.fit" in said


def test_what_was_left_aside_is_named_with_its_folder_and_reason_under_json():
    ride = left("rides/1.fit", "not_a_run", "This is cycling, not running.")
    document = import_document(ImportSummary(files=2, kept=1, left_aside=(ride,)))
    assert document["skipped"] == {"not_a_run": 1}
    assert document["left_aside"] == [
        {"name": "rides/1.fit", "kind": "not_a_run", "text": "This is cycling, not running."}
    ]


def test_an_import_that_was_stopped_is_one_line():
    assert len(stopped_words(ImportSummary(files=9, kept=3, runs_added=2, stopped=True)).splitlines()) == 1
    assert "before the first file" in stopped_words(ImportSummary(files=0, kept=0, stopped=True))


def test_an_import_of_what_is_there_already_says_so():
    said = import_text(ImportSummary(files=3, kept=0, duplicates=3))
    assert said.startswith("Nothing new: 3 of 3 files are kept already")


def test_a_season_of_one_athlete_named_with_an_escape_is_harmless():
    assert "\x1b" not in season_text(replace(example_season(), athlete="A\x1b[2J"))
