"""Targets of the day: the right ones on the right day, never a guess about the body, and easy to switch off."""

import pytest
from tests.review_cases import TODAY, planned

from evenstride.model import CalendarRun, Profile
from evenstride.review.tables import table
from evenstride.review.targets import targets_of_the_day

ADA = Profile(name="Ada", mass_kg=60.0)


def run(kind="easy", minutes=40.0):
    return CalendarRun(day=TODAY, kind=kind, minutes=minutes)


def ids(profile=ADA, **own):
    return [one.id.removeprefix("T-DAY-") for one in targets_of_the_day(profile, day=TODAY, **own)]


def one_of(name, profile=ADA, **own):
    return next(one for one in targets_of_the_day(profile, day=TODAY, **own) if one.id == f"T-DAY-{name}")


def test_a_rest_day_has_protein_sleep_and_recovery():
    assert ids() == ["PROTEIN", "SLEEP", "RECOVERY"]


def test_a_hard_day_has_carbohydrate_and_no_recovery():
    assert ids(runs=(run("long", 80.0),)) == ["PROTEIN", "CARBOHYDRATE", "DRINK", "SLEEP"]


def test_protein_after_strength_stands_on_strength_days_only():
    assert "PROTEIN-AFTER" in ids(sessions=(planned(TODAY),))
    assert "PROTEIN-AFTER" not in ids(sessions=(planned(TODAY, kind="mobility"),))


def test_what_is_on_another_day_does_not_count():
    from datetime import timedelta

    assert ids(sessions=(planned(TODAY - timedelta(days=1)),)) == ["PROTEIN", "SLEEP", "RECOVERY"]


def test_protein_follows_body_mass_and_is_not_guessed_without():
    known, unknown = one_of("PROTEIN"), one_of("PROTEIN", Profile(name="Ada"))
    assert (known.low, known.high, known.unit) == (96, 132, "g")
    assert (unknown.low, unknown.high, unknown.unit) == (None, None, "")
    assert "not known" in unknown.text


def test_the_figures_are_those_of_the_programme():
    rows = table("targets")
    assert rows["T-DAY-PROTEIN"]["per_kg"] == [1.6, 2.2]
    assert rows["T-DAY-PROTEIN-AFTER"]["range"] == [20, 40]
    assert rows["T-DAY-SLEEP"]["range"] == [7, 9]


@pytest.mark.parametrize(("minutes", "drink", "eat"), [(45.0, False, False), (60.0, True, False), (90.0, True, True)])
def test_drinking_follows_the_length_of_the_run(minutes, drink, eat):
    text = one_of("DRINK", runs=(run(minutes=minutes),)).text
    assert ("along" in text) is drink
    assert ("carbohydrate" in text) is eat


def test_it_can_be_switched_off():
    assert ids(switched_on=False) == []


def test_every_row_has_a_source_and_comfort_is_no_repair():
    for one in targets_of_the_day(ADA, day=TODAY, sessions=(planned(TODAY),), runs=(run("long"),)):
        assert one.source
        assert one.grade
    assert "ease, they do not repair" in one_of("RECOVERY").text
    words = " ".join(str(row.get("text")) for row in table("targets").values()).lower()
    assert not any(bad in words for bad in ("prevent", "heal", "cure", "detox", "faster recovery"))
