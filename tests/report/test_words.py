from itertools import product
from typing import get_args

import pytest
from tests.each import for_each

from evenstride.measure.metrics.running import REASONS as MEASURED_REASONS
from evenstride.model import METRICS, Note, SpanIndex
from evenstride.model.legs import Verdict
from evenstride.report import explain
from evenstride.report.example import example_estimate, example_judged, example_report
from evenstride.report.looks import printable
from evenstride.report.words import CHIPS, SIDE_SENTENCES, answer, chip, meaning, sentence, sentence_beside, tone

ALARMING = ("danger", "risk", "injur", "damage", "abnormal", "pathol", "problem", "warning", "bad", "great", "perfect")
DISAGREE = Note(code="sources_disagree", text="For contact time, the watch and RunScribe point to opposite legs.")


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_says_what_a_difference_to_one_side_means(metric: str) -> None:
    said = {
        sentence(example_estimate(metric=metric, index_pct=side * 5.2, verdict=None, threshold_pct=None))
        for side in (-1, 1)
    }
    assert len(said) == 2
    assert all(text.endswith(": 5.2 % (4.3 to 6.1).") for text in said)


@for_each(METRICS)
def test_every_verdict_is_one_calm_sentence(metric: str) -> None:
    reasons, flags = (None, "too_short", "at_the_edge"), (None, "not_enough_to_compare")
    for verdict, reason, flag in product(get_args(Verdict), reasons, flags):
        estimate = example_estimate(metric=metric, verdict=verdict, reason=reason, flag=flag, more_minutes=17.0)
        for text in (sentence(estimate), meaning(estimate)):
            assert text[0].isupper(), text
            assert text.endswith("."), text
            assert "None" not in text
            assert not any(word in text.lower() for word in ALARMING), text


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_a_chip_and_a_colour(verdict: str) -> None:
    estimate = example_estimate(verdict=verdict)
    assert chip(estimate) == verdict.replace("_", " ")
    assert tone(estimate) in ("left", "right", "ordinary", "unclear")


def test_the_tables_of_words_know_every_verdict_metric_and_reason() -> None:
    assert set(CHIPS) == set(get_args(Verdict))
    assert set(SIDE_SENTENCES) == set(METRICS)
    assert set(MEASURED_REASONS) <= set(explain.REASONS)


def test_the_longer_foot_is_named_with_its_interval() -> None:
    assert sentence(example_estimate(index_pct=-5.2, verdict="left_longer")) == (
        "Your left foot stayed down longer: 5.2 % (4.3 to 6.1)."
    )


def test_a_short_run_says_how_many_more_minutes_would_tell() -> None:
    estimate = example_estimate(verdict="unclear", reason="too_short", more_minutes=17.3)
    assert sentence(estimate) == "Too little steady running to tell; about 20 more minutes would."


def test_at_the_edge_promises_nothing_from_more_minutes() -> None:
    estimate = example_estimate(verdict="unclear", reason="at_the_edge")
    assert "minute" not in sentence(estimate) + meaning(estimate)


def test_too_few_independent_samples_are_said_before_the_edge() -> None:
    estimate = example_estimate(verdict="unclear", reason="at_the_edge", flag="not_enough_to_compare")
    assert sentence(estimate) == "This run tells too little to compare your legs; only more runs can."


def test_under_ten_minutes_gives_minutes_and_no_number() -> None:
    estimate = example_estimate(
        low_pct=None, high_pct=None, verdict="unclear", reason="too_short", usable_minutes=6.2, more_minutes=3.8
    )
    said = "Too little steady running to tell: only 6 usable minutes, where ten are needed; about 4 more minutes would."
    assert sentence(estimate) == said
    assert "%" not in sentence(estimate) + meaning(estimate)


def test_an_unjudged_metric_within_noise_names_no_side_as_found() -> None:
    estimate = example_estimate(metric="impact", index_pct=1.0, half_width_pct=4.0, verdict=None, threshold_pct=None)
    assert sentence(estimate) == "No difference in impact beyond noise: right +1.0 % (left 3.0 to right 5.0)."


def test_an_ordinary_step_length_says_which_metric_is_meant() -> None:
    assert "in step length" in sentence(example_estimate(metric="step_length"))


def test_without_left_and_right_the_files_own_reason_is_told() -> None:
    note = Note(code="no_left_right_data", text="The file has left and right, but none of it while running.")
    said = answer(example_report(judged=(), notes=(note,)))
    assert said.text == "This run has no left and right to compare."
    assert said.meaning == note.text


def test_two_sources_that_disagree_leave_the_answer_open() -> None:
    judged = tuple(example_judged(example_estimate(source=name)) for name in ("watch_balance", "runscribe"))
    report = example_report(judged=judged, notes=(DISAGREE,))
    assert answer(report).chip == "unclear"
    assert DISAGREE.text in answer(report).meaning
    assert sentence_beside(report.estimates[1], report).startswith("By this sensor alone: your legs")


def test_a_disagreement_about_another_metric_leaves_the_answer_standing() -> None:
    judged = (
        example_judged(example_estimate()),
        *(example_judged(example_estimate(metric="leg_stiffness", source=name)) for name in ("stryd_duo", "runscribe")),
    )
    note = Note(code="sources_disagree", text="For leg stiffness, Stryd Duo and RunScribe point to opposite legs.")
    assert answer(example_report(judged=judged, notes=(note,))).chip == "ordinary"


def test_the_balance_is_that_of_the_watch() -> None:
    assert "51.0 % left, 49.0 % right" in explain.balance(example_estimate(raw_index_pct=-4.0))


def test_only_the_work_is_compared_repetition_by_repetition() -> None:
    kinds = ("warmup", "active", "rest", "active", "rest", "cooldown")
    laps = [
        SpanIndex(start_s=60.0 * i, end_s=60.0 * i + 60, index_pct=0.0, low_pct=-1.0, high_pct=1.0, kind=kind)
        for i, kind in enumerate(kinds)
    ]
    assert [(name, lap.start_s) for name, lap in explain.work_laps(laps)] == [
        ("repetition 1", 60.0),
        ("repetition 2", 180.0),
    ]


def test_a_single_lap_has_nothing_to_compare_with() -> None:
    lap = SpanIndex(start_s=0, end_s=60, index_pct=0.0, low_pct=-1.0, high_pct=1.0)
    assert explain.work_laps([lap]) == ()


def test_injury_and_energy_are_only_named_to_claim_nothing() -> None:
    assert explain.NOT_CLAIMED.startswith("What this does not say")


def test_foreign_text_cannot_steer_a_terminal() -> None:
    assert printable("a\x1b[2J\r\n\u202eb\ud800") == "a�[2J���b�"
