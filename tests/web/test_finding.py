"""The finding's page: the command line's words, every reason with its rule, every piece of evidence with its leg."""

from datetime import date
from html import unescape

import pytest
from tests.web.seasons import keep_runs

from evenstride.model import TestResult
from evenstride.report.finding_words import evidence_details, finding_answer
from evenstride.service.home import home_in
from evenstride.service.season import finding_of, finding_rules
from evenstride.store import add_test

WEAK_LEFT = (
    TestResult(test="single_leg_calf_raise", day=date(2026, 4, 20), left=(12.0,), right=(30.0,)),
    TestResult(test="single_leg_calf_raise", day=date(2026, 4, 27), left=(13.0,), right=(30.0,)),
    TestResult(test="single_leg_hop", day=date(2026, 4, 28), left=(110.0, 112.0, 111.0), right=(160.0, 161.0, 160.0)),
)


@pytest.fixture
def runner(ada, store):
    """A runner whose tests name the left leg."""
    keep_runs(store, ada.id, [3.0 + 0.3 * (i % 3) for i in range(12)])
    for one in WEAK_LEFT:
        add_test(store, ada.id, one)
    return ada


@pytest.fixture
def found(runner, store, clock):
    return finding_of(home_in(store, runner, clock()))


def test_the_page_says_what_the_command_line_says(client, found):
    page = unescape(client.get("/finding?now=true").text)
    said = finding_answer(found)
    assert f"<h1>{said.text}</h1>" in page
    assert said.meaning in page
    assert all(text in page for text in (*found.reasons, *found.contradictions, *found.next_steps))


def test_every_rule_stands_with_its_grade_and_its_reason(client, found):
    page = unescape(client.get("/finding?now=true").text)
    for name in found.rules:
        rule = finding_rules()[name]
        assert f"{name} · {rule.grade}" in page
        assert rule.reason in page


def test_every_piece_of_evidence_stands_with_its_leg_and_what_is_behind_it(client, found):
    rows = unescape(client.get("/finding?now=true").text).partition('<ul class="evidence">')[2]
    rows = rows.partition("</ul>")[0].split("<li>")[1:]
    assert len(rows) == len(found.evidence)
    for row, one in zip(rows, found.evidence, strict=True):
        assert evidence_details(one) in row
        assert f"leg-{one.direction}" in row if one.direction != "none" else "leg none" in row


def test_without_anything_known_the_page_says_how_it_begins(client, ada):
    page = client.get("/finding?now=true").text
    assert "Nothing counts yet: four comparable runs" in page
    assert 'aria-current="true">ignore' in page or 'aria-current="true">watch' in page


def test_a_finding_at_hand_asks_for_little(client, runner, assert_queries):
    client.get("/finding?now=true")
    with assert_queries(6):
        client.get("/finding?now=true")


def test_the_finding_in_a_browser(open_page, runner, size, look, axe):
    page = open_page("/finding?now=true", size=size, scheme="dark" if size == "phone" else "light")
    axe(page)
    look(page, f"finding-{size}")
