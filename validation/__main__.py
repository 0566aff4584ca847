"""``python -m validation [name …]``: re-run every script, or those named, and rewrite its table under ``results``."""

import sys
from collections.abc import Callable, Mapping

from validation import (
    adjusting,
    alarms,
    cadence_variability,
    change_point,
    coverage,
    decisions,
    feeling,
    flags,
    judged,
    killed,
    loop,
    other_noise,
    plans,
    real_files,
    screen,
    season,
    season_alarms,
    segments,
    side_check,
    slopes,
    trial,
    warmup,
)

SCRIPTS: Mapping[str, Callable[[], None]] = {
    "coverage": coverage.run,
    "flags": flags.run,
    "slopes": slopes.run,
    "other_noise": other_noise.run,
    "segments": segments.run,
    "warmup": warmup.run,
    "adjusting": adjusting.run,
    "judged": judged.run,
    "real_files": real_files.run,
    "alarms": alarms.run,
    "change_point": change_point.run,
    "season": season.run,
    "season_alarms": season_alarms.run,
    "screen": screen.run,
    "side_check": side_check.run,
    "cadence_variability": cadence_variability.run,
    "killed": killed.run,
    "plans": plans.run,
    "loop": loop.run,
    "feeling": feeling.run,
    "trial": trial.run,
    "decisions": decisions.run,
}
"""Every script by the name of its result table. One more claim is one more line."""


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in SCRIPTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(SCRIPTS)}", file=sys.stderr)
        return 2
    for name in names or SCRIPTS:
        SCRIPTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
