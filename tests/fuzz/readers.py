"""Fuzz the readers and the whole path behind them with coverage guidance: ``python -m tests.fuzz.readers``.

Needs atheris. An exception never stops the run: what was found is kept under ``fuzz-corpus/findings``, once per place
in the code, as the file and its traceback. A hang or a crash of the interpreter ends one process, and the next goes on.
"""

import argparse
import hashlib
import random
import re
import subprocess
import sys
import time
import traceback
import warnings
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS, FINDINGS = ROOT / "fuzz-corpus" / "inputs", ROOT / "fuzz-corpus" / "findings"
REAL = ROOT.parent / "shared" / "data"
INPUT_BYTES_MAX, REAL_BYTES_MAX = 1 << 16, 40_000
HANG_S, MEMORY_MB = 30, 1000
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)|#(\d+)\s+[A-Z]")


def main() -> int:
    """Fuzz for the asked minutes; the exit code is 1 when something was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=20.0)
    asked.add_argument("--process", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.process:
        _fuzz(options.minutes)
        return 0
    for folder in (CORPUS, FINDINGS):
        folder.mkdir(parents=True, exist_ok=True)
    _sow()
    began, executions, died = time.monotonic(), 0, 0
    while (left := options.minutes - (time.monotonic() - began) / 60) > 0.02:
        count, code = _one_process(left)
        if not count:
            print("The fuzzing engine did not start: is atheris installed?", file=sys.stderr)
            return 1
        executions += count
        died += code != 0
    found = sorted(FINDINGS.glob("*.txt"))
    spent = (time.monotonic() - began) / 60
    print(f"{executions} executions in {spent:.1f} min, {len(list(CORPUS.iterdir()))} inputs kept,"
          f" {len(found)} findings, {died} processes died")  # fmt: skip
    for one in found:
        print(f"  {one.name}: {one.read_text().strip().splitlines()[-1]}")
    return 1 if found or died else 0


def _sow() -> None:
    """Write the seeds, and the small real files when they are there, into the corpus."""
    from .seeds import seeds

    files = list(seeds().values())
    for pattern in ("fit/*/*.fit", "gpx/*/*.gpx", "tcx/*/*.tcx", "garmin_connect_json/*/*.json", "csv/*/*.csv"):
        files += [path.read_bytes()[:REAL_BYTES_MAX] for path in sorted(REAL.glob(pattern)) if _small(path)]
    for data in files:
        (CORPUS / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def _small(path: Path) -> bool:
    """A text says the same in its beginning; a FIT file is taken whole."""
    return path.suffix != ".fit" or path.stat().st_size <= REAL_BYTES_MAX


def _one_process(minutes: float) -> tuple[int, int]:
    """Run one fuzzing process; return how many executions it made and how it ended."""
    command = [sys.executable, "-m", "tests.fuzz.readers", "--process", "--minutes", f"{minutes:.3f}"]
    count = 0
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        for line in process.stderr or ():
            sys.stderr.write(line)
            count = max([count, *(int(group) for found in _DONE.findall(line) for group in found if group)])
    return count, process.returncode


def _fuzz(minutes: float) -> None:
    import atheris
    from atheris.import_hook import HookManager

    # Comparisons are not traced: the engine would keep every array that comparing two arrays gives.
    with HookManager({"evenstride"}, set(), enable_loader_override=True, trace_dataflow=False):
        from .mutations import mutate
        from .properties import check_reading, check_whole_path

    warnings.simplefilter("error")

    def one_input(data: bytes) -> None:
        members = [("run.bin", data)]
        try:
            if check_reading(members):
                chance = zlib.crc32(data)
                check_whole_path(members, any_sport=chance % 4 > 0, told=chance % 5 == 0)
        except Exception as error:
            _keep(data, error)

    def mutated(data: bytes, max_size: int, seed: int) -> bytes:
        rng = random.Random(seed)  # noqa: S311  the engine's own seed
        if rng.random() < 0.1:
            changed = atheris.Mutate(data, max_size)
            return changed if isinstance(changed, bytes) else data
        return mutate(data, rng)[:max_size]

    options = [
        f"-max_total_time={max(1, round(60 * minutes))}",
        f"-max_len={INPUT_BYTES_MAX}",
        f"-timeout={HANG_S}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={FINDINGS}/",
        "-print_final_stats=1",
        "-len_control=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(CORPUS)], one_input, custom_mutator=mutated)
    atheris.Fuzz()


def _keep(data: bytes, error: Exception) -> None:
    """Write the smallest file that raises at this place, and the traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzz/readers" not in frame.filename]
    ours = [frame for frame in frames if "evenstride" in frame.filename or "properties" in frame.filename] or frames
    name = f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
    file = FINDINGS / f"{name}.bin"
    if not file.exists() or file.stat().st_size > len(data):
        file.write_bytes(data)
        (FINDINGS / f"{name}.txt").write_text("".join(traceback.format_exception(error)))


if __name__ == "__main__":
    sys.exit(main())
