"""Athletes by name, their profiles, and the side checks of their devices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenstride.errors import AthleteExists, InvalidRequest, StoreDamaged, UnknownAthlete
from evenstride.model import Injury, Profile, Race, SideCheck
from evenstride.store import add_athlete, add_side_check, athletes, find_athlete, save_profile, side_checks
from evenstride.store.connection import changing
from evenstride.store.tables import athlete

CHECK = SideCheck(
    source="watch_balance", device="garmin fenix7", checked=date(2026, 5, 1), leg="left", method="limp",
    answer="as_named", shift_pct=6.0, low_pct=4.0, high_pct=8.0,
)  # fmt: skip


def test_a_profile_comes_back_as_it_was_given(store, now):
    profile = Profile(
        name="Zoë", mass_kg=61.5, races=(Race(day=date(2026, 9, 1), priority="A"),),
        injuries=(Injury(side="left", site="calf", since=date(2024, 1, 1)),),
    )  # fmt: skip
    added = add_athlete(store, profile, now)
    assert find_athlete(store, "Zoë") == added
    assert added.profile == profile


def test_athletes_are_listed_in_the_order_of_adding(store, now):
    for number, name in enumerate(("Zoë", "Anna", "Mia")):
        add_athlete(store, Profile(name=name), now + timedelta(hours=number))
    assert [one.profile.name for one in athletes(store)] == ["Zoë", "Anna", "Mia"]


@pytest.mark.parametrize("name", ["Zoë", "ZOË", "zoe\u0308", " zoë "])
def test_a_name_is_found_however_it_is_spelt(store, now, name):
    added = add_athlete(store, Profile(name="Zoë"), now)
    assert find_athlete(store, name).id == added.id


def test_the_only_athlete_need_not_be_named(store, anna):
    assert find_athlete(store, None).id == anna


def test_without_a_name_several_athletes_are_listed(store, anna, now):
    add_athlete(store, Profile(name="Ben"), now)
    with pytest.raises(UnknownAthlete, match="Anna, Ben"):
        find_athlete(store, None)


def test_an_unknown_name_says_who_is_known(store, anna):
    with pytest.raises(UnknownAthlete, match="Nobody called Ben") as caught:
        find_athlete(store, "Ben")
    assert "Anna" in caught.value.help


def test_an_empty_store_says_how_to_begin(store):
    with pytest.raises(UnknownAthlete) as caught:
        find_athlete(store, None)
    assert "athlete add" in caught.value.help


def test_the_same_name_twice_is_refused(store, anna, now):
    with pytest.raises(AthleteExists, match="ANNA"):
        add_athlete(store, Profile(name="ANNA"), now)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "x" * 300, "\ud800"])
def test_what_cannot_be_a_name_is_refused(store, now, name):
    with pytest.raises(InvalidRequest):
        add_athlete(store, Profile(name=name), now)


def test_a_profile_may_change_and_so_may_the_name(store, anna):
    save_profile(store, anna, Profile(name="Anne", born_year=1990))
    assert find_athlete(store, "anne").profile.born_year == 1990
    assert find_athlete(store, None).id == anna


def test_a_name_that_somebody_else_has_is_refused(store, anna, now):
    ben = add_athlete(store, Profile(name="Ben"), now)
    with pytest.raises(AthleteExists):
        save_profile(store, ben.id, Profile(name="anna"))


def test_the_latest_check_of_each_device_counts(store, anna):
    later = replace(CHECK, checked=date(2026, 6, 1), answer="swapped")
    other = replace(CHECK, device="coros pace")
    for one in (later, CHECK, other):
        add_side_check(store, anna, one)
    assert set(side_checks(store, anna)) == {later, other}


def test_of_two_checks_on_one_day_the_second_counts(store, anna):
    second = replace(CHECK, answer="unclear")
    for one in (CHECK, second):
        add_side_check(store, anna, one)
    assert side_checks(store, anna) == (second,)


def test_a_profile_that_cannot_be_read_is_said_to_be_damaged(store, anna):
    with changing(store) as connection:
        connection.execute(athlete.update().values(profile='{"name": 3}'))
    with pytest.raises(StoreDamaged, match="profile"):
        athletes(store)
