"""`evenstride today`: one screen, at once."""

from evenstride.cli.show import print_json
from evenstride.service.today_file import believed
from evenstride.service.where import Where


def today_command(*, as_json: bool, where: Where) -> int:
    """Print the day from the small file; where it cannot be believed, from what is kept."""
    document = believed(where)
    if document is None:
        from evenstride.service.today import today_for  # loads the database layer

        document = today_for(where)
    if as_json:
        print_json(document)
        return 0
    from evenstride.report.today_screen import print_today

    print_today(document)
    return 0
