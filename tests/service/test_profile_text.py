"""A profile as words: what a person types is read, what is wrong is named, and a file gives the same profile back."""

from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.model import METRICS, FreeSlot, Injury, PlannedRun, Profile, Race, Restriction, Target
from evenstride.service.profile_text import (
    EQUIPMENT,
    ProfileWords,
    altered,
    free_words,
    injury_words,
    leg_length_words,
    profile_toml,
    race_words,
    read_profile_toml,
    restriction_words,
    run_words,
    target_words,
)
from evenstride.service.profile_text.body import read_leg_length_mm
from evenstride.service.profile_text.history import read_injury, read_race, read_restriction
from evenstride.service.profile_text.targets import read_target
from evenstride.service.profile_text.week import RUN_KINDS, read_free_slot, read_run

TODAY = date(2026, 5, 4)
ADA = Profile(name="Ada")


def given_words(**words):
    return altered(ADA, ProfileWords(**words), today=TODAY)


def refusal(**words):
    with pytest.raises(InvalidRequest) as refused:
        given_words(**words)
    return refused.value


words_of_text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(
    lambda text: " ".join("".join(sign for sign in text if sign.isprintable()).split())
)
texts = words_of_text.filter(bool)
sides = st.sampled_from(["left", "right"])
days = st.dates(date(1950, 1, 1), TODAY)
minutes = st.floats(0.001, 720) | st.integers(1, 720).map(float)
free_minutes = st.floats(0.001, 240) | st.integers(1, 240).map(float)
times = st.none() | st.times()
runs = st.builds(PlannedRun, weekday=st.integers(0, 6), kind=st.sampled_from(RUN_KINDS), minutes=minutes, at=times)
rests = st.builds(PlannedRun, weekday=st.integers(0, 6), kind=st.just("rest"), minutes=st.just(0.0))
slots = st.builds(FreeSlot, weekday=st.integers(0, 6), minutes=free_minutes, at=times)
races = st.builds(Race, day=st.dates(date(2000, 1, 1), date(2060, 1, 1)), priority=st.sampled_from("ABC"))
ends = st.fixed_dictionaries({"until": st.none() | st.dates(TODAY, date(2060, 1, 1))}) | st.just({"present": True})
injuries = st.builds(
    lambda end, **own: Injury(**own, **end),
    ends, side=sides, site=texts, since=days, kind=st.sampled_from(["injury", "surgery"]),
)  # fmt: skip
restrictions = st.builds(Restriction, what=texts, until=st.dates(), side=st.none() | sides)
# Years below 1000 are no calendar days that a person writes.
restrictions = restrictions.filter(lambda one: one.until.year >= 1000)
ends_of_ranges = st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000)).filter(lambda ends: ends[0] != ends[1])
targets = st.builds(
    lambda what, ends, since, note: Target(what=what, low=min(ends), high=max(ends), since=since, note=note),
    st.sampled_from([*METRICS, "knee_to_wall"]), ends_of_ranges, days, st.just("") | texts,
)  # fmt: skip
profiles = st.builds(
    Profile,
    name=texts,
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]),
    born_year=st.none() | st.integers(1900, 2026),
    mass_kg=st.none() | st.floats(20, 300),
    sex=st.sampled_from([None, "female", "male"]),
    dominant_leg=st.none() | sides,
    leg_length_difference_mm=st.none() | st.floats(-100, 100),
    runs=st.lists(runs | rests, max_size=4).map(tuple),
    free=st.lists(slots, max_size=4).map(tuple),
    minutes_before_runs=st.floats(0, 60),
    minutes_after_runs=st.floats(0, 60),
    equipment=st.lists(st.sampled_from(EQUIPMENT), unique=True).map(tuple),
    races=st.lists(races, max_size=3).map(tuple),
    injuries=st.lists(injuries, max_size=3).map(tuple),
    restrictions=st.lists(restrictions, max_size=3).map(tuple),
    targets=st.lists(targets, max_size=3).map(tuple),
)


@given(profiles)
def test_a_profile_written_and_read_is_the_same_profile(profile):
    assert read_profile_toml(profile_toml(profile)) == profile


@given(runs | rests)
def test_a_run_as_words_is_the_same_run(run):
    assert read_run(run_words(run)) == run


@given(slots)
def test_free_minutes_as_words_are_the_same_minutes(slot):
    assert read_free_slot(free_words(slot)) == slot


@given(races)
def test_a_race_as_words_is_the_same_race(race):
    assert read_race(race_words(race)) == race


@given(targets.filter(lambda one: not one.note))
def test_a_range_as_words_is_the_same_range(target):
    assert read_target(target_words(target)) == target


@given(sides, sides, st.floats(0.1, 9), st.floats(9.1, 20))
def test_naming_the_other_leg_turns_a_range_round(one, other, near, far):
    words = f"contact_time {one} {near} to {other} {far} since 2026-05-04"
    here, there = read_target(words), read_target(mirrored(words))
    assert (there.low, there.high) == (-here.high, -here.low)


def test_a_comma_in_the_note_of_a_range_is_the_notes():
    (target,) = given_words(targets=("contact_time left 1 to right 3 since 2026-05-04 (Mia, at the club)",)).targets
    assert target.note == "Mia, at the club"


def test_a_range_takes_the_place_of_the_one_before_for_the_same_thing():
    words = "contact_time left 1 to right 3 since 2026-05-04, step_time 0 to left 2 since 2026-05-04"
    ada = given_words(targets=(words,))
    later = altered(ada, ProfileWords(targets=("contact time right 1 to 2 since 2026-06-01",)), today=TODAY)
    assert [(one.what, one.low, one.high) for one in later.targets] == [
        ("contact_time", 1.0, 2.0), ("step_time", -2.0, 0.0)
    ]  # fmt: skip


@given(st.floats(-100, 100))
def test_a_leg_length_difference_keeps_its_side_and_size(difference_mm):
    assert read_leg_length_mm(leg_length_words(difference_mm)) == difference_mm


def mirrored(words):
    swap = {"left": "right", "right": "left"}
    return " ".join(swap.get(word, word) for word in words.split())


@given(sides, st.floats(0.1, 100))
def test_naming_the_other_leg_turns_the_sign(side, size):
    words = f"{side} +{size:.3f} mm"
    assert read_leg_length_mm(mirrored(words)) == -read_leg_length_mm(words)


@pytest.mark.parametrize(
    "words",
    ["right achilles 2025-11..2026-02", "left knee 2019-03-04", "left hip flexor 2020-01", "left calf 2024-02..now"],
)
def test_an_injury_of_the_other_leg_is_the_same_but_for_its_side(words):
    injury, other = read_injury(words), read_injury(mirrored(words))
    assert {injury.side, other.side} == {"left", "right"}
    assert replace(injury, side=other.side) == other
    assert injury_words(injury) == words


@pytest.mark.parametrize("end", ["..now", " to Now", " until now"])
def test_an_injury_until_now_is_present_and_has_no_end(end):
    injury = read_injury(f"right achilles 2024-02{end}")
    assert injury.present
    assert injury.until is None


def test_an_injury_without_an_end_is_not_said_to_be_present():
    assert not read_injury("right achilles 2024-02").present


def test_an_injury_that_is_over_takes_the_place_of_the_same_one_while_it_was_present():
    there = given_words(injuries=("right achilles 2025-11..now",))
    healed = altered(there, ProfileWords(injuries=("right achilles 2025-11..2026-02",)), today=TODAY)
    (injury,) = healed.injuries
    assert (injury.until, injury.present) == (date(2026, 2, 28), False)


def test_an_injury_cannot_be_present_and_over():
    with pytest.raises(ValueError, match="still present"):
        Injury(side="left", site="achilles", since=TODAY, until=TODAY, present=True)


@pytest.mark.parametrize("words", ["no jumping left until 2026-08-01", "no running until 2026-07-01"])
def test_a_restriction_as_words_is_the_same_restriction(words):
    assert restriction_words(read_restriction(words)) == words


def test_the_example_of_the_command_line_is_read_whole():
    ada = given_words(
        born="1990", mass="68", runs=("tue intervals 60 18:00, thu tempo 50, sun long 110 08:00, fri easy 45",),
        free=("mon 40, wed 40, fri 40, sat 30",), equipment=("dumbbell,band,low_box",), races=("2026-09-20=A",),
        injuries=("right achilles 2025-11",), timezone="Europe/Berlin", around_runs="10 12",
    )  # fmt: skip
    assert ada == Profile(
        name="Ada", born_year=1990, mass_kg=68.0, timezone="Europe/Berlin",
        runs=(
            PlannedRun(weekday=1, kind="intervals", minutes=60, at=time(18)),
            PlannedRun(weekday=3, kind="tempo", minutes=50),
            PlannedRun(weekday=6, kind="long", minutes=110, at=time(8)),
            PlannedRun(weekday=4, kind="easy", minutes=45),
        ),
        free=tuple(FreeSlot(weekday=day, minutes=long) for day, long in ((0, 40), (2, 40), (4, 40), (5, 30))),
        minutes_before_runs=10, minutes_after_runs=12, equipment=("dumbbell", "band", "low_box"),
        races=(Race(day=date(2026, 9, 20), priority="A"),),
        injuries=(Injury(side="right", site="achilles", since=date(2025, 11, 1)),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "minutes", "at"),
    [
        ("Tuesday intervals 60 18:00", 60, time(18)),
        ("intervals tue 60min 6pm", 60, time(18)),
        ("tues. INTERVALS 60 min 18:00", 60, time(18)),
        ("tue intervals 1h30", 90, None),
        ("tue intervals 52.5 12am", 52.5, time(0)),
    ],
)
def test_a_run_is_read_however_people_write_it(words, minutes, at):
    assert read_run(words) == PlannedRun(weekday=1, kind="intervals", minutes=minutes, at=at)


@pytest.mark.parametrize(
    ("field", "text", "part"),
    [
        ("born", "ninety", "'ninety'"),
        ("born", "2090", "2090"),
        ("mass", "heavy", "'heavy'"),
        ("mass", "6.8", "6.8 kg"),
        ("mass", "nan", "'nan'"),
        ("sex", "x", "'x'"),
        ("dominant", "both", "'both'"),
        ("leg_length", "+6", "'+6'"),
        ("leg_length", "right -6 mm", "'right -6 mm'"),
        ("leg_length", "right 60 cm", "'right 60 cm'"),
        ("runs", ("tue intervals 60, thu swim 30",), "'swim'"),
        ("runs", ("tue intervals",), "no minutes"),
        ("runs", ("tue 60",), "no kind"),
        ("runs", ("easy 60",), "no weekday"),
        ("runs", ("tue easy 60 25:00",), "'25:00'"),
        ("runs", ("tue easy 60 90",), "'90'"),
        ("runs", ("tue easy 0",), "'0'"),
        ("runs", ("sun long 2000",), "'2000' in 'sun long 2000' is no number of minutes that a day has"),
        ("runs", ("sun long 800",), "longer than 720 minutes"),
        ("runs", ("sun long -90",), "'-90'"),
        ("runs", ("tue easy 60 25:00",), "no time of day"),
        ("free", ("mon 400",), "more than 240 minutes"),
        ("free", ("mon -40",), "'-40' in 'mon -40' is no number of minutes"),
        ("around_runs", "61 5", "more than 60 minutes"),
        ("around_runs", "10 61", "more than 60 minutes"),
        ("around_runs", "-5 5", "'-5 5'"),
        ("around_runs", "1e999 5", "'1e999 5'"),
        ("free", ("mon easy 40",), "'easy'"),
        ("free", ("mon",), "no minutes"),
        ("around_runs", "10", "'10'"),
        ("equipment", ("band, trampoline",), "'trampoline'"),
        ("races", ("2026-09-20",), "how much it matters"),
        ("races", ("2026-09-31=A",), "'2026-09-31'"),
        ("races", ("20.9.2026=A",), "'20.9.2026'"),
        ("injuries", ("achilles 2025-11",), "which leg"),
        ("injuries", ("right 2025-11",), "where"),
        ("injuries", ("right achilles",), "when"),
        ("injuries", ("right achilles 2025-13",), "'2025-13'"),
        ("injuries", ("right achilles 11/2025",), "2025-11"),
        ("injuries", ("right achilles nov 2025",), "written as 2025-11"),
        ("injuries", ("right achilles since November 2025",), "written as 2025-11"),
        ("runs", ("every day 40",), "easy, long, intervals"),
        ("injuries", ("right achilles 2025-11..2025-02",), "ends before"),
        ("injuries", ("right achilles 2027",), "future"),
        ("surgeries", ("left knee 2027",), "The surgery"),
        ("restrictions", ("no jumping",), "until when"),
        ("restrictions", ("until 2026-08-01",), "what is forbidden"),
        ("restrictions", ("no left until 2026-08-01",), "what is forbidden"),
        ("targets", ("contact_time left 1 to right 3",), "since when"),
        ("targets", ("contact_time 1 to 3 since 2026-05-04",), "does not name the leg"),
        ("targets", ("contact_time 0 to 0 since 2026-05-04",), "one number"),
        ("targets", ("contact_time left 1 to right 3000 since 2026-05-04",), "wider than"),
        ("targets", ("contact_time left 1 to right 3 since May",), "'May'"),
        ("targets", ("contact_tim left 1 to right 3 since 2026-05-04",), "Did you mean contact_time"),
        ("targets", ("cadence left 1 to right 3 since 2026-05-04",), "nothing that compares the legs"),
        ("timezone", "Middle/Earth", "'Middle/Earth'"),
        ("name", " ", "name"),
    ],
)
def test_what_is_wrong_is_named_and_an_example_works(field, text, part):
    error = refusal(**{field: text})
    assert part in error.text
    assert error.help


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ({"equipment": ("dumbell",)}, "dumbbell"),
        ({"equipment": ("kettle bel",)}, "kettlebell"),
        ({"timezone": "berlin"}, "Europe/Berlin"),
        ({"timezone": "Europe/Berln"}, "Europe/Berlin"),
        ({"runs": ("teusday easy 40",)}, "tuesday"),
        ({"runs": ("tue intervall 40",)}, "intervals"),
        ({"forget": ("injurys",)}, "injuries"),
    ],
)
def test_a_near_miss_is_suggested(words, meant):
    assert f"Did you mean {meant}" in refusal(**words).text


@pytest.mark.parametrize("words", [{"runs": ("tue run 40",)}, {"runs": ("every day 40",)}, {"timezone": "GMT+2"}])
def test_what_is_not_near_or_would_mean_the_opposite_is_not_suggested(words):
    assert "Did you mean" not in refusal(**words).text


def test_a_site_that_begins_like_a_month_is_no_month():
    assert read_injury("left marrow 2025-11").site == "marrow"


def test_a_mass_in_pounds_is_kept_in_kilograms():
    assert given_words(mass="150 lb").mass_kg == pytest.approx(68.04, abs=0.01)


def test_an_injury_of_a_month_lasts_from_its_first_day_to_its_last():
    (injury,) = given_words(injuries=("left calf 2024-02..2024-02",)).injuries
    assert (injury.since, injury.until) == (date(2024, 2, 1), date(2024, 2, 29))


def test_a_restriction_without_a_side_is_for_both_legs():
    (restriction,) = given_words(restrictions=("no jumping until 2026-08-01",)).restrictions
    assert restriction == Restriction(what="jumping", until=date(2026, 8, 1), side=None)


def test_a_healed_injury_takes_the_place_of_the_open_one():
    hurt = given_words(injuries=("right achilles 2025-11", "left knee 2019"))
    healed = altered(hurt, ProfileWords(injuries=("right Achilles 2025-11..2026-02",)), today=TODAY)
    assert [injury.until for injury in healed.injuries] == [date(2026, 2, 28), None]


def test_another_race_joins_those_known():
    known = given_words(races=("2026-09-20=A",))
    more = altered(known, ProfileWords(races=("2026-06-01=C",)), today=TODAY)
    assert [race.priority for race in more.races] == ["A", "C"]


def test_a_race_on_the_same_day_takes_the_place_of_the_known_one():
    known = given_words(races=("2026-09-20=A",))
    assert altered(known, ProfileWords(races=("2026-09-20=B",)), today=TODAY).races == (
        Race(day=date(2026, 9, 20), priority="B"),
    )


def test_forgetting_surgery_keeps_injuries():
    hurt = given_words(injuries=("right achilles 2025-11",), surgeries=("left knee 2019-03",))
    left = altered(hurt, ProfileWords(forget=("surgery",)), today=TODAY)
    assert [injury.kind for injury in left.injuries] == ["injury"]


def test_what_is_not_given_is_kept():
    known = given_words(born="1990", mass="68")
    assert altered(known, ProfileWords(mass="66"), today=TODAY) == Profile(name="Ada", born_year=1990, mass_kg=66.0)


def test_a_file_may_be_written_with_the_words_of_the_command_line():
    text = """
    name = "Ada"
    born = 1990
    mass = "150 lb"
    dominant = "right"
    around_runs = [10, 10]
    runs = "tue easy 40, thu easy 40"
    injuries = ["right achilles 2025-11", {side = "left", site = "knee", since = 2019-03-04, kind = "surgery"}]
    """
    ada = read_profile_toml(text)
    assert (ada.born_year, len(ada.runs), ada.minutes_before_runs) == (1990, 2, 10.0)
    assert [(one.side, one.kind) for one in ada.injuries] == [("right", "injury"), ("left", "surgery")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name = 'Ada'\nbodymass = 68", "'bodymass'"),
        ("name = 'Ada'\nmass = 68\nmass_kg = 68", "said twice"),
        ("name = 'Ada'\nmass_kg = true", "mass"),
        ("name = 'Ada'\nmass_kg = [68]", "mass"),
        ("name = 'Ada'\nruns = 7", "runs"),
        ("name = 'Ada'\nruns = [7]", "7"),
        ("name = 'Ada'\nminutes_before_runs = -1", "-1"),
        ("name = 'Ada'\nminutes_before_runs = nan", "nan"),
        ("name = 'Ada'\ninjuries = [{side = 'left', site = 'knee'}]", "since"),
        ("name = 'Ada'\ninjuries = [{side = 'left', site = 'knee', since = 'once'}]", "'once'"),
        ("name = 'Ada'\ninjuries = [{side = 'left', sight = 'knee', since = 2019}]", "'sight'"),
        ("name = 'Ada'\nrestrictions = [{what = 'jumping', until = 2026}]", "'2026'"),
        ("name = Ada", "line 1"),
        ("born_year = 1990", "no name"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text, part):
    with pytest.raises(InvalidRequest) as refused:
        read_profile_toml(text)
    assert part in refused.value.text
    assert refused.value.help


def test_an_unknown_key_of_a_file_names_the_near_one():
    with pytest.raises(InvalidRequest, match="Did you mean equipment"):
        read_profile_toml("name = 'Ada'\nequipmnt = []")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    for field in ("name", "born", "mass", "sex", "dominant", "leg_length", "around_runs", "timezone"):
        assert is_answered(**{field: text})
    for field in ("runs", "free", "equipment", "races", "injuries", "surgeries", "restrictions", "targets", "forget"):
        assert is_answered(**{field: (text,)})


@given(st.text(st.sampled_from("tue mon 0123456789:.-=eEnf,right left knee until since to %()"), max_size=40))
def test_nearly_right_words_are_read_or_refused_in_one_sentence(text):
    for field in ("runs", "free", "races", "injuries", "restrictions", "targets"):
        assert is_answered(**{field: (text,)})
    for field in ("mass", "leg_length", "around_runs"):
        assert is_answered(**{field: text})


def is_answered(**words):
    """Whether the words are read, or refused in a whole sentence that any terminal can show."""
    try:
        given_words(**words)
    except InvalidRequest as refused:
        return refused.text.isprintable() and refused.text.endswith((".", "?"))
    return True


def test_the_whole_file_in_the_guide_is_read_and_says_every_field():
    guide = (Path(__file__).resolve().parents[2] / "docs" / "profile.md").read_text(encoding="utf8")
    ada = read_profile_toml(guide.partition("```toml")[2].partition("```")[0])
    assert all(getattr(ada, field.name) for field in fields(Profile))


def test_every_field_of_a_profile_can_be_forgotten():
    names = ("born", "mass", "sex", "dominant", "leg-length", "runs", "free", "around-runs", "equipment", "races",
             "injury", "surgery", "restrictions", "targets", "timezone")  # fmt: skip
    guide = (Path(__file__).resolve().parents[2] / "docs" / "profile.md").read_text(encoding="utf8")
    ada = read_profile_toml(guide.partition("```toml")[2].partition("```")[0])
    assert altered(ada, ProfileWords(forget=names), today=TODAY) == Profile(name=ada.name)
