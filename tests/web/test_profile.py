"""The profile in the browser: told in forms, read by the same readers as the command line, one entry out at a time."""

import re
from urllib.parse import urlencode

import pytest

from evenstride.model import Profile
from evenstride.report.athlete_words import WHAT_CHANGES
from evenstride.service.side_check import side_check_steps
from evenstride.store import athletes
from evenstride.web.pages.week_form import week_rows

HEADERS = {"content-type": "application/x-www-form-urlencoded"}


def known(store) -> Profile:
    [one] = athletes(store)
    return one.profile


def token(client) -> str:
    return str(client.get("/profile").text).partition('name="token" value="')[2].partition('"')[0]


def week_form(profile) -> list[tuple[str, str]]:
    fields = []
    for row in week_rows(profile):
        for kind, minutes, at in row.runs:
            fields += [("run_day", row.key), ("run_kind", kind), ("run_minutes", minutes), ("run_at", at)]
        for minutes, at in row.free:
            fields += [("free_day", row.key), ("free_minutes", minutes), ("free_at", at)]
    return fields


def test_a_week_sent_back_as_it_stood_is_the_same_week(client, ada, store):
    fields = [*week_form(known(store)), ("token", token(client))]
    before = known(store)
    assert client.post("/profile/week", content=urlencode(fields), headers=HEADERS).status_code == 303
    assert known(store) == before


def test_a_run_without_minutes_is_one_sentence_and_nothing_changes(client, ada, store):
    before = known(store)
    fields = [(name, "" if name == "run_minutes" else value) for name, value in week_form(before)]
    answer = client.post("/profile/week", content=urlencode([*fields, ("token", token(client))]), headers=HEADERS)
    assert answer.status_code == 422
    assert "names no minutes" in answer.text
    assert known(store) == before


def test_a_mass_typed_in_pounds_is_kept_in_kilograms_and_shown_in_pounds(client, ada, store):
    client.tell("/profile/reading", units="imperial", guidance="on")
    client.tell("/profile/you", name="Ada", mass="150", timezone="Europe/Berlin")
    assert known(store).mass_kg == pytest.approx(68.04, abs=0.01)
    assert "150 lb" in client.get("/profile").text
    assert known(store).units == "imperial"


def test_what_was_emptied_is_forgotten(client, ada, store):
    client.tell("/profile/you", name="Ada", born="1990", timezone="Europe/Berlin")
    client.tell("/profile/you", name="Ada", born="", timezone="Europe/Berlin")
    assert known(store).born_year is None
    assert known(store).mass_kg is None


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("races", {"day": "2026-09-20", "priority": "A"}),
        ("injuries", {"side": "right", "site": "achilles", "since": "2025-11", "until": "2026-02"}),
        ("injuries", {"side": "left", "site": "knee", "since": "2019", "kind": "surgery"}),
        ("restrictions", {"what": "jumping", "until": "2026-08-01", "side": "left"}),
        ("targets", {"what": "contact_time", "low_side": "left", "low": "1", "high_side": "right", "high": "3"}),
    ],
)
def test_an_entry_comes_and_goes(client, ada, store, field, told):
    assert client.tell(f"/profile/{field}", **told).status_code == 303
    assert len(getattr(known(store), field)) == 1
    entry = re.search(r'name="entry" value="([^"]+)"', client.get("/profile").text)
    assert entry is not None
    assert client.tell("/profile/drop", field=field, entry=entry[1]).status_code == 303
    assert getattr(known(store), field) == ()
    assert client.tell("/profile/drop", field=field, entry=entry[1]).status_code == 404


def test_equipment_is_what_was_touched(client, ada, store):
    client.tell("/profile/equipment", thing=["band", "ball"])
    assert known(store).equipment == ("band", "ball")
    client.tell("/profile/equipment")
    assert known(store).equipment == ()


def test_the_profile_takes_few_queries(client, ada, assert_queries):
    client.get("/profile")
    with assert_queries(3):
        client.get("/profile")


def test_the_side_check_says_the_same_steps_as_the_command_line(client, ada):
    page = client.get("/profile/side-check?leg=left").text
    for step in side_check_steps("left", "limp"):
        assert step.partition(":")[0] in page
    assert "evenstride athlete" not in page
    assert set(WHAT_CHANGES) == {"as_named", "swapped", "unclear"}


def test_a_file_that_is_no_run_is_one_sentence(client, ada):
    data = {"leg": "left", "token": token(client)}
    answer = client.post("/profile/side-check/upload", data=data, files={"file": ("a.fit", b"nothing")})
    assert answer.status_code in (415, 422)
    assert "00000" not in answer.text


def test_the_profile_in_a_browser(open_page, ada, size, look, axe):
    page = open_page("/profile", size=size)
    axe(page)
    look(page, f"profile-{size}")
    page.get_by_text("Dumbbells").click()
    page.locator("#equipment").get_by_role("button", name="Save").click()
    page.wait_for_url("**/profile#equipment")
