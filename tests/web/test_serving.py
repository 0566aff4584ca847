"""`evenstride serve` as a process: on this machine alone, on a free port, and gone cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn

from evenstride.cli.main import _exit_code
from evenstride.errors import InvalidRequest
from evenstride.web.serving import _stopping, listening, secret_in


@contextmanager
def served(data, *options):
    """The process once it has printed its address."""
    command = [sys.executable, "-c", "from evenstride.cli import main; main()", "--data", data, "serve", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_answers_there_and_stops_cleanly_when_told(tmp_path, sign):
    with served(tmp_path / "data", "--port", "0") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  our own address
            assert answer.status == 200
            assert b"<!doctype html>" in answer.read()[:40]
        process.send_signal(sign)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_gives_way_to_the_next_free_one(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with listening(replace(settings, port=port)) as bound:
            assert bound.getsockname()[1] != port


def test_answers_are_sent_without_waiting_for_the_one_before(settings):
    with listening(replace(settings, port=0)) as bound:
        assert bound.proto == socket.IPPROTO_TCP


def test_who_listens_to_others_is_told_aloud_what_that_means(tmp_path):
    with served(tmp_path / "data", "--port", "0", "--host", "0.0.0.0") as (process, address):
        assert address.startswith("http://localhost:")
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert "can read and change everything" in err


def test_with_json_the_address_is_the_one_document(tmp_path):
    with served(tmp_path / "data", "--port", "0", "--json") as (process, first):
        assert process.stdout is not None
        told = first
        while not told.endswith("}"):
            told += process.stdout.readline().strip()
        document = json.loads(told)
        process.terminate()
        assert process.communicate(timeout=60)[0] == ""
    assert document["schema"] == "evenstride.serve/1"
    assert document["address"] == f"http://127.0.0.1:{document['port']}/"
    assert document["only_this_machine"] is True


def test_an_address_that_is_not_of_this_machine_is_one_sentence(settings):
    with pytest.raises(InvalidRequest, match=r"203\.0\.113\.7"), listening(replace(settings, host="203.0.113.7")):
        pass


def test_the_secret_is_kept_for_its_owner_alone_and_outlives_a_restart(tmp_path):
    secret = secret_in(tmp_path)
    assert secret == secret_in(tmp_path)
    assert len(secret) == 64
    assert (tmp_path / "web.secret").stat().st_mode & 0o077 == 0


def test_without_a_place_for_the_secret_there_is_one_all_the_same(tmp_path):
    assert len(secret_in(tmp_path / "nowhere")) == 64


def test_help_loads_no_web(capsys):
    code = (
        "import sys; from evenstride.cli.main import _exit_code; _exit_code(['serve', '--help']);"
        "print([one for one in ('fastapi', 'uvicorn', 'sqlalchemy', 'numpy') if one in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


def test_a_port_that_is_none_is_wrong_usage(capsys):
    assert _exit_code(["serve", "--port", "70000"]) == 2


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_between_the_printed_address_and_the_first_answer_is_not_lost(sign):
    server = uvicorn.Server(uvicorn.Config(app=lambda: None))
    before = signal.getsignal(sign)
    with _stopping(server):
        signal.raise_signal(sign)
        assert server.should_exit
    assert signal.getsignal(sign) == before
