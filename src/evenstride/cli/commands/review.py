"""The command that decides once a week, and lets runner and coach decide otherwise."""

from typing import Any

import click

from evenstride.cli.options import Command, as_json, day_of, examples, where_asked

OUTCOMES = ("refer", "regress", "retest", "deload", "hold", "redistribute", "progress")


def _outcome(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    named = text.strip().lower().replace("-", "")
    if named not in OUTCOMES:
        raise click.BadParameter(f"{text!r} is no outcome; choose one of: {', '.join(OUTCOMES)}.", context, option)
    return named


@click.command(
    cls=Command,
    short_help="The weekly decision, with its reasons.",
    epilog=examples(
        "evenstride review",
        "evenstride review --apply",
        "evenstride review --week 2026-05-11 --json",
        'evenstride review --override hold --why "a cold since Monday"',
        'evenstride review --approve --coach "Kim Lee"',
        "evenstride review --list",
    ),
)
@click.option("--week", callback=day_of, help="A day in the week; else the last week that is over.", metavar="DATE")
@click.option("--apply", "apply_", is_flag=True, help="Bring what it asks for into the plan.")
@click.option("--override", "outcome", callback=_outcome, help="Decide otherwise; needs --why.", metavar="OUTCOME")
@click.option("--approve", is_flag=True, help="Say that it is right as it stands.")
@click.option("--why", default="", help="The reason of a decision of your own.", metavar="TEXT")
@click.option("--coach", help="It is a coach who says so.", metavar="NAME")
@click.option("--undo", is_flag=True, help="Take back what was last kept of this week's review.")
@click.option("--list", "list_", is_flag=True, help="Every review, and how often it was decided otherwise.")
@as_json
def review(**options: Any) -> int:
    """Look back on a week and decide: progress, hold, deload, regress, redistribute, re-test or refer.

    Each decision names its rules, what they rest on, and what would have changed it. Nothing in the plan changes before
    --apply. Runner and coach can decide otherwise, with a reason; that is respected and counted.
    """
    from evenstride.cli.review import review_command

    if sum(bool(options[name]) for name in ("outcome", "approve", "undo", "list_")) > 1:
        raise click.UsageError("--override, --approve, --undo and --list exclude one another.")
    if options["outcome"] is None and options["why"] and not options["approve"]:
        raise click.UsageError("--why gives the reason of --override OUTCOME (or of --approve).")
    return review_command(**options, where=where_asked())
