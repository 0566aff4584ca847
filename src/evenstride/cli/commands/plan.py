"""Commands on the programme: make, show, explain, move, lock, take back, export; and the runs of single days."""

from typing import Any

import click

from evenstride.cli.options import FILE, FOLDER, Group, as_json, day_of, examples, named, where_asked


@click.group(
    cls=Group,
    short_help="The programme: what to do on which day, and why.",
    epilog=examples(
        "evenstride plan make",
        "evenstride plan show --week 2026-05-11",
        "evenstride plan why 2026-05-08",
        "evenstride plan move 2026-05-08-strength-1 2026-05-09",
    ),
)
def plan() -> None:
    """The programme: single-leg strength, mobility and tests around your runs, each session with its reasons."""


@plan.command(
    "make",
    short_help="Make the programme and keep it.",
    epilog=examples(
        "evenstride plan make",
        "evenstride plan make --weeks 16 --from 2026-06-01",
        "evenstride plan make --ics training.ics",
        'evenstride plan make --run "2026-06-03 intervals 60 18:00" --no-run 2026-06-05 --json',
    ),
)
@click.option("--weeks", type=click.IntRange(1, 52), default=12, show_default=True, help="How many.", metavar="N")
@click.option("--from", "start", callback=day_of, help="The first day; else today.", metavar="DATE")
@click.option(
    "--ics", type=FILE, help="Your runs as a calendar file: its weeks replace the usual week.", metavar="FILE"
)
@click.option(
    "--csv", "csv_file", type=FILE, help="Runs of single days as a table: date, kind, minutes.", metavar="FILE"
)
@click.option(
    "--run", "runs", multiple=True, help='A run in place of that day\'s: "2026-06-03 long 110".', metavar="TEXT"
)
@click.option("--no-run", "no_runs", multiple=True, help="A day without its run.", metavar="DATE")
@as_json
def plan_make(**options: Any) -> int:
    """Plan the coming weeks from your finding, your runs, your free minutes, equipment and races.

    Every rule that binds is kept, or the plan is refused with the rules and inputs that exclude one another and the
    cheapest ways out. A week goes from Monday to Sunday; a plan that begins in the middle of one has fewer days in it.
    A plan made while another one holds goes on from it, and locked sessions stay.
    """
    from evenstride.cli.plan import plan_make_command

    return plan_make_command(**options, where=where_asked())


@plan.command(
    "show",
    short_help="The programme that holds, or one week of it.",
    epilog=examples(
        "evenstride plan show",
        "evenstride plan show --week 2026-05-11",
        "evenstride plan show --picture plan.svg",
        "evenstride plan show --json",
    ),
)
@click.option("--week", help="One week with every dose: a day in it, or its number.", metavar="DATE")
@click.option("--picture", type=FILE, help="Draw it: OUT ends in .svg or .png.", metavar="OUT")
@as_json
def plan_show(**options: Any) -> int:
    """Show the programme: what it asks for, what that means today, week by week, and what was given up for it."""
    from evenstride.cli.plan import plan_show_command

    return plan_show_command(**options, where=where_asked())


@plan.command(
    "why",
    short_help="Why a session, an exercise or a rule.",
    epilog=examples(
        "evenstride plan why 2026-05-08-strength-1",
        "evenstride plan why 2026-05-08",
        "evenstride plan why split_squat",
        "evenstride plan why R-24H --json",
    ),
)
@click.argument("asked", metavar="SESSION")
@as_json
def plan_why(asked: str, **options: Any) -> int:
    """Say why a SESSION stands where it does, with every exercise and dose; or why an exercise, or what a rule did."""
    from evenstride.cli.plan import plan_why_command

    return plan_why_command(asked, **options, where=where_asked())


@plan.command(
    "move",
    short_help="Another day for a session.",
    epilog=examples(
        "evenstride plan move 2026-05-08-strength-1 2026-05-09", "evenstride plan move 2026-05-08 2026-05-09"
    ),
)
@click.argument("session")
@click.argument("day", callback=day_of, metavar="DATE")
@as_json
def plan_move(session: str, **options: Any) -> int:
    """Move a SESSION to another DATE and lock it there; everything else changes as little as the rules allow.

    Where a rule forbids that day, nothing changes and the rule is named.
    """
    from evenstride.cli.plan import plan_move_command

    return plan_move_command(session, **options, where=where_asked())


@plan.command(
    "lock",
    short_help="Keep a session on its day.",
    epilog=examples("evenstride plan lock 2026-05-08-strength-1", "evenstride plan lock 2026-05-08-strength-1 --off"),
)
@click.argument("session")
@click.option("--off", is_flag=True, help="Let it move again.")
@as_json
def plan_lock(session: str, **options: Any) -> int:
    """Keep a SESSION on its day whatever else moves."""
    from evenstride.cli.plan import plan_lock_command

    return plan_lock_command(session, **options, where=where_asked())


@plan.command(
    "replan",
    short_help="Plan again around what was missed.",
    epilog=examples("evenstride plan replan", "evenstride plan replan --json"),
)
@as_json
def plan_replan(**options: Any) -> int:
    """Plan again from today: around sessions that were missed, and after what else has changed.

    Sessions before today of which nothing was logged count as missed. What changes is shown; nothing is lost.
    """
    from evenstride.cli.plan import plan_replan_command

    return plan_replan_command(**options, where=where_asked())


@plan.command("undo", short_help="Take the last change back.", epilog=examples("evenstride plan undo"))
@as_json
def plan_undo(**options: Any) -> int:
    """Take the last plan back, with what it changed in the runs; the one before it holds again."""
    from evenstride.cli.plan import plan_undo_command

    return plan_undo_command(**options, where=where_asked())


@plan.command(
    "export",
    short_help="For a calendar, a watch, a table, paper.",
    epilog=examples(
        "evenstride plan export --ics plan.ics",
        "evenstride plan export --fit workouts --csv plan.csv",
        "evenstride plan export --html plan.html --pdf plan.pdf",
    ),
)
@click.option("--ics", type=named(".ics"), help="A calendar; taken in again it replaces what is there.", metavar="FILE")
@click.option("--fit", type=FOLDER, help="A folder: a workout for the watch per session.", metavar="DIR")
@click.option(
    "--csv", "csv_file", type=named(".csv"), help="A table with a line per exercise and side.", metavar="FILE"
)
@click.option("--html", type=named(".html", ".htm"), help="A page to read and to print.", metavar="FILE")
@click.option("--pdf", type=named(".pdf"), help="The same as a PDF.", metavar="FILE")
@as_json
def plan_export(**options: Any) -> int:
    """Write the programme for a calendar, a watch, a table or paper."""
    from evenstride.cli.plan import plan_export_command

    return plan_export_command(**options, where=where_asked())


@plan.group(
    "run",
    cls=Group,
    short_help="Runs of single days, and the plan follows.",
    epilog=examples(
        'evenstride plan run add "2026-06-03 intervals 60 18:00"',
        "evenstride plan run remove 2026-06-05",
        "evenstride plan run move 2026-06-07 2026-06-06",
    ),
)
def plan_run() -> None:
    """Runs of single days that differ from your usual week; the programme follows with as little change as it can."""


@plan_run.command(
    "add",
    epilog=examples(
        'evenstride plan run add "2026-06-03 intervals 60 18:00"', 'evenstride plan run add "2026-06-07 long 120 20km"'
    ),
)
@click.argument("text", metavar='"DATE KIND MINUTES [KM] [TIME]"')
@as_json
def plan_run_add(text: str, **options: Any) -> int:
    """Add a run to one day, in place of what the usual week has there."""
    from evenstride.cli.plan import plan_run_command

    return plan_run_command(text, **options, where=where_asked())


@plan_run.command("remove", epilog=examples("evenstride plan run remove 2026-06-05"))
@click.argument("day", callback=day_of, metavar="DATE")
@as_json
def plan_run_remove(day: Any, **options: Any) -> int:
    """Take the runs of one day away."""
    from evenstride.cli.plan import plan_run_command

    return plan_run_command(f"{day} rest", **options, where=where_asked())


@plan_run.command(
    "move",
    epilog=examples(
        "evenstride plan run move 2026-06-07 2026-06-06", "evenstride plan run move 2026-06-07 2026-06-06 --at 08:00"
    ),
)
@click.argument("day", callback=day_of, metavar="DATE")
@click.argument("to", callback=day_of, metavar="DATE")
@click.option("--at", help="The new time of day; else as it was.", metavar="TIME")
@as_json
def plan_run_move(day: Any, to: Any, at: str | None, **options: Any) -> int:
    """Move the runs of one day to another."""
    from evenstride.cli.plan import plan_run_command

    return plan_run_command(f"{day} -> {to} {at or ''}".strip(), **options, where=where_asked())


@plan_run.command("list", epilog=examples("evenstride plan run list", "evenstride plan run list --json"))
@as_json
def plan_run_list(**options: Any) -> int:
    """List the runs that lie ahead, and what was said of single days."""
    from evenstride.cli.plan import plan_run_list_command

    return plan_run_list_command(**options, where=where_asked())
