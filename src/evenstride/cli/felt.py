"""`evenstride log feeling` and `log cues`: what was felt beside what was measured."""

from evenstride.cli.show import print_json, waiting
from evenstride.service.felt import cue_effects, feeling_shown
from evenstride.service.home import open_home
from evenstride.service.where import Where


def log_feeling_command(*, as_json: bool, where: Where) -> int:
    """Say whether the runner's feeling tracks the data."""
    with open_home(where) as home, waiting("Looking"):
        shown = feeling_shown(home)
    if as_json:
        from evenstride.report.felt_document import feeling_document

        print_json(feeling_document(shown.answer, shown.pairs, trend=shown.trend, agreed=shown.agreement))
    else:
        from evenstride.report.felt_screen import print_feeling

        print_feeling(shown.answer, trend=shown.trend, agreed=shown.agreement)
    return 0


def log_cues_command(*, as_json: bool, where: Where) -> int:
    """Say what each cue did to the gap between the legs."""
    with open_home(where) as home, waiting("Looking"):
        effects = cue_effects(home)
    if as_json:
        from evenstride.report.felt_document import cues_document

        print_json(cues_document(effects))
    else:
        from evenstride.report.felt_screen import print_cues

        print_cues(effects)
    return 0
