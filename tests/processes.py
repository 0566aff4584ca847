"""Processes at work at the same time, forked from one that has loaded what they need, which takes the longest."""

import json
import subprocess
import sys
from collections.abc import Sequence

FORKS = """
import json, os, sys, traceback
loads, works, given = json.load(sys.stdin)
exec(loads)
children = []
for words in given:
    child = os.fork()
    if not child:
        try:
            sys.argv[1:] = words
            exec(works)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    children.append(child)
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]))
"""


def at_once(loads: str, works: str, given: Sequence[Sequence[str]]) -> tuple[list[int], str]:
    """Load once, then do the work in a process for each of the words given; the exit codes, and what went wrong."""
    done = subprocess.run(
        [sys.executable, "-c", FORKS], input=json.dumps([loads, works, given]), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout), done.stderr
