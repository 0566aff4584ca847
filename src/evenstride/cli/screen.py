"""`evenstride screen`: tests of each leg, entered, listed, drawn; and how each is done."""

from datetime import date
from pathlib import Path

from evenstride.cli.show import print_json, tell
from evenstride.service.home import open_home
from evenstride.service.where import Where


def screen_add_command(
    test: str | None,
    *,
    left: str | None,
    right: str | None,
    day: date | None,
    load_left_kg: float | None,
    load_right_kg: float | None,
    note: str,
    csv_file: Path | None,
    as_json: bool,
    where: Where,
) -> int:
    """Keep one test, or all of a CSV file; print what each says."""
    from evenstride.judge.assessments import assessments
    from evenstride.report.screen_document import screen_document
    from evenstride.report.screen_terminal import print_tests
    from evenstride.service.screen import Entered, add_entered, add_from_csv

    problems: tuple[str, ...] = ()
    with open_home(where) as home:
        if csv_file is not None:
            added, problems = add_from_csv(home, csv_file)
        else:
            loads = (load_left_kg, load_right_kg)
            entered = Entered(test=test or "", left=left or "", right=right or "", day=day, loads_kg=loads, note=note)
            added = (add_entered(home, entered),)
    if as_json:
        print_json(screen_document(added) | {"failed": list(problems)})
    elif added:
        print_tests(added, assessments())
    for problem in problems:
        tell(problem)
    if added and not as_json:
        for one in added:
            tell(f"Kept. To take it back: evenstride screen remove {one.result.id if one.result else ''}")
    return 0 if not problems else 3 if added else 1


def screen_list_command(*, picture: Path | None, as_json: bool, where: Where) -> int:
    """Print, draw or write every test."""
    from evenstride.judge.assessments import assessments
    from evenstride.judge.screen import leg_changes
    from evenstride.report.png import write_picture
    from evenstride.report.screen_document import screen_document
    from evenstride.report.screen_picture import tests_picture
    from evenstride.report.screen_terminal import print_tests
    from evenstride.service.season import comparisons_of, same_side_again

    with open_home(where) as home:
        comparisons = comparisons_of(home)
    results = [one.result for one in comparisons if one.result]
    direction, changes = same_side_again(comparisons), leg_changes(results)
    if picture:
        write_picture(tests_picture(comparisons, assessments()), picture)
        tell(f"Picture: {picture}")
    if as_json:
        print_json(screen_document(comparisons, results, direction=direction, changes=changes))
    else:
        print_tests(comparisons, assessments(), direction=direction, changes=changes)
    return 0


def screen_remove_command(id_: str, *, as_json: bool, where: Where) -> int:
    """Take a test back."""
    from evenstride.service.screen import remove

    with open_home(where) as home:
        removed = remove(home, id_)
    if as_json:
        print_json({"schema": "evenstride.screen_removed/1", "id": removed.id, "test": removed.test})
    else:
        tell(f"Removed: {removed.test.replace('_', ' ')} of {removed.day.day} {removed.day:%B %Y}.")
        tell(f"To bring it back: evenstride screen restore {removed.id}")
    return 0


def screen_restore_command(id_: str, *, as_json: bool, where: Where) -> int:
    """Bring back a test that was removed."""
    from evenstride.service.screen import take_back

    with open_home(where) as home:
        back = take_back(home, id_)
    if as_json:
        print_json({"schema": "evenstride.screen_restored/1", "id": back.id, "test": back.test})
    else:
        tell(f"Back again: {back.test.replace('_', ' ')} of {back.day.day} {back.day:%B %Y}.")
    return 0


def screen_protocol_command(test: str | None, *, as_json: bool) -> int:
    """Say how a test is done; without a name, which tests there are."""
    from evenstride.judge.assessments import assessments
    from evenstride.report.screen_document import protocol_document
    from evenstride.report.screen_terminal import print_protocol
    from evenstride.service.screen import assessment_named

    if test is not None:
        assessment = assessment_named(test)
        if as_json:
            print_json(protocol_document(assessment))
        else:
            print_protocol(assessment)
        return 0
    if as_json:
        entries = [protocol_document(one) for one in assessments().values()]
        print_json({"schema": "evenstride.protocols/1", "protocols": entries})
        return 0
    for one in assessments().values():
        print(f"{one.name:<32}{one.label} ({one.unit})")
    tell("How one is done: evenstride screen protocol NAME")
    return 0
