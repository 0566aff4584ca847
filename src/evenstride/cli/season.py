"""`evenstride season` and `evenstride finding`: what weeks of runs and tests say."""

from pathlib import Path

from evenstride.cli.show import print_json, progress, tell
from evenstride.service.home import open_home
from evenstride.service.where import Where


def season_command(*, metric: str | None, recompute: bool, picture: Path | None, as_json: bool, where: Where) -> int:
    """Print, draw or write the season; judge every run again first where that is asked for."""
    from evenstride.report.png import write_picture
    from evenstride.report.season_document import season_document
    from evenstride.report.season_picture import season_picture
    from evenstride.report.season_terminal import print_season
    from evenstride.service.recompute import count_outdated, each_recomputed
    from evenstride.service.season import comparisons_of, season_of

    with open_home(where) as home:
        if recompute:
            total = count_outdated(home)
            done = sum(1 for _ in progress(each_recomputed(home), total=total, doing="Judging runs again"))
            tell(f"{done} of {total} recordings were judged again.")
        season = season_of(home, metric=metric)
        tests = comparisons_of(home) if picture else ()
        outdated = count_outdated(home)
    if picture:
        write_picture(season_picture(season, metric=metric, tests=tests), picture)
        tell(f"Picture: {picture}")
    if as_json:
        print_json(season_document(season))
    else:
        print_season(season, metric=metric)
    if outdated:
        tell(f"{outdated} recordings were judged by an older method: evenstride season --recompute judges them again.")
    return 0


def finding_command(*, as_json: bool, where: Where) -> int:
    """Print what all evidence says."""
    from evenstride.judge.finding_rules import FINDING_RULES
    from evenstride.report.finding_document import finding_document
    from evenstride.report.finding_terminal import print_finding
    from evenstride.service.season import finding_of

    with open_home(where) as home:
        found = finding_of(home)
    if as_json:
        print_json(finding_document(found))
    else:
        print_finding(found, grades={name: rule.grade for name, rule in FINDING_RULES.items()})
    return 0
