"""Where the data lie may be said before or after any command, and every command keeps its help."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from evenstride.cli.main import cli, main
from evenstride.errors import InvalidRequest
from evenstride.service.where import find_where


def walk(command, path=()):
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))


ALL = list(walk(cli))


GROUPS = [(path, command) for path, command in ALL if isinstance(command, click.Group)]


@pytest.mark.parametrize(("path", "group"), GROUPS, ids=[" ".join(path) or "evenstride" for path, _ in GROUPS])
def test_no_command_in_a_list_is_described_with_a_sentence_that_is_cut(path, group):
    formatter = click.HelpFormatter(width=80)
    group.format_commands(click.Context(group, info_name=" ".join(path), terminal_width=80), formatter)
    assert "..." not in formatter.getvalue()


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    for name in ("EVENSTRIDE_DATA", "EVENSTRIDE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "system"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    def told(*arguments):
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return told


@pytest.mark.parametrize("place", range(3))
def test_the_data_folder_may_stand_before_between_and_after(run, tmp_path, place):
    run("--data", tmp_path / "d", "athlete", "add", "Ada")
    words = ["athlete", "show"]
    words[place:place] = ["--data", tmp_path / "d"]
    assert run(*words)[1].startswith("Ada")


def test_the_one_given_last_counts(run, tmp_path):
    run("--data", tmp_path / "one", "athlete", "--data", tmp_path / "two", "add", "Ada", "--data", tmp_path / "three")
    assert [folder.name for folder in tmp_path.iterdir() if folder.name in ("one", "two", "three")] == ["three"]


def test_what_is_said_of_two_things_is_kept_of_both(run, tmp_path):
    run("--data", tmp_path / "d", "athlete", "add", "Ada")
    run("--data", tmp_path / "d", "athlete", "add", "Ben")
    assert run("--athlete", "Ben", "athlete", "show", "--data", tmp_path / "d")[1].startswith("Ben")


def test_without_a_word_the_systems_own_folder_is_taken(run, monkeypatch):
    assert run("athlete", "add", "Ada")[0] == 0
    assert find_where(environment={}).data.joinpath("evenstride.db").exists()


def test_what_is_asked_stands_above_the_environment():
    environment = {"EVENSTRIDE_DATA": "/by/environment", "EVENSTRIDE_DATABASE_URL": "postgresql://there/runs"}
    said = find_where(data="/asked", database="sqlite:///asked.db", environment=environment)
    assert (said.data, said.database_url) == (Path("/asked"), "sqlite:///asked.db")
    kept = find_where(environment=environment)
    assert (kept.data, kept.database_url) == (Path("/by/environment"), "postgresql://there/runs")


def test_without_a_database_it_is_sqlite_in_the_data_folder():
    assert find_where(data="/runs", environment={}).database_url is None


def test_an_empty_environment_says_nothing():
    assert find_where(data="/runs", environment={"EVENSTRIDE_DATABASE_URL": ""}).database_url is None


@pytest.mark.parametrize("address", ["runs.db", "mysql://there/runs", "://", "secret"])
def test_a_database_of_another_kind_is_refused_without_repeating_it(address):
    with pytest.raises(InvalidRequest) as refused:
        find_where(database=address, environment={})
    assert address not in refused.value.text


def test_an_address_with_a_password_does_not_show():
    where = find_where(data="/runs", database="postgresql://me:secret@there/runs", environment={})
    assert "secret" not in repr(where)


def test_an_empty_folder_name_is_wrong_usage(run):
    assert run("--data", "", "athlete", "list")[0] == 2


def test_every_help_has_an_example_of_its_own(run):
    for path, _ in ALL:
        code, out, _ = run(*path, "--help")
        assert code == 0, path
        assert " ".join(("evenstride", *path)) in out.partition("Examples:")[2], path


def test_every_command_takes_the_options_of_all():
    for path, command in ALL:
        with click.Context(command) as context:
            names = {option for parameter in command.get_params(context) for option in parameter.opts}
        assert {"--data", "--database", "--athlete"} <= names, path
        assert isinstance(command, click.Group) or "--json" in names, path


def test_the_options_of_all_are_told_once_and_then_named_in_short(run):
    assert "The data folder; else" in run("--help")[1]
    for path in (["athlete"], ["athlete", "show"], ["season"]):
        told = run(*path, "--help")[1]
        assert "The data folder; else" not in told
        assert "--data DIR" in told
    assert "--data" not in run("analyze", "--help")[1]


def test_help_reads_no_room_of_the_house():
    code = (
        "import sys; from evenstride.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('numpy', 'sqlalchemy', 'rich', 'platformdirs', 'evenstride.service', 'evenstride.store')\n"
        "print(*[name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.stderr.strip() == ""


@pytest.mark.parametrize("text", ["5", "5:61", "a:b", "-1:00"])
def test_a_moment_that_no_watch_shows_is_wrong_usage(run, text):
    code, _, err = run("athlete", "side-check", "x.fit", "--leg", "left", "--from", text)
    assert code == 2
    assert "12:30" in err
