"""Commands on a runner's own trial of a cue or drill."""

from typing import Any

import click

from evenstride.cli.options import Group, as_json, examples, where_asked


@click.group(
    cls=Group,
    short_help="Does a cue or drill help me? My own trial.",
    epilog=examples(
        "evenstride trial start quiet_foot_strike --plan",
        "evenstride trial start quiet_foot_strike",
        "evenstride trial show",
    ),
)
def trial() -> None:
    """Your own experiment with a cue or drill: with it and without, in pairs of runs or weeks whose order coins draw.

    It says beforehand what it can find with your noise, and answers at its end and not before.
    """


@trial.command(
    "start",
    short_help="Plan a trial, see what it can find, start it.",
    epilog=examples(
        "evenstride trial start quiet_foot_strike --plan",
        "evenstride trial start quiet_foot_strike",
        "evenstride trial start a_skip --by week --metric contact_time",
        "evenstride trial start cadence_steady --metric cadence --better larger --smallest 3",
    ),
)
@click.argument("what", metavar="CUE-OR-DRILL")
@click.option("--metric", help="What is looked at; else what your season reads first.", metavar="NAME")
@click.option(
    "--by", type=click.Choice(("run", "week")), help="What alternates; else runs for a cue, weeks for a drill."
)
@click.option(
    "--smallest", type=click.FloatRange(0, min_open=True), metavar="PCT",
    help="The smallest change worth the trouble, in percent (of a level of both legs: in its own unit).",
)  # fmt: skip
@click.option("--pairs", type=click.IntRange(1, 60), help="At most so many pairs, six or more.", metavar="N")
@click.option(
    "--better", type=click.Choice(("smaller", "larger")), help="For a level of both legs: which way is better."
)
@click.option("--plan", "plan_only", is_flag=True, help="Only show the plan; nothing is started.")
@click.option("--note", default="", help="Anything worth remembering.")
@as_json
def trial_start(**options: Any) -> int:
    """Plan a trial of a cue or drill and start it: how many pairs, from which noise of your runs, with which chance.

    In a terminal it asks after the plan is shown; evenstride trial undo takes a start back.
    """
    from evenstride.cli.trial import trial_start_command

    return trial_start_command(**options, where=where_asked())


@trial.command(
    "show",
    short_help="Today with it or without, and at the end the answer.",
    epilog=examples("evenstride trial show", "evenstride trial show --json"),
)
@click.argument("named", metavar="[ID]", required=False)
@as_json
def trial_show(named: str | None, **options: Any) -> int:
    """Show a trial (else the running one, else the latest): what holds today and what is done; at its end, the answer.

    Before the planned end there are counts only: who looks early finds what is not there.
    """
    from evenstride.cli.trial import trial_show_command

    return trial_show_command(named, **options, where=where_asked())


@trial.command(
    "end",
    short_help="End it early; what is done is answered.",
    epilog=examples("evenstride trial end"),
)
@click.argument("named", metavar="[ID]", required=False)
@as_json
def trial_end(named: str | None, **options: Any) -> int:
    """End a trial before its planned end. From six pairs on there can be an answer."""
    from evenstride.cli.trial import trial_end_command

    return trial_end_command(named, **options, where=where_asked())


@trial.command(
    "undo",
    short_help="Take its end back, or else its start.",
    epilog=examples("evenstride trial undo"),
)
@click.argument("named", metavar="[ID]", required=False)
@as_json
def trial_undo(named: str | None, **options: Any) -> int:
    """Take back the end of a trial, or else its start."""
    from evenstride.cli.trial import trial_undo_command

    return trial_undo_command(named, **options, where=where_asked())
