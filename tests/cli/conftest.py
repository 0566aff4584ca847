"""The command line on an empty store: on SQLite, and on PostgreSQL where a test is marked ``both_databases``."""

import json

import pytest

from evenstride.cli.main import _exit_code


@pytest.fixture
def say(database_url, tmp_path, capsys):
    """Call the command line on an empty store; returns exit code, standard output, standard error."""
    database = ["--database", database_url] if database_url else []

    def call(*arguments):
        code = _exit_code([*database, "--data", str(tmp_path / "data"), *map(str, arguments)])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call


@pytest.fixture
def told(say):
    """Call with ``--json`` and return the exit code and the one document."""

    def call(*arguments):
        code, out, _ = say(*arguments, "--json")
        return code, json.loads(out)

    return call


@pytest.fixture
def ada(say):
    """A runner with a week, free minutes and something to lift."""
    runs = "tue intervals 60 18:00, thu easy 50, sun long 110 08:00"
    free = "mon 40, wed 40, thu 40, fri 40, sat 40"
    arguments = ("--runs", runs, "--free", free, "--equipment", "dumbbell,band,low_box", "--mass", "68")
    assert say("athlete", "add", "Ada", *arguments)[0] == 0
    return "Ada"
