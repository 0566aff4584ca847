"""Hostile files are answered within the promised memory, and in steps that grow no faster than they do."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from evenstride.errors import TooLarge
from evenstride.measure.formats import archive, read_members
from evenstride.service.analyze import Asked, analyze_members

from .hostile import ARCHIVES, CASES, FIT, MEBI, SIZES, TEXT, USUAL
from .properties import check_reading

MEMORY_FIXED = 120 * MEBI
MEMORY_PER_BYTE = 20
COPIES_OF_UNPACKED = 3
"""What came out is held while it grows, once more as it is handed on, and a copy while the buffer moves."""
GUARD_S, GUARD_BYTES = 60, 3 << 30
CHILD = """
import os, resource, sys
from pathlib import Path
from evenstride.service.analyze import Asked, analyze_members

def peak_bytes():
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status").read_text()  # ru_maxrss would count the process that started this one
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])

if sys.platform == "linux":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
for file in sys.argv[2:]:
    if child := os.fork():
        sys.exit("died on " + file) if os.waitpid(child, 0)[1] else None
        continue
    analysis = analyze_members([("x", Path(file).read_bytes())], Asked(any_sport=True))
    assert analysis.reports or analysis.failed
    print(peak_bytes(), flush=True)
    os._exit(0)
"""


def _peaks_bytes(files: Mapping[str, bytes], folder: Path) -> dict[str, int]:
    """Analyse each in a process of its own; return the most memory that each ever had."""
    paths = [folder / str(i) for i in range(len(files))]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    command = [sys.executable, "-W", "error", "-c", CHILD, str(GUARD_BYTES), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=GUARD_S, check=False)
    assert done.returncode == 0, f"{list(files)}: {done.stderr[-2000:]}"
    return dict(zip(files, map(int, done.stdout.split()), strict=True))


def _large(names: Iterable[str]) -> dict[str, bytes]:
    return {name: CASES[name](SIZES.get(name, USUAL).large) for name in names}


@pytest.mark.parametrize("family", [FIT, TEXT], ids=["FIT", "text"])
def test_one_file_takes_at_most_twenty_times_its_size_and_120_megabytes(
    family: Mapping[str, object], tmp_path: Path
) -> None:
    files = _large(family)
    peaks = _peaks_bytes(files, tmp_path)
    assert {name: f"{peak / MEBI:.0f} MiB for {len(files[name])} bytes" for name, peak in peaks.items()
            if peak > MEMORY_PER_BYTE * len(files[name]) + MEMORY_FIXED} == {}  # fmt: skip


def test_an_archive_takes_no_more_than_what_may_come_out_of_it(tmp_path: Path) -> None:
    files = _large(ARCHIVES)
    for name, peak in _peaks_bytes(files, tmp_path).items():
        n = len(files[name])
        allowed = min(archive.UNPACKED_BYTES_FREE + archive.UNPACKED_RATIO_MAX * n, archive.MEMBER_BYTES_MAX)
        assert peak <= MEMORY_PER_BYTE * n + MEMORY_FIXED + COPIES_OF_UNPACKED * allowed, name


@pytest.mark.parametrize("name", CASES)
def test_four_times_the_file_takes_about_four_times_the_steps(name: str) -> None:
    small = SIZES.get(name, USUAL).small
    one, four = (CASES[name](n) for n in (small, 4 * small))
    _steps(lambda: analyze_members([("x", one)], Asked(any_sport=True)))  # what is done only once
    before = _steps(lambda: analyze_members([("x", one)], Asked(any_sport=True)))
    after = _steps(lambda: analyze_members([("x", four)], Asked(any_sport=True)))
    assert after <= 5 * before + 1000, f"{before} steps became {after}"


@pytest.mark.parametrize("name", CASES)
def test_every_hostile_file_is_read_by_the_rules(name: str) -> None:
    check_reading([("x", CASES[name](SIZES.get(name, USUAL).small))])


@pytest.mark.parametrize("name", ["a gzip bomb", "a zip bomb", "zip members that overlap"])
def test_a_bomb_is_stopped_and_said(name: str) -> None:
    reading = read_members([("bomb", CASES[name](SIZES[name].large))])
    assert isinstance(reading.failed[-1][1], TooLarge)


def _steps(action: Callable[[], object]) -> int:
    """Count the lines of evenstride's own code that an action executes, every turn of a loop included."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        return line if "evenstride" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
