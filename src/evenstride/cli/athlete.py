"""`evenstride athlete`: people added, listed, shown, changed; and the side check of their devices."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from evenstride.cli.show import print_json, printable, tell
from evenstride.errors import InvalidRequest
from evenstride.model import Side
from evenstride.report.athlete_document import athlete_document, athletes_document, side_checks_document
from evenstride.service.athletes import Person, add_person, change_person, named, people, person
from evenstride.service.profile_text import ProfileWords, profile_toml
from evenstride.service.where import Where


def athlete_add_command(name: str | None, *, file: Path | None, as_json: bool, where: Where, **fields: Any) -> int:
    """Keep a new athlete, and say so in one line; what is not known is for ``athlete show``."""
    from evenstride.report.athlete_terminal import added_words

    added = add_person(where, ProfileWords(name=name or where.athlete, **fields), file=file)
    if as_json:
        _show(added, as_json=True)
    else:
        print(printable(added_words(added.profile, today=added.today)))
    return 0


def athlete_list_command(*, as_json: bool, where: Where) -> int:
    """List the athletes; nobody is no error."""
    everybody = people(where)
    if as_json:
        print_json(_document(everybody))
    elif everybody:
        from evenstride.report.athlete_terminal import print_athletes

        print_athletes([one.profile for one in everybody], today=everybody[0].today)
    else:
        tell("No athlete is kept here yet: evenstride athlete add NAME.")
    return 0


def athlete_show_command(name: str | None, *, toml: bool, as_json: bool, where: Where) -> int:
    """Show one athlete: a page, a file to edit, or JSON."""
    if toml and as_json:
        raise InvalidRequest("--toml and --json are two forms of one answer.", help="Ask for one of them.")
    shown = person(named(where, name))
    if toml:
        sys.stdout.write(profile_toml(shown.profile))
    else:
        _show(shown, as_json=as_json)
    return 0


def athlete_change_command(
    name: str | None, *, rename: str | None, file: Path | None, as_json: bool, where: Where, **fields: Any
) -> int:
    """Keep what is newly known, and show what is known now."""
    changed = change_person(named(where, name), ProfileWords(name=rename, **fields), file=file)
    _show(changed, as_json=as_json)
    return 0


def side_check_command(
    file: Path | None,
    *,
    leg: Side | None,
    method: Literal["limp", "hop"],
    from_s: float | None,
    to_s: float | None,
    as_json: bool,
    where: Where,
) -> int:
    """Without a file say how the check is done; with one judge it, keep it, and say what it changes."""
    from evenstride.service.side_check import CheckAsked, check_sides, side_check_steps

    if file is None:
        method_words = "" if method == "limp" else f" --method {method}"
        give = f"Give the file: evenstride athlete side-check RUN.fit --leg {leg or 'left'}{method_words}"
        steps = (*side_check_steps(leg or "left", method), give)
        if as_json:
            print_json({"schema": "evenstride.side_check_steps/1", "steps": list(steps)})
        else:
            print("\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1)))
        return 0
    if leg is None:
        raise InvalidRequest("Which leg limped or hopped?", help="Say --leg left or --leg right.")
    checks = check_sides(where, file, CheckAsked(leg=leg, method=method, from_s=from_s, to_s=to_s))
    if as_json:
        print_json(side_checks_document(checks))
        return 0
    from evenstride.report.athlete_terminal import print_side_checks

    print_side_checks(checks)
    return 0


def _show(one: Person, *, as_json: bool) -> None:
    if as_json:
        print_json(_document((one,)))
        return
    from evenstride.report.athlete_terminal import print_athlete

    print_athlete(one.profile, one.checks, today=one.today)


def _document(shown: Sequence[Person]) -> dict[str, Any]:
    return athletes_document([athlete_document(one.profile, one.checks, today=one.today) for one in shown])
