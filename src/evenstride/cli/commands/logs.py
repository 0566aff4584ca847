"""Commands on what was done and felt: of a session, a run, a morning; shown and taken back."""

from typing import Any

import click

from evenstride.cli.commands.returning import FLAGS
from evenstride.cli.options import Group, as_json, day_of, examples, where_asked

_SCALE = click.FloatRange(0, 10)
_DAY = click.option("--date", "day", callback=day_of, help="The day; else today.", metavar="DATE")
_NOTE = click.option("--note", default="", help="Anything worth remembering.")
_EFFORT = click.option("--effort", "effort_0_10", type=_SCALE, help="How hard it was, 0 to 10.", metavar="0-10")
_MINUTES = click.option("--minutes", type=click.FloatRange(0, 2880), help="How long it took.", metavar="MIN")
_PAIN = click.option(
    "--pain", "pains", multiple=True, help='A pain: "3 right knee joint" (or muscle, sharp, radiating).', metavar="TEXT"
)
_SORENESS = click.option("--soreness", "soreness_0_10", type=_SCALE, help="How sore, 0 to 10.", metavar="0-10")
_HOURS = click.option("--soreness-hours", type=click.FloatRange(0, 336), help="For how long.", metavar="H")
_RATE = click.option(
    "--rate", "ratings", multiple=True, help='Items of the checklist, 0 to 4: "limb alignment 3".', metavar="TEXT"
)


@click.group(
    cls=Group,
    short_help="What was done and felt.",
    epilog=examples(
        "evenstride log session --as-planned --effort 6",
        'evenstride log session --as-planned --set "split_squat left 10,10,8 rir 1"',
        "evenstride log run",
        "evenstride log day --sleep 7.5 --mood 3",
        "evenstride log show",
    ),
)
def log() -> None:
    """What was done and felt, per side. All may be left out; what is not said is not known, and never taken as well."""


@log.command(
    "session",
    short_help="A session: as planned, with exceptions, or missed.",
    epilog=examples(
        "evenstride log session",
        "evenstride log session --as-planned --effort 6",
        'evenstride log session 2026-05-08 --as-planned --set "split_squat left 10,10,8 12kg rir 2"',
        'evenstride log session --as-planned --set "step_up left out" --set "squat pain 3 knee right"',
        "evenstride log session 2026-05-08 --missed",
        "evenstride log session 2026-05-08 --soreness 5 --soreness-hours 60",
        'evenstride log session --outside strength --set "split squat 3x10 8kg" --minutes 25',
    ),
)
@click.argument("session", required=False)
@click.option(
    "--as-planned", "--done", "as_planned", is_flag=True,
    help="All of it as it stood, clean and without pain, but for what --set says.",
)  # fmt: skip
@click.option(
    "--set", "exceptions", multiple=True, metavar="TEXT",
    help="An exercise: its name, then left or right, sets (10,10,8 or 3x10 or 30s,25s), 12kg, rir 2, clean no, pain 3"
    " knee right joint, stopped, left out. Without --as-planned only these were done.",
)  # fmt: skip
@click.option("--missed", is_flag=True, help="It was not done.")
@click.option(
    "--outside", type=click.Choice(("strength", "mobility", "micro", "drills", "test")), help="No plan asked for it."
)
@_DAY
@_EFFORT
@_MINUTES
@_RATE
@_PAIN
@_SORENESS
@_HOURS
@_NOTE
@as_json
def log_session(session: str | None, **options: Any) -> int:
    """Log a session by its name in the plan or its day; else today's, or the latest that waits.

    The same session told again is corrected: with --as-planned from the beginning, else only what is said changes.
    With nothing said in a terminal it asks; Enter leaves a question out.
    """
    from evenstride.cli.logs import log_session_command

    return log_session_command(session, **options, where=where_asked())


@log.command(
    "run",
    short_help="How a run felt, before its numbers are shown.",
    epilog=examples(
        "evenstride log run",
        'evenstride log run 2026-05-07 --effort 6 --harder right --rate "limb alignment 3, arm swing 4"',
        'evenstride log run --rate "pelvis 2" --coach Kim',
        "evenstride log run --without-device --effort 4",
    ),
)
@click.argument("run", required=False)
@_RATE
@click.option("--harder", type=click.Choice(("left", "right", "even")), help="Which leg worked harder.")
@_EFFORT
@_MINUTES
@_PAIN
@click.option("--cue", "cues", multiple=True, help="What you had in mind: a cue of the programme.", metavar="CUE")
@click.option(
    "--block", type=click.Choice(("alternating", "late_technique")), default=None,
    help="How it was laid out: the mind on one leg in turn, or on technique late in it.",
)  # fmt: skip
@click.option("--first", type=click.Choice(("left", "right")), help="The leg that alternating blocks began with.")
@click.option(
    "--kind", type=click.Choice(("easy", "long", "intervals", "tempo", "hills", "race")),
    help="What it was; else as it was planned.",
)  # fmt: skip
@click.option("--without-device", is_flag=True, help="Run without looking at the device.")
@click.option("--after-numbers", is_flag=True, help="You had seen the run's numbers before.")
@click.option("--coach", default="", help="Who rates it, where it is a coach.", metavar="NAME")
@_DAY
@_NOTE
@as_json
def log_run(run: str | None, **options: Any) -> int:
    """Log how a run felt: by its name (evenstride run list), its day, else today's or the latest that waits.

    With nothing said in a terminal it asks one question after the other; Enter leaves one out. The run's own numbers
    come only after that. It works without a file of the run.
    """
    from evenstride.cli.logs import log_run_command

    return log_run_command(run, **options, where=where_asked())


@log.command(
    "day",
    short_help="A morning: sleep, mood, stiffness, pain.",
    epilog=examples(
        "evenstride log day",
        "evenstride log day --sleep 7.5 --mood 3 --resting-hr 48",
        'evenstride log day --stiff "left ankle 4" --soreness 3 --soreness-hours 48',
        "evenstride log day --flag night_pain",
        'evenstride log day --cleared-by "Dr Lee"',
    ),
)
@click.option("--sleep", "sleep_hours", type=click.FloatRange(0, 24), help="Hours of sleep.", metavar="H")
@click.option("--mood", "mood_0_4", type=click.IntRange(0, 4), help="Mood and energy, 0 to 4.", metavar="0-4")
@click.option(
    "--resting-hr", "resting_heart_rate_bpm", type=click.FloatRange(20, 150), help="Beats a minute.", metavar="BPM"
)
@click.option("--stiff", multiple=True, help='A stiff joint, 0 to 10: "left ankle 4".', metavar="TEXT")
@_SORENESS
@_HOURS
@_PAIN
@click.option("--flag", "flags", multiple=True, type=click.Choice(FLAGS), help="What a clinician must see.")
@click.option("--cleared-by", default="", help="Who looked at what was flagged and said: go on.", metavar="NAME")
@_DAY
@_NOTE
@as_json
def log_day(**options: Any) -> int:
    """Log a morning. What is told later of the same day joins what was told before.

    With nothing said in a terminal it asks; Enter leaves a question out.
    """
    from evenstride.cli.logs import log_day_command

    return log_day_command(**options, where=where_asked())


@log.command(
    "show",
    short_help="What was logged, and what waits.",
    epilog=examples("evenstride log show", "evenstride log show --days 28 --json"),
)
@click.option("--days", type=click.IntRange(1, 3660), default=14, show_default=True, help="So many days.", metavar="N")
@as_json
def log_show(**options: Any) -> int:
    """Show what was told of the last days, how the checklist of runs moves, and what waits to be told."""
    from evenstride.cli.logs import log_show_command

    return log_show_command(**options, where=where_asked())


@log.command(
    "feeling",
    short_help="Does what you feel go with what is measured?",
    epilog=examples("evenstride log feeling", "evenstride log feeling --json"),
)
@as_json
def log_feeling(**options: Any) -> int:
    """Say whether your feeling tracks the data: the leg that worked harder beside the measured difference, run by run.

    Also how the checklist moves, and how far you and your coach are apart on it. Runs rated after their numbers were
    shown do not count.
    """
    from evenstride.cli.felt import log_feeling_command

    return log_feeling_command(**options, where=where_asked())


@log.command(
    "cues",
    short_help="What each cue did to the gap between your legs.",
    epilog=examples("evenstride log cues", "evenstride log cues --json"),
)
@as_json
def log_cues(**options: Any) -> int:
    """Say what each cue that you logged did to the gap between your legs, in runs with it and without.

    It is a hint: you chose when to use it. evenstride trial start lets coins choose.
    """
    from evenstride.cli.felt import log_cues_command

    return log_cues_command(**options, where=where_asked())


@log.command(
    "undo",
    short_help="Take the last entry back.",
    epilog=examples("evenstride log undo", "evenstride log undo --kind day"),
)
@click.option("--kind", type=click.Choice(("session", "run", "day")), help="The last entry of this kind.")
@as_json
def log_undo(**options: Any) -> int:
    """Take back what was logged last; what it had corrected holds again."""
    from evenstride.cli.logs import log_undo_command

    return log_undo_command(**options, where=where_asked())
