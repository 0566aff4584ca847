"""Every kind of trouble is one sentence with a status, on a page or in its place on one."""

import pytest

from evenstride import errors
from evenstride.web.answers import STATUS


def kinds(of: type[errors.EvenstrideError] = errors.EvenstrideError) -> set[str]:
    return {of.kind}.union(*(kinds(one) for one in of.__subclasses__()))


def test_every_kind_of_error_has_a_status_and_no_status_is_left_over():
    assert set(STATUS) == kinds()


@pytest.fixture
def trouble(client, ada, monkeypatch):
    """Ask for today while it raises what the test wants."""

    def ask(error: Exception, **headers):
        def broken(*_args, **_more):
            raise error

        monkeypatch.setattr("evenstride.web.pages.today.today_at", broken)
        return client.get("/", headers=headers)

    return ask


def test_an_error_is_its_sentence_and_what_would_help_on_a_page(trouble):
    answer = trouble(errors.InvalidRequest("That day lies ahead.", help="Choose an earlier one."))
    assert answer.status_code == 422
    assert "That day lies ahead." in answer.text
    assert "Choose an earlier one." in answer.text


def test_a_piece_that_was_asked_for_puts_the_sentence_where_the_page_keeps_them(trouble):
    answer = trouble(errors.InvalidRequest("That day lies ahead."), **{"HX-Request": "true"})
    assert answer.headers["hx-retarget"] == "#said"
    assert "<html" not in answer.text


def test_help_that_is_a_command_is_not_told_to_who_has_no_terminal(trouble):
    answer = trouble(errors.UnknownEntry("There is no such run.", help="evenstride run list shows them."))
    assert answer.status_code == 404
    assert "evenstride run list" not in answer.text


def test_a_conflict_shows_its_ways_out(trouble):
    conflict = errors.PlanConflict("No day is free.", rules=("R-24H",), inputs=(), ways_out=("Free a Monday.",))
    answer = trouble(conflict)
    assert answer.status_code == 409
    assert "Free a Monday." in answer.text


def test_what_an_error_quotes_cannot_become_part_of_the_page(trouble):
    assert "<script>alert" not in trouble(errors.InvalidRequest("<script>alert(1)</script>")).text


def test_a_missing_field_is_named(client):
    answer = client.tell("/welcome")
    assert answer.status_code == 422
    assert "name" in answer.text


def test_an_address_that_is_not_there_is_a_sentence(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page." in answer.text
