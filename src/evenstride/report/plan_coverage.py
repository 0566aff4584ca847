"""What a week's mobility covers, as a table of days, in words, and as a document."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from rich.table import Table
from rich.text import Text

from evenstride.model import PlannedSession
from evenstride.plan.mobility_coverage import Coverage, coverage
from evenstride.report.plan_answer import ShownWeek, listed
from evenstride.report.plan_words import WEEKDAYS

NAMES = {
    "hip": "hips", "ankle": "ankles", "thoracic_spine": "thoracic spine", "sagittal": "forwards and back",
    "frontal": "to the side", "transverse": "turning", "long_hold": "long holds", "dynamic": "dynamic",
    "recovery": "recovery",
}  # fmt: skip
MARK, NONE = "●", "·"


def coverage_rows(week: ShownWeek) -> list[tuple[str, list[bool]]]:
    """Return the rows of a week's table: what it is, and on which of its seven days; none without mobility."""
    found = coverage(week.sessions)
    days = [week.monday + timedelta(days=n) for n in range(7)]
    groups = (found.joints, found.planes, found.styles)
    rows = [(NAMES[name], [day in on for day in days]) for group in groups for name, on in group.items()]
    return rows if any(any(marks) for _, marks in rows) else []


def coverage_table(week: ShownWeek) -> Table | None:
    """Return a week's table for the screen: joints, planes and styles by day."""
    rows = coverage_rows(week)
    if not rows:
        return None
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, header_style="dim")
    table.add_column("mobility covers")
    for name in WEEKDAYS:
        table.add_column(name, justify="center")
    for name, marks in rows:
        cells = [Text(MARK if mark else NONE, style="" if mark else "dim") for mark in marks]
        table.add_row(Text(name if any(marks) else f"{name}: no day"), *cells)
    return table


def coverage_words(sessions: Iterable[PlannedSession]) -> str:
    """Return in a sentence what a week's mobility covers; nothing where it has none."""
    found = coverage(sessions)
    missing = [NAMES[name] for name in found.missing]
    if len(missing) == len(NAMES):
        return ""
    if not missing:
        return "hips, ankles and thoracic spine, in all three planes, on days of all three kinds"
    return f"all but {listed(missing)}"


def coverage_document(found: Coverage) -> dict[str, Any]:
    """Return a week's coverage as it stands in the plan's document: the dates of each joint, plane and style."""
    groups = {"joints": found.joints, "planes": found.planes, "styles": found.styles}
    return {
        group: {name: _dates(days) for name, days in names.items()} for group, names in groups.items()
    }  # fmt: skip


def _dates(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]
