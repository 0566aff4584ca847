"""What to eat, drink and sleep today, as general guidance; nothing here treats anything."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenstride.model import CalendarRun, PlannedSession, Profile
from evenstride.model.today import DayTarget
from evenstride.review.tables import limits, table

STRENGTH = ("strength", "micro", "test")


def targets_of_the_day(
    profile: Profile, *, day: date, sessions: Sequence[PlannedSession] = (), runs: Sequence[CalendarRun] = (),
    switched_on: bool = True,
) -> tuple[DayTarget, ...]:  # fmt: skip
    """Return the guidance that a day asks for, in the table's order; none where it is switched off.

    Without a body mass the amount is given per kilogram, never guessed. Works for healthy adults; does not work for
    illness, pregnancy, children, or a history of disordered eating, for whom a clinician or dietitian decides.

    >>> monday = date(2026, 5, 4)
    >>> run = CalendarRun(day=monday, kind="long", minutes=95)
    >>> for one in targets_of_the_day(Profile(name="Ada", mass_kg=60.0), day=monday, runs=[run]):
    ...     print(one.id, one.text)
    T-DAY-PROTEIN About 96 to 132 g of protein over the day, in several meals.
    T-DAY-CARBOHYDRATE Put the day's carbohydrate around the hardest session: a meal before it and one after.
    T-DAY-DRINK Drink through the day and come to the run without thirst; for 95 minutes take something to drink along,
    and some carbohydrate.
    T-DAY-SLEEP 7 to 9 hours of sleep tonight.
    """
    if not switched_on:
        return ()
    here = [one for one in sessions if one.day == day]
    running = [one for one in runs if one.day == day and one.kind != "rest"]
    hard = any(one.hard for one in here) or any(one.hard for one in running)
    is_so = {
        "any": True,
        "strength": any(one.kind in STRENGTH for one in here),
        "hard": hard,
        "run": bool(running),
        "easy": not hard,
    }
    rows = {name: row for name, row in table("targets").items() if name != "limits"}
    return tuple(_target(name, row, profile, running) for name, row in rows.items() if is_so[row["when"]])


def _target(name: str, row: Mapping[str, Any], profile: Profile, runs: Sequence[CalendarRun]) -> DayTarget:
    low, high = row.get("range", (None, None))
    text = str(row["text"])
    if "per_kg" in row:
        if profile.mass_kg is None:
            text = row["text_unknown"]
        else:
            low, high = (round(share * profile.mass_kg) for share in row["per_kg"])
            text = text.format(low=low, high=high)
    if row["when"] == "run":
        text = text.format(drink=_drink(row, max(one.minutes for one in runs)))
    return DayTarget(
        id=name, label=row["label"], text=text, source=row["source"], grade=row["grade"], low=low, high=high,
        unit=row.get("unit", "") if low is not None else "", key=row.get("key", ""),
    )  # fmt: skip


def _drink(row: Mapping[str, Any], minutes: float) -> str:
    """What a run of some length adds."""
    figures = limits("targets")
    key = "text_longer" if minutes >= figures["fuel_from_minutes"] else "text_long"
    return str(row[key]).format(minutes=f"{minutes:.0f}") if minutes >= figures["drink_from_minutes"] else ""
