"""`evenstride plan template`: sessions that a coach prescribes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evenstride.cli.show import print_json, printable, tell
from evenstride.model import SessionTemplate
from evenstride.service.home import open_home
from evenstride.service.prescribed import add_prescribed, prescribed, remove_prescribed
from evenstride.service.where import Where

_NEXT = "evenstride plan replan brings this into the plan."


def template_add_command(file: Path, *, as_json: bool, where: Where) -> int:
    """Keep the session that a file prescribes."""
    with open_home(where) as home:
        new = add_prescribed(home, file)
        held, today = prescribed(home), home.today
    _shown(held, [new], as_json=as_json, added=new.name)
    over = new.until is not None and new.until < today
    tell(f"Kept, but it ended on {new.until}: no plan from today on has it." if over else f"Kept. {_NEXT}")
    return 0


def template_list_command(*, as_json: bool, where: Where) -> int:
    """List the sessions that hold."""
    with open_home(where) as home:
        held = prescribed(home)
    _shown(held, held, as_json=as_json)
    if not held:
        tell("No session is prescribed: evenstride plan template add FILE keeps one.")
    return 0


def template_remove_command(name: str, *, as_json: bool, where: Where) -> int:
    """Take a session away."""
    with open_home(where) as home:
        gone = remove_prescribed(home, name)
        held = prescribed(home)
    _shown(held, [], as_json=as_json, removed=gone.name)
    tell(f"Removed: {gone.name}. {_NEXT}")
    return 0


def _shown(held: Sequence[SessionTemplate], told: Sequence[SessionTemplate], *, as_json: bool, **beside: Any) -> None:
    from evenstride.report.template_document import template_words, templates_document

    if as_json:
        print_json(templates_document(held, **beside))
        return
    from evenstride.plan.catalogue import load_catalogue

    exercises = load_catalogue().exercises
    for one in told:
        print(printable(template_words(one, exercises)))
