"""What a log asks in a terminal: one question after the other, Enter leaves one out, and nothing answered is lost.

What cannot be read is asked again on the spot; who stops on the way keeps what was answered so far.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from evenstride.cli.show import tell, wrapped
from evenstride.errors import EvenstrideError
from evenstride.model import ChecklistItem

STOPPED = "Stopped: what was answered so far is kept."
_LEGS = ("left", "right", "even")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: which option it fills, how it reads, how an answer is read.

    ``many``: the answers of several questions go into one option, as a tuple.
    """

    name: str
    text: str
    read: Callable[[str], Any]
    many: bool = False


def in_a_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty()


def ask(questions: Sequence[Question]) -> dict[str, Any]:
    """Ask one question after the other and return what was answered, by the option it fills.

    Raises
    ------
    click.Abort
        Stopped before anything was answered.
    """
    found: dict[str, Any] = {}
    for number, one in enumerate(questions, start=1):
        try:
            text = _wrapped(f"{number}/{len(questions)} {one.text}")
            answer = click.prompt(text, value_proc=_or_nothing(one.read), default="", show_default=False, err=True)
        except click.Abort:
            if not found:
                raise
            tell(STOPPED)
            break
        if answer == "":
            continue
        found[one.name] = (*found.get(one.name, ()), answer) if one.many else answer
    return found


def items(checklist: Iterable[ChecklistItem]) -> list[Question]:
    """Return the questions of a checklist, each from 0 to 4."""
    return [
        Question(
            name="ratings", text=f"{one.question} (0 {one.low}, 4 {one.high})", read=_rating(one.id), many=True
        )
        for one in checklist
    ]  # fmt: skip


def number(most: float, *, least: float = 0, whole: bool = False) -> Callable[[str], float | int]:
    """Return how a number in a range is read.

    >>> number(10)("6.5"), number(4, whole=True)("3")
    (6.5, 3)
    """

    def read(text: str) -> float | int:
        said = f"a number from {least:g} to {most:g}, or Enter."
        try:
            value = int(text) if whole else float(text.replace(",", "."))
        except ValueError:
            raise click.BadParameter(said) from None
        if not least <= value <= most:
            raise click.BadParameter(said)
        return value

    return read


def one_of(words: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return how one of a few words is read, by its beginning.

    >>> one_of({"left": "left", "right": "right"})("R")
    'right'
    """

    def read(text: str) -> Any:
        near = [word for word in words if word.startswith(text.strip().lower())]
        if len(near) != 1:
            raise click.BadParameter(f"{', '.join(words)}, or Enter.")
        return words[near[0]]

    return read


def checked(reader: Callable[[str], Any]) -> Callable[[str], str]:
    """Return how words are read that a service will read again: as typed, once it can read them."""

    def read(text: str) -> str:
        try:
            reader(text)
        except EvenstrideError as error:
            raise click.BadParameter(f"{error.text} {error.help}".strip()) from None
        return text.strip()

    return read


LEGS = one_of({leg: leg for leg in _LEGS})


def pain_question() -> Question:
    """Return the question for a pain."""
    from evenstride.service.log_text import read_pain

    return Question(
        name="pains", text="Any pain, 0 to 10, where, and of what kind (such as 3 right knee joint)",
        read=checked(read_pain), many=True,
    )  # fmt: skip


def _rating(name: str) -> Callable[[str], str]:
    read = number(4, whole=True)
    return lambda text: f"{name} {read(text)}"


def _or_nothing(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text) if text.strip() else ""


def _wrapped(text: str) -> str:
    """Break a question between words; the cursor stands behind its last one."""
    return wrapped(text, indent="    ", room=2)
