"""The review's screen and document: the answer first, rules and what would have changed them beneath."""

from dataclasses import replace
from datetime import date
from io import StringIO

from rich.console import Console

from evenstride.model import Adherence, Adjustment, Decision, Opinion, RestDecision, RestStep, Review
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.review_document import review_document, reviews_document, week_name
from evenstride.report.review_screen import print_reviews, review_text
from evenstride.report.review_words import decision_words
from evenstride.review.opinions import agreement

HOLD = Adjustment(kind="hold", rule="D-HOLD-SLEEP", since=date(2026, 5, 10), until=date(2026, 5, 17), text="stay")
REVIEW = Review(
    week=date(2026, 5, 4),
    day=date(2026, 5, 10),
    outcome="hold",
    decisions=(
        Decision(
            rule="D-HOLD-SLEEP", outcome="hold", reason="Three nights were short.", evidence=("5.5 h on 8 May",),
            would_change_if=("one night more of 7 h",), adjustments=(HOLD,),
        ),
    ),
    exercises=(
        Decision(rule="D-EXERCISE-HOLD", outcome="hold", reason="once more", exercise="split_squat", side="left"),
        Decision(rule="D-EXERCISE-HOLD", outcome="hold", reason="once more", exercise="step_up", side="left"),
    ),
    adjustments=(HOLD,),
    adherence=Adherence(since=date(2026, 4, 13), until=date(2026, 5, 10), planned=8, kept=6, unlogged=1, share=0.75,
                        low=0.41, high=0.93),
    rest=RestDecision(day=date(2026, 5, 10), path=(
        RestStep(node="sleep", question="Were three nights short?", answer=True, text="5.5 h"),
        RestStep(node="soreness", question="Sore for long?", answer=None, text=""),
    )),
    wins=("the left calf raise rose from 20 to 28",),
)  # fmt: skip


def text(review=REVIEW, **own):
    return review_text(review, load_catalogue(), **own)


def test_the_first_line_is_the_decision_in_plain_words():
    assert text().splitlines()[0] == "Hold: the same again; nothing rises."


def test_rule_evidence_and_what_would_have_changed_it_are_said():
    for words in ("D-HOLD-SLEEP", "5.5 h on 8 May", "otherwise if: one night more of 7 h", "convention"):
        assert words in text()


def test_what_is_not_in_the_plan_yet_names_the_command():
    assert "evenstride review --apply" in text()
    assert "evenstride review --apply" not in text(replace(REVIEW, applied=True))


def test_days_are_said_as_people_say_them():
    asked = replace(HOLD, text="Test both legs again by 2026-05-24.")
    decided = replace(REVIEW.decisions[0], reason="The week of 2026-05-18 is light.", adjustments=(asked,))
    review = replace(REVIEW, decisions=(decided,), adjustments=(asked,))
    assert "The week of 18 May 2026 is light." in text(review)
    assert "Test both legs again by 24 May 2026." in text(review)
    assert "18 May 2026" in decision_words(review)


def test_notes_that_begin_alike_share_their_beginning():
    waits = "Not asked for now, because of what weighs more this week"
    said = " ".join(text(replace(REVIEW, notes=(f"{waits}: A set more.", f"{waits}: Drills.", "Alone."))).split())
    assert f"{waits}: A set more. Drills." in said
    assert "Alone." in said


def test_the_list_of_reviews_breaks_no_word():
    out = StringIO()
    print_reviews([REVIEW, replace(REVIEW, applied=True)], console=Console(file=out, width=40))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    assert {"D-HOLD-SLEEP).", "(D-HOLD-SLEEP)."} & set(out.getvalue().split())
    assert out.getvalue().count("In the plan.") == 1


def test_exercises_that_say_the_same_share_a_line():
    [line] = [one for one in text().splitlines() if "once more" in one]
    assert "Split squat (left), Step-up (left)" in line


def test_kept_sessions_come_with_their_interval_and_gains_are_named():
    assert "6 of 8 since 13 April (75 %, 41 to 93); 1 without a log" in text()
    assert "the left calf raise rose" in text()


def test_only_questions_answered_with_yes_are_listed_and_the_others_counted():
    assert "Were three nights short? Yes: 5.5 h" in text()
    assert "no to 0, not known 1 of 2" in text()
    assert "Sore for long?" not in text()


def test_a_decision_of_ones_own_leads_with_the_rules_beside_it():
    own = replace(
        REVIEW, opinions=(Opinion(by="coach", name="Kim", outcome="deload", day=date(2026, 5, 11), why="ill"),)
    )
    lines = text(own).splitlines()
    assert lines[0].startswith("Deload")
    assert "decided by Kim (ill), the rules said hold" in lines[1]
    assert decision_words(own) == "Week of 4 to 10 May: deload, decided by Kim: ill."


def test_it_fits_a_narrow_terminal():
    assert max(map(len, text(width=60).splitlines())) <= 60


def test_the_document_has_the_contracts_fields():
    document = review_document(REVIEW)
    for name in ("week", "outcome", "rules", "reasons", "evidence", "plan_change", "would_change_if"):
        assert name in document
    assert document["week"] == "2026-W19" == week_name(date(2026, 5, 10))
    assert document["plan_change"] == {"added": [], "removed": [], "moved": [], "changed": []}


def test_the_list_counts_what_was_decided_otherwise():
    own = replace(REVIEW, opinions=(Opinion(by="coach", outcome="deload", day=date(2026, 5, 11), why="ill"),))
    document = reviews_document([REVIEW, own], agreement([REVIEW, own]))
    assert document["overridden"] == 1
    assert document["coach"] == {"reviews": 1, "same": 0, "otherwise": ["2026-W19"]}
