"""Today on one screen, from its document alone: it loads no noun, no numerical library and no database."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenstride.report.looks import STYLES, as_text, fitted, print_screen, printable, two_columns
from evenstride.report.today_words import day_answer, day_name, in_order

Document = Mapping[str, Any]
_TEST_HOW = (
    "Tests of each leg: evenstride screen protocol says how each is done, evenstride screen add keeps what it gave"
    " (for example single_leg_calf_raise --left 22 --right 26)."
)


def print_today(document: Document, *, console: Console | None = None) -> None:
    """Print the day on standard output, or on the console given."""
    print_screen(lambda width: today_screen(document, width=width), console)


def today_text(document: Document, *, width: int = 100) -> str:
    """Return the day's screen as plain text, without colour."""
    return as_text(today_screen(document, width=width), width)


def today_screen(document: Document, *, width: int = 100) -> RenderableType:
    """Return the day's screen: the answer, what comes first, runs and sessions in their order, what waits."""
    parts: list[RenderableType] = [Text(printable(_answer(document)), style="bold")]
    parts += [Text(printable(note)) for note in document["notes"]]
    if document["decision"]:
        parts.append(Text(printable(document["decision"])))
    sessions = document["sessions"]
    if document["stop"]:
        parts += [Text(""), Text("What the plan has for the day waits:", style="dim")]
    for one in in_order(document):
        parts.append(Text(""))
        parts += _run(one, sessions) if "slot" not in one else _session(one, width)
    parts += [Text(""), _behind(document), Text("")]
    return Group(*parts)


def _answer(document: Document) -> str:
    said = day_answer(document)
    if not said:
        return f"{day_name(document)}: no plan holds. evenstride plan make makes one for twelve weeks."
    return f"{day_name(document)}: {said}."


def _run(run: Document, sessions: Sequence[Document]) -> Iterator[RenderableType]:
    known = [run["title"], f"{run['minutes']:.0f} min", f"{run['km']:.3g} km" if run["km"] else ""]
    yield Text(f"{run['time'] or ''} {', '.join(part for part in known if part)}".strip(), style="bold")
    if run["note"]:
        yield Padding(Text(printable(run["note"])), (0, 0, 0, 2))
    for slot, label in (("pre_run", "before it"), ("post_run", "after it")):
        for one in sessions:
            if one["slot"] == slot:
                told = "; ".join(_short(each) for each in one["exercises"])
                yield Padding(Text(printable(f"{label}, {one['minutes']:.0f} min: {told}")), (0, 0, 0, 2))


def _short(exercise: Document) -> str:
    words = exercise["words"]
    if words["both"]:
        return f"{exercise['name']} {words['both']}"
    if words["left"] == words["right"]:
        return f"{exercise['name']} {words['left']} a side"
    return f"{exercise['name']} left {words['left'] or '–'}, right {words['right'] or '–'}"


def _session(session: Document, width: int) -> Iterator[RenderableType]:
    exercises = session["exercises"]
    starts = {one["first"] for one in exercises if one["first"] and one["left"] and one["right"]}
    first = f", {next(iter(starts))} first" if len(starts) == 1 else ""
    told = f"{session['time'] or ''} {session['title']}, {session['minutes']:.0f} min{first}"
    head = Text(told.strip(), style="bold")
    head.append(f"   {session['id']}", style="dim not bold")
    if session["done"]:
        head.append("   done", style="not bold")
    yield head
    if session["done"]:
        return
    for text in (one["text"] for one in session["because"] if one["rule"] == "R-REVIEW"):
        yield Padding(Text(printable(text)), (0, 0, 0, 2))
    if session["warm_up_words"]:
        yield Padding(Text(printable(session["warm_up_words"])), (0, 0, 0, 2))
    if session["kind"] == "test" and not session["exercises"]:
        yield Padding(Text(_TEST_HOW), (0, 0, 0, 2))
    usual = _usual(exercises)
    if usual:
        yield Padding(Text(f"Each {usual}, unless it says otherwise"), (0, 0, 0, 2))
    if exercises:
        yield Padding(_doses(exercises, width - 2, mixed=len(starts) > 1, usual=usual), (0, 0, 0, 2))


def _usual(exercises: Sequence[Document]) -> str:
    """Tempo and rest that most exercises of a session share."""
    counts = Counter(one["words"]["effort"] for one in exercises if one["words"]["effort"])
    effort, times = counts.most_common(1)[0] if counts else ("", 0)
    return effort if times > 1 else ""


def _doses(exercises: Sequence[Document], width: int, *, mixed: bool, usual: str) -> Table:
    dose = 15 if width >= 90 else 11
    name = max(20, (width - 2 * dose - 4) * 2 // 5)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("", width=name, overflow="fold")
    table.add_column(Text("L left", style=STYLES["left"]), width=dose, overflow="fold")
    table.add_column(Text("R right", style=STYLES["right"]), width=dose, overflow="fold")
    table.add_column("think of", overflow="fold", style="dim")
    for one in exercises:
        words = one["words"]
        left = f"both {words['both']}" if words["both"] else words["left"] or "–"
        right = "" if words["both"] else words["right"] or "–"
        first = f"{one['first']} first" if mixed and one["first"] and words["left"] and words["right"] else ""
        effort = words["effort"] if words["effort"] != usual else ""
        told = "; ".join(part for part in (first, effort or "", *one["cues"][:1]) if part)
        table.add_row(one["name"], fitted(left, dose), fitted(right, dose), Text(printable(told)))
    return table


def _behind(document: Document) -> Table:
    """Cues, guidance, what waits to be told, and what comes next."""
    table = two_columns()
    rows = [("take care", text) for text in document["care"]]
    rows += [("in mind", cue["text"]) for cue in document["cues"]]
    rows += [("trial", document["trial"])] if document["trial"] else []
    rows += [("waiting", text) for text in document["log"]]
    rows += [("guidance", one["text"]) for one in document["guidance"]]
    if document["next"] and not document["sessions"] and not document["runs"]:
        day = date.fromisoformat(document["next"])
        rows.append(("next", f"{day:%A} {day.day} {day:%B}"))
    before = ""
    for label, text in rows:
        table.add_row("" if label == before else label, Text(printable(text)))
        before = label
    return table
