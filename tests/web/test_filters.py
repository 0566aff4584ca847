"""Sentences on a page: whatever they hold stays text, and rules lead to their reason."""

import pytest

from evenstride.web.filters import begun, dated, ruled


def test_what_a_sentence_quotes_cannot_become_part_of_the_page():
    assert "<b>" not in ruled("<b>R-24H</b>")
    assert "<a class=" in ruled("<b>R-24H</b>")


@pytest.mark.parametrize("text", ["on 2026-13-45 it rained", "2026-10-28-strength-1", ""])
def test_what_is_no_day_stays(text):
    assert dated(text) == text


def test_a_rule_leads_to_why_it_is_there(client, planned):
    assert '<a class="rule-id" href="/plan/why?of=R-FREQ">' in ruled("given up (R-FREQ)")
    assert client.get("/plan/why?of=R-FREQ").status_code == 200


def test_a_decision_is_no_link_and_is_not_cut():
    assert ruled("hold (D-HOLD-EFFORT)") == 'hold (<span class="rule-id">D-HOLD-EFFORT</span>)'


def test_only_the_first_letter_changes():
    assert begun("left 2 mm, Right 3 mm") == "Left 2 mm, Right 3 mm"
