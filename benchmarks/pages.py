"""Every page of five years of one runner, asked of a real ``evenstride serve`` through one open connection.

The addresses are asked in turn, many times over, as a reader goes from page to page and not from a page to itself.
Beside the time on the clock stands the processor time of the server for the same answer: on a machine that others use,
too, it is the better guide. ``first`` is the first answer of a server that has just started.
"""

import contextlib
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks.command_line import COMMAND
from benchmarks.five_years import FiveYears, five_years
from benchmarks.page_addresses import Asked, addresses
from benchmarks.page_queries import queries

ROUNDS = 40
ASKED_MS = 100.0
TICK_S = 1e-9
COLUMNS = ("page", "first", "p50", "p95", "max", "processor p50", "processor p95", "kB", "queries")


@dataclass(kw_only=True)
class Times:
    """What the answers to one address took: milliseconds on the clock and of the server's processor."""

    first: float = 0.0
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0


def run() -> list[str]:
    """A row per address, then what was asked, the first answers after a change, and the memory."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as place:
        built = five_years(Path(place), today)
        return measured(built)


def measured(built: FiveYears, rounds: int = ROUNDS) -> list[str]:
    """Measure the pages of a store that is there."""
    asked = addresses(built.data)
    with serving(built.data) as server:
        at_start = server.megabytes()
        times = _in_turn(server, asked, rounds)
        at_end = server.megabytes()
        after = _after_changes(server, asked)
    counted = queries(built.data, asked)
    rows = [f"| {' | '.join(COLUMNS)} |", f"| --- |{' --: |' * (len(COLUMNS) - 1)}"]
    rows += [_row(one, times[one.name], counted[one.name]) for one in asked]
    slow = [one.name for one in asked if _p(times[one.name].clock, 95) > ASKED_MS and not one.plans]
    told = (
        f"Milliseconds, over {rounds} rounds. {built.runs} one-hour runs in five years, "
        f"{built.plans} plans with {built.sessions} sessions "
        f"so far, {built.reviews} reviews, {built.tests} tests. Asked for pages: p95 ≤ {ASKED_MS:.0f} ms; "
        f"{'all are' if not slow else 'above it: ' + ', '.join(slow)}. † asks the planner."
    )
    busy = (
        f"On {os.cpu_count()} processors with {os.getloadavg()[1]:.1f} programs at work on average, these among them."
    )
    memory = f"Memory of the server: {at_start:.0f} MB after its start, {at_end:.0f} MB after all of this."
    return [*rows, "", told, busy, "", *after, "", memory]


def _row(one: Asked, times: Times, n: int) -> str:
    clock, processor = times.clock, times.processor
    name = f"{one.name}{' †' if one.plans else ''}"
    numbers = (times.first, _p(clock, 50), _p(clock, 95), max(clock), _p(processor, 50), _p(processor, 95))
    return f"| {name} | {' | '.join(f'{one:.1f}' for one in numbers)} | {times.size / 1000:.0f} | {n} |"


def _p(values: Sequence[float], percent: float) -> float:
    return float(np.percentile(values, percent))


def _in_turn(server: "Server", asked: Sequence[Asked], rounds: int) -> Mapping[str, Times]:
    times = {one.name: Times() for one in asked}
    for n in range(rounds + 1):
        for one in asked:
            if n > one.rounds:
                continue
            clock, processor, size = server.ask(one)
            found = times[one.name]
            found.size = size
            if n == 0:
                found.first = clock
            else:
                found.clock.append(clock)
                found.processor.append(processor)
    return times


# -- what is told in between ----------------------------------------------------------------------------------------


def _after_changes(server: "Server", asked: Sequence[Asked]) -> list[str]:
    """The first answer of a few pages after each kind of change."""
    by_name = {one.name: one for one in asked}
    shown = [by_name[name] for name in ("today", "runs", "season", "finding", "plan", "log", "tests", "review")]
    day = datetime.now(UTC).date()
    run = next(one.address for one in asked if one.name == "a run")
    changes: Mapping[str, Callable[[], None]] = {
        "a morning told": lambda: server.tell(f"/log/mornings/{day}", {"sleep": "7"}),
        "a run told of": lambda: server.tell(f"{run}/tags", {"shoe": "blue"}),
        "a test entered": lambda: server.tell(
            "/tests/single_leg_calf_raise", {"left": "25", "right": "26", "day": f"{day - timedelta(days=1)}"}
        ),
    }
    rows = [f"| first answer after … | the change | {' | '.join(one.name for one in shown)} |"]
    rows.append(f"| --- |{' --: |' * (len(shown) + 1)}")
    for name, change in changes.items():
        start = time.perf_counter()
        change()
        spent = [1000.0 * (time.perf_counter() - start)]
        spent += [server.ask(one)[0] for one in shown]
        rows.append(f"| {name} | {' | '.join(f'{one:.0f}' for one in spent)} |")
    return rows


# -- the server -----------------------------------------------------------------------------------------------------


class Server:
    """A serving evenstride as its one visitor meets it: one connection, one cookie."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process = process
        where = urlsplit(address)
        self.connection = HTTPConnection(str(where.hostname), where.port or 80, timeout=120)
        self.headers = {"Accept-Encoding": "gzip"}

    def ask(self, one: Asked) -> tuple[float, float, int]:
        """Ask for an address; return milliseconds on the clock and of the server's processor, and bytes on the way."""
        headers = self.headers | ({"HX-Request": "true"} if one.part else {})
        worked, start = self.processor_ms(), time.perf_counter()
        status, body = self._sent("GET", one.address, None, headers)
        spent = 1000.0 * (time.perf_counter() - start)
        if status != one.status:
            raise RuntimeError(f"{one.address} was answered with {status}")
        return spent, self.processor_ms() - worked, len(body)

    def tell(self, address: str, fields: Mapping[str, str]) -> None:
        """Send a form."""
        token = re.search(rb'name="token" value="([^"]+)"', self._sent("GET", "/profile", None, self.plain)[1])
        assert token is not None
        body = urlencode({**fields, "token": token[1].decode()})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self._sent("POST", address, body, self.plain | kind)
        if status not in (200, 303):
            raise RuntimeError(f"{address} was answered with {status}")

    @property
    def plain(self) -> dict[str, str]:
        """Headers of who takes no gzip."""
        return {name: value for name, value in self.headers.items() if name != "Accept-Encoding"}

    def processor_ms(self) -> float:
        """What all threads of the server have worked so far."""
        worked = 0
        for one in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):  # a thread that has ended
                worked += int(one.read_text().split()[0])
        return worked * TICK_S * 1000.0

    def megabytes(self) -> float:
        """What the server holds in memory."""
        found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text(), re.M)
        return int(found[1]) / 1024.0 if found else 0.0

    def _sent(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        self.connection.request(method, address, body, dict(headers))
        answer = self.connection.getresponse()
        read = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.headers["Cookie"] = value.partition(";")[0]
        return answer.status, read


@contextlib.contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Serve a data folder until the block is left."""
    command = [*COMMAND, "--data", str(data), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        server = Server(process, process.stdout.readline().strip())
        yield server
        server.connection.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
