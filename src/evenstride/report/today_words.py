"""The day's answer and order in words, for every door that shows a day: made from its document alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Document = Mapping[str, Any]
AROUND = ("pre_run", "post_run")


def day_name(document: Document) -> str:
    """Return the day as people say it.

    >>> day_name({"date": "2026-05-08"})
    'Friday 8 May'
    """
    day = date.fromisoformat(document["date"])
    return f"{day:%A} {day.day} {day:%B}"


def day_answer(document: Document) -> str:
    """Return what the day asks for; empty where no plan holds.

    >>> run = {"title": "Long run", "time": "08:00"}
    >>> day_answer({"planned": True, "stop": False, "runs": [run], "sessions": []})
    'long run at 08:00'
    """
    if not document["planned"]:
        return ""
    if document["stop"]:
        return "no running and no training today"
    runs = [lowered(run["title"]) + (f" at {run['time']}" if run["time"] else "") for run in document["runs"]]
    own = [_titled(one) for one in document["sessions"] if one["slot"] not in AROUND and not one["done"]]
    said = _listed([*runs, *own])
    if said:
        return said
    return "all done" if any(one["done"] for one in document["sessions"]) else "nothing planned, rest"


def in_order(document: Document) -> list[Document]:
    """Return runs and sessions of their own as the day brings them; what has no time stands after what has one."""
    runs = [(run["time"] or "12:00", 0, run) for run in document["runs"]]
    own = [one for one in document["sessions"] if one["slot"] not in AROUND]
    return [entry for *_, entry in sorted([*runs, *((one["time"] or "23:59", 1, one) for one in own)], key=_moment)]


def lowered(text: str) -> str:
    """Return a title as it stands within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def _titled(session: Document) -> str:
    return f"{lowered(session['title'])} ({session['minutes']:.0f} min)"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _moment(entry: tuple[str, int, Document]) -> tuple[str, int]:
    return entry[0], entry[1]
