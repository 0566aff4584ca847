"""People at the command line: added, shown, changed, as a page, as a file, as JSON."""

import json
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from evenstride.cli.main import main
from evenstride.report.fit_encoder import encode_activity
from evenstride.simulate import RunRecipe, simulate_run


@pytest.fixture
def evenstride(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("EVENSTRIDE_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("EVENSTRIDE_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return run


def test_an_athlete_added_is_shown(evenstride):
    code, out, _ = evenstride("athlete", "add", "Ada", "--mass", "68", "--injury", "right achilles 2025-11..2026-02")
    assert (code, len(out.splitlines())) == (0, 1)
    assert out.startswith("Ada is kept: 68 kg.")
    assert evenstride("athlete", "show")[1].startswith("Ada\n68 kg")


def test_left_stands_on_the_left(evenstride):
    evenstride("athlete", "add", "Ada", "--injury", "right achilles 2025-11", "--surgery", "left knee 2019-03")
    lines = evenstride("athlete", "show")[1].splitlines()
    header = next(line for line in lines if line.startswith("left leg"))
    told = lines[lines.index(header) + 1]
    assert told.startswith("knee, surgery (March 2019)")
    assert told.index("achilles (since November 2025)") == header.index("right leg")


def test_a_race_in_the_past_is_shown_as_past(evenstride):
    evenstride("athlete", "add", "Ada", "--race", "2001-09-20=A", "--race", "2999-09-20=B")
    out = evenstride("athlete", "show")[1]
    assert "past races        20 September 2001" in out
    assert "races             20 September 2999" in out


def test_what_is_missing_says_what_it_would_be_good_for(evenstride):
    evenstride("athlete", "add", "Ada", "--mass", "68")
    out = evenstride("athlete", "show")[1]
    assert "year of birth, for norms by age" in out
    assert "body mass, for" not in out


def test_a_profile_printed_as_a_file_gives_the_same_athlete_elsewhere(evenstride, tmp_path):
    evenstride("athlete", "add", "Ada", "--mass", "68", "--runs", "tue easy 40", "--leg-length", "left +4 mm",
               "--restriction", "no jumping left until 2999-08-01", "--timezone", "Europe/Berlin")  # fmt: skip
    file = tmp_path / "ada.toml"
    file.write_text(evenstride("athlete", "show", "--toml")[1], encoding="utf8")
    code, shown, _ = evenstride("athlete", "add", "--file", file, "--data", tmp_path / "other", "--json")
    assert code == 0
    assert shown == evenstride("athlete", "show", "--json")[1]


def test_json_is_one_document_of_athletes(evenstride):
    evenstride("athlete", "add", "Ada", "--leg-length", "left +4 mm")
    document = json.loads(evenstride("athlete", "list", "--json")[1])
    assert document["schema"] == "evenstride.athlete/1"
    assert [one["name"] for one in document["athletes"]] == ["Ada"]
    assert document["athletes"][0]["leg_length_difference_mm"] == -4.0


def test_nobody_yet_is_an_empty_list_and_no_error(evenstride):
    code, out, _ = evenstride("athlete", "list", "--json")
    assert (code, json.loads(out)["athletes"]) == (0, [])


def test_a_change_keeps_what_is_not_named(evenstride):
    evenstride("athlete", "add", "Ada", "--born", "1990", "--mass", "68")
    evenstride("athlete", "change", "--mass", "66")
    (ada,) = json.loads(evenstride("athlete", "show", "--json")[1])["athletes"]
    assert (ada["born_year"], ada["mass_kg"]) == (1990, 66.0)


def test_a_file_stands_for_the_whole_profile(evenstride, tmp_path):
    evenstride("athlete", "add", "Ada", "--born", "1990", "--mass", "68")
    (tmp_path / "ada.toml").write_text("mass_kg = 60.0")
    evenstride("athlete", "change", "--file", tmp_path / "ada.toml")
    (ada,) = json.loads(evenstride("athlete", "show", "--json")[1])["athletes"]
    assert (ada["name"], ada["born_year"], ada["mass_kg"]) == ("Ada", None, 60.0)


def test_an_athlete_can_be_renamed(evenstride):
    evenstride("athlete", "add", "Ada")
    evenstride("athlete", "change", "Ada", "--rename", "Adele")
    assert evenstride("athlete", "show", "Adele")[0] == 0
    assert evenstride("athlete", "show", "Ada")[0] == 1


def test_with_two_athletes_one_must_be_named(evenstride):
    evenstride("athlete", "add", "Ada")
    evenstride("athlete", "add", "Ben")
    code, _, err = evenstride("athlete", "show")
    assert code == 1
    assert "--athlete" in err
    assert evenstride("--athlete", "Ben", "athlete", "show")[1].startswith("Ben")
    assert evenstride("athlete", "show", "Ada")[1].startswith("Ada")


def test_a_name_that_is_taken_is_refused(evenstride):
    evenstride("athlete", "add", "Ada")
    code, out, _ = evenstride("athlete", "add", "ada", "--json")
    assert (code, json.loads(out)["kind"]) == (1, "athlete_exists")


def test_what_cannot_be_read_keeps_nobody(evenstride):
    code, out, err = evenstride("athlete", "add", "Ada", "--mass", "heavy")
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "'heavy'" in err
    assert evenstride("athlete", "list")[1] == ""


def test_nothing_to_change_is_said(evenstride):
    evenstride("athlete", "add", "Ada")
    code, _, err = evenstride("athlete", "change")
    assert code == 1
    assert "Nothing was given" in err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"mass_kg = ", b"colour = 1"])
def test_a_file_that_is_no_profile_is_one_sentence(evenstride, tmp_path, content):
    (tmp_path / "bad.toml").write_bytes(content)
    code, out, err = evenstride("athlete", "add", "Ada", "--file", tmp_path / "bad.toml")
    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)


def test_the_file_printed_is_toml_with_every_example_commented(evenstride):
    evenstride("athlete", "add", "Ada", "--timezone", "UTC")
    text = evenstride("athlete", "show", "--toml")[1]
    assert tomllib.loads(text)["name"] == "Ada"
    assert "mass_kg" not in tomllib.loads(text)
    assert "# mass_kg = 68.0" in text


def test_the_page_is_at_most_a_hundred_columns_wide(evenstride, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    equipment = "dumbbell,kettlebell,barbell,bench,low_box,knee_box,strap,band,vest,foam_pad,wobble_board,ball"
    evenstride("athlete", "add", "Ada", "--injury", f"right {'very sore ' * 12}2025-11", "--equipment", equipment)
    assert max(len(line.rstrip()) for line in evenstride("athlete", "show")[1].splitlines()) <= 100


@pytest.fixture(scope="module")
def limped_files(tmp_path_factory):
    """A run with a minute in which the foot of one leg stayed down longer, as its device names the legs."""
    folder = tmp_path_factory.mktemp("limp")
    run = simulate_run(RunRecipe(minutes=14, memory_s=10), rng=np.random.default_rng(3))
    paths = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        (legs,) = (one for one in run.activity.legs if one.metric == "contact_time")
        limping = (legs.t_s >= 400) & (legs.t_s < 460)
        left = legs.left + np.where(limping, sign * 0.04, 0.0)
        others = tuple(one for one in run.activity.legs if one.metric != "contact_time")
        moved = replace(run.activity, legs=(replace(legs, left=left, right=1 - left), *others))
        paths[side] = folder / f"{side}.fit"
        paths[side].write_bytes(encode_activity(moved))
    return paths


@pytest.mark.parametrize("window", [(), ("--from", "6:40", "--to", "7:40")])
@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize("limped", ["left", "right"])
def test_a_side_check_tells_which_leg_the_device_means(evenstride, limped_files, leg, limped, window):
    evenstride("athlete", "add", "Ada")
    code, out, err = evenstride("athlete", "side-check", limped_files[limped], "--leg", leg, "--json", *window)
    (check,) = json.loads(out)["side_checks"]
    assert (code, err) == (0, "")
    assert check["answer"] == ("as_named" if leg == limped else "swapped")
    (ada,) = json.loads(evenstride("athlete", "show", "--json")[1])["athletes"]
    assert ada["side_checks"] == [check]


def test_a_side_check_says_what_it_changes(evenstride, limped_files):
    evenstride("athlete", "add", "Ada")
    assert "Nothing changes" in evenstride("athlete", "side-check", limped_files["left"], "--leg", "left")[1]
    assert "exchanged from now on" in evenstride("athlete", "side-check", limped_files["left"], "--leg", "right")[1]


def test_an_unclear_side_check_does_not_take_the_place_of_a_clear_one(evenstride, limped_files):
    evenstride("athlete", "add", "Ada")
    evenstride("athlete", "side-check", limped_files["left"], "--leg", "right")
    wrong_minute = ("--from", "2:00", "--to", "3:00", "--json")
    told = evenstride("athlete", "side-check", limped_files["left"], "--leg", "right", *wrong_minute)[1]
    assert json.loads(told)["side_checks"][0]["answer"] == "unclear"
    (ada,) = json.loads(evenstride("athlete", "show", "--json")[1])["athletes"]
    assert [check["answer"] for check in ada["side_checks"]] == ["swapped"]


def test_the_steps_of_the_side_check_name_the_leg(evenstride):
    code, out, _ = evenstride("athlete", "side-check", "--leg", "right")
    assert code == 0
    assert "your right leg" in out
    assert "--leg right" in out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "--leg"),
        (("--leg", "left", "--from", "5:00"), "later end"),
        (("--leg", "left", "--from", "5:00", "--to", "4:00"), "later end"),
        (("--leg", "left", "--from", "50:00", "--to", "51:00"), ""),
    ],
)
def test_a_side_check_that_cannot_be_judged_is_one_sentence(evenstride, limped_files, arguments, part):
    evenstride("athlete", "add", "Ada")
    code, out, err = evenstride("athlete", "side-check", limped_files["left"], *arguments)
    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)
    assert part in err


def test_a_file_without_left_and_right_cannot_be_checked(evenstride, tmp_path):
    run = simulate_run(RunRecipe(minutes=12), rng=np.random.default_rng(1))
    (tmp_path / "plain.fit").write_bytes(encode_activity(replace(run.activity, legs=())))
    evenstride("athlete", "add", "Ada")
    code, _, err = evenstride("athlete", "side-check", tmp_path / "plain.fit", "--leg", "left")
    assert code == 1
    assert "no contact time of each leg" in err
