"""`evenstride trial`: does a cue or drill help me?"""

import sys
from typing import Any

import click

from evenstride.cli.show import print_json, tell, waiting
from evenstride.model import Trial
from evenstride.service.home import open_home
from evenstride.service.trials import (
    TrialShown,
    TrialWish,
    end_trial,
    planned_trial,
    show_trial,
    start_trial,
    take_trial_back,
    trial_name,
)
from evenstride.service.where import Where


def trial_start_command(*, plan_only: bool, as_json: bool, where: Where, **wish: Any) -> int:
    """Plan a trial, show what it can find, and start it; in a terminal ask first."""
    with open_home(where) as home:
        with waiting("Planning"):
            trial = planned_trial(home, TrialWish(**wish))
        if not as_json:
            _print_plan(trial)
        if plan_only or not (as_json or _wanted()):
            if as_json:
                _print_plan_document(trial)
            else:
                tell("Nothing was started.")
            return 0
        shown = start_trial(home, trial)
    if as_json:
        _print_document(shown)
    else:
        tell(f"Started. {shown.today} To take it back: evenstride trial undo")
    return 0


def trial_show_command(named: str | None, *, as_json: bool, where: Where) -> int:
    """Show a trial as it stands."""
    with open_home(where) as home, waiting("Looking"):
        shown = show_trial(home, named)
    _shown(shown, as_json=as_json)
    return 0


def trial_end_command(named: str | None, *, as_json: bool, where: Where) -> int:
    """End a trial; what it found follows."""
    with open_home(where) as home, waiting("Looking"):
        shown = end_trial(home, named)
    tell("Ended. To take that back: evenstride trial undo")
    _shown(shown, as_json=as_json)
    return 0


def trial_undo_command(named: str | None, *, as_json: bool, where: Where) -> int:
    """Take back the end of a trial, or else its start."""
    with open_home(where) as home:
        was, left = take_trial_back(home, named)
    what = "the end" if left else "the start"
    tell(f"Taken back: {what} of the trial of “{trial_name(was)}”.")
    if left is not None:
        _shown(left, as_json=as_json)
    elif as_json:
        from evenstride.report.trial_document import UNDONE_SCHEMA

        print_json({"schema": UNDONE_SCHEMA, "id": was.id})
    return 0


def _wanted() -> bool:
    """Ask, where there is somebody to ask."""
    return not sys.stdin.isatty() or click.confirm("Start it?", default=True, err=True)


def _print_plan(trial: Trial) -> None:
    from evenstride.report.trial_screen import print_planned_trial

    print_planned_trial(trial, name=trial_name(trial))


def _print_plan_document(trial: Trial) -> None:
    from evenstride.report.trial_document import trial_document

    print_json(trial_document(trial, None, name=trial_name(trial)))


def _shown(shown: TrialShown, *, as_json: bool) -> None:
    if as_json:
        _print_document(shown)
        return
    from evenstride.report.trial_screen import print_trial

    print_trial(shown.trial, shown.answer, name=shown.name, today=shown.today, others=shown.others)


def _print_document(shown: TrialShown) -> None:
    from evenstride.report.trial_document import trial_document

    print_json(trial_document(shown.trial, shown.answer, name=shown.name, today=shown.today, others=shown.others))
