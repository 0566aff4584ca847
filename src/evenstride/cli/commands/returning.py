"""Commands on the way back to running after an injury."""

from typing import Any

import click

from evenstride.cli.options import Group, as_json, day_of, examples, where_asked

# Written out, as the nouns would load the numerical libraries; a test holds them to the nouns.
STAGES = ("walking", "walk_run", "easy", "drills", "strides", "quality")
FLAGS = (
    "night_pain",
    "resting_bone_pain",
    "focal_bone_tenderness",
    "swelling",
    "numbness",
    "giving_way",
    "fever",
)
_PAIN = click.FloatRange(0, 10)


@click.group(
    "return",
    cls=Group,
    short_help="Back to running after an injury.",
    epilog=examples(
        'evenstride return start "right achilles"',
        "evenstride return show",
        "evenstride return log --during 1 --after 0",
        "evenstride return log --morning 0",
    ),
)
def return_() -> None:
    """Back to running after an injury: walking, walk and run in turn, running; pain decides. It is no diagnosis."""


@return_.command(
    "start",
    short_help="Begin with walking.",
    epilog=examples(
        'evenstride return start "right achilles"',
        'evenstride return start "left tibia" --bone --cleared-by "Dr Green"',
    ),
)
@click.argument("what", metavar='"SIDE SITE"')
@click.option("--bone", is_flag=True, help="A bone was injured: it begins locked until a clinician releases it.")
@click.option("--cleared-by", default="", help="The clinician who has released the bone.", metavar="NAME")
@as_json
def return_start(what: str, **options: Any) -> int:
    """Begin a return to running: which leg (left, right, both) and where."""
    from evenstride.cli.returning import return_start_command

    return return_start_command(what, **options, where=where_asked())


@return_.command("show", short_help="Where it stands, and the next session.", epilog=examples("evenstride return show"))
@as_json
def return_show(**options: Any) -> int:
    """Show the next session, what the next stage still needs, and what is trained beside it."""
    from evenstride.cli.returning import return_show_command

    return return_show_command(**options, where=where_asked())


@return_.command(
    "log",
    short_help="How a session felt, and the morning after.",
    epilog=examples(
        "evenstride return log --during 1 --after 0 --effort 3",
        "evenstride return log --morning 0",
        "evenstride return log --during 4 --after 2 --flag night_pain",
    ),
)
@click.option("--date", "day", callback=day_of, help="The day of the session; else today.", metavar="DATE")
@click.option("--during", "during_0_10", type=_PAIN, help="The worst pain during it, 0 to 10.", metavar="0-10")
@click.option("--after", "after_0_10", type=_PAIN, help="The pain after it.", metavar="0-10")
@click.option("--morning", "morning_0_10", type=_PAIN, help="The pain of the next morning.", metavar="0-10")
@click.option("--before", "before_0_10", type=_PAIN, help="The pain of the morning before it.", metavar="0-10")
@click.option("--stiff-before", "stiffness_before_0_10", type=_PAIN, help="Stiffness before it.", metavar="0-10")
@click.option("--stiff-morning", "stiffness_morning_0_10", type=_PAIN, help="The next morning.", metavar="0-10")
@click.option("--effort", "effort_0_10", type=_PAIN, help="How hard it was.", metavar="0-10")
@click.option("--km", type=click.FloatRange(min=0), help="How far it went.", metavar="KM")
@click.option("--cut-short", is_flag=True, help="Not all of it was done.")
@click.option("--flag", "flags", multiple=True, type=click.Choice(FLAGS), help="What a clinician must see.")
@click.option("--note", default="", help="Anything worth remembering.")
@as_json
def return_log(**options: Any) -> int:
    """Say how a session felt, and the next day how the morning was: a session counts with its morning."""
    from evenstride.cli.returning import return_log_command

    return return_log_command(**options, where=where_asked())


@return_.command(
    "stand",
    short_help="Seconds on one leg, eyes open.",
    epilog=examples("evenstride return stand --left 25 --right 30"),
)
@click.option("--left", type=click.FloatRange(min=0), required=True, metavar="S", help="Seconds on the left leg.")
@click.option("--right", type=click.FloatRange(min=0), required=True, metavar="S", help="Seconds on the right leg.")
@click.option("--date", "day", callback=day_of, help="The day; else today.", metavar="DATE")
@as_json
def return_stand(**options: Any) -> int:
    """Keep how long each leg stands alone with open eyes; some stages ask for it."""
    from evenstride.cli.returning import return_stand_command

    return return_stand_command(**options, where=where_asked())


@return_.command(
    "lock",
    short_help="Hold it where it is, or release it.",
    epilog=examples(
        'evenstride return lock --why "on holiday" --until 2026-06-14',
        'evenstride return lock --why "healing" --clinician "Dr Green" --stage strides',
        'evenstride return lock --off --clinician "Dr Green"',
    ),
)
@click.option("--why", default="", help="The reason.")
@click.option("--clinician", default="", help="Who locks or releases it, where it is a clinician.", metavar="NAME")
@click.option("--stage", type=click.Choice(STAGES), help="Only from this stage on.")
@click.option("--until", callback=day_of, help="The last day of a lock of your own.", metavar="DATE")
@click.option("--off", is_flag=True, help="Lift the locks.")
@as_json
def return_lock(**options: Any) -> int:
    """Hold the return where it is, or from one stage on. What a clinician has locked only a clinician releases."""
    from evenstride.cli.returning import return_lock_command

    return return_lock_command(**options, where=where_asked())


@return_.command("undo", short_help="Take the last entry back.", epilog=examples("evenstride return undo"))
@as_json
def return_undo(**options: Any) -> int:
    """Take back what was told last: a log, a lock, a start."""
    from evenstride.cli.returning import return_undo_command

    return return_undo_command(**options, where=where_asked())
