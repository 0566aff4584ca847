"""What the core says of commands, said of pages: who reads a page is never sent to a terminal.

A sentence of the core may name a command ("evenstride plan make makes one for twelve weeks"). On a page the command's
place is taken by the name of the page that does the same, and the page's address goes along.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evenstride.web.texts import Texts

DOORS: Mapping[str, tuple[str, str]] = {
    "athlete add": ("/welcome", "doors.athlete_add"),
    "athlete change": ("/profile", "doors.athlete_change"),
    "athlete show": ("/profile", "doors.athlete_show"),
    "athlete side-check": ("/profile/side-check", "doors.athlete_side_check"),
    "import": ("/runs", "doors.import"),
    "log": ("/log", "doors.log"),
    "plan export": ("/plan/take", "doors.plan_export"),
    "plan lock": ("/plan", "doors.plan_lock"),
    "plan make": ("/plan/make", "doors.plan_make"),
    "plan replan": ("/plan", "doors.plan_replan"),
    "plan run": ("/plan", "doors.plan_run"),
    "plan show": ("/plan", "doors.plan_show"),
    "plan why": ("/plan", "doors.plan_why"),
    "return": ("/plan/return", "doors.return"),
    "review": ("/review", "doors.review"),
    "run": ("/runs", "doors.run"),
    "screen": ("/tests", "doors.screen"),
    "season": ("/season", "doors.season"),
    "today": ("/", "doors.today"),
    "trial": ("/log/trials", "doors.trial"),
}
"""Command → the page that does the same, and the text that names it. Of several the longest command is meant."""
_QUOTED, _PLACE = r"\"[^\"]*\"", r"[A-Z][A-Z_-]*…?(?![a-z])"
_OPTION = rf"--?[a-z][\w-]*(?:[ =](?:{_QUOTED}|[A-Z0-9][\w–-]*))?"
_GIVEN = rf"(?:\s+(?:{_OPTION}|{_QUOTED}|{_PLACE}|[a-z]+={_QUOTED}|\d[\w-]*))*"
"""What is given to a command: options with their values, quoted words, places to fill in, numbers."""
_COMMAND = re.compile(rf"`?\bevenstride ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*){{0,2}}){_GIVEN}`?")
_LEFT_OVER = re.compile(
    r"(?<!\w)--[a-z]|pip install|\bdocs/"
    r"|\bevenstride (?:analyze|athlete|backup|demo|log|plan|restore|run|screen|serve)\b"
)
_EXAMPLE = re.compile(r"^For example: .*", re.S)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence for a page, and where it sends its reader; empty where it sends nobody."""

    text: str
    address: str = ""
    name: str = ""


def on_a_page(text: str, texts: Texts) -> Said:
    """Say of pages what a sentence says of commands; empty where it makes sense in a terminal alone.

    >>> from evenstride.web.texts import load_texts
    >>> on_a_page("evenstride plan make makes one for twelve weeks.", load_texts())
    Said(text='“Make a plan” makes one for twelve weeks.', address='/plan/make', name='Make a plan')
    >>> on_a_page("Import some: evenstride import FILE…", load_texts()).text
    'Import some: “Runs”'
    >>> on_a_page("Say --yes to do it without being asked.", load_texts()).text
    ''
    """
    found: list[str] = []

    def page(match: re.Match[str]) -> str:
        words = match[1].split()
        for length in range(len(words), 0, -1):
            command = " ".join(words[:length])
            if command in DOORS:
                found.append(command)
                # words behind the command belong to the sentence, and what looked like its values does too
                behind = match[0].strip("`").partition(command)[2] if length < len(words) else ""
                return f"“{texts(DOORS[command][1])}”{_prose(behind, words[length:], command)}"
        return match[0]

    said = _COMMAND.sub(page, text)
    if _LEFT_OVER.search(said):
        return Said(text="")
    if not found:
        return Said(text=said)
    said = _EXAMPLE.sub("", said)  # an example of how to type it; the page asks by itself
    address, name = DOORS[found[0]]
    return Said(text=said, address=address, name=texts(name))


_SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "log": ("show", "session", "run", "day"),
    "return": ("show", "undo", "start", "log"),
    "run": ("list", "show", "tag", "file"),
    "plan run": ("list", "add", "move"),
    "screen": ("list", "add", "protocol"),
    "trial": ("show", "start", "end", "undo"),
}
"""What stands between a command and the sentence that goes on, where one page does all of it."""


def _prose(behind: str, words: list[str], command: str) -> str:
    """What of the words behind a command goes on with the sentence."""
    if words and words[0] in _SUBCOMMANDS.get(command, ()):
        behind = behind.partition(words[0])[2]
        behind = re.sub(r"^\s+[A-Z][A-Z_-]+(?![a-z])", "", behind)
    return behind
