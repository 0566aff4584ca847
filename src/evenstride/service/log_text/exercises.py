"""One exercise of a session as a person types it: ``split_squat left 10,10,8 12kg rir 2 pain 3 knee right joint``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from evenstride.errors import InvalidRequest
from evenstride.model import Exercise, Pain, Side
from evenstride.service.log_text.words import PAIN_KINDS, SIDE_WORDS, pain_of, slug, suggestion

EXAMPLE = '"split_squat left 10,10,8 12kg rir 2 clean no pain 3 knee right joint"'
_SETS = re.compile(r"\d+(\.\d+)?s?(,\d+(\.\d+)?s?)*")
_TIMES = re.compile(r"(\d{1,2})[x×](\d+(?:\.\d+)?)s?")
_KG = re.compile(r"(\d+(?:\.\d+)?)kg")
_NUMBER = re.compile(r"\d+(\.\d+)?")
SETS_MAX = 20
WORK_MAX = 3600.0
KG_MAX = 500.0
RESERVE_MAX = 30.0


@dataclass(frozen=True, kw_only=True)
class SideSaid:
    """What was said of one side; None was not said."""

    reps: tuple[float, ...] | None = None
    load_kg: float | None = None
    in_reserve: float | None = None
    clean: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ExerciseSaid:
    """What was said of one exercise. ``left_out``: none of it was done, or not on the sides in ``sides_left_out``."""

    exercise: str
    left: SideSaid = SideSaid()
    right: SideSaid = SideSaid()
    left_out: bool = False
    sides_left_out: tuple[Side, ...] = ()
    stopped_early: bool = False
    pain: Pain | None = None


def read_exercise(text: str, exercises: Mapping[str, Exercise], asked: Sequence[str] = ()) -> ExerciseSaid:
    """Read what is said of one exercise; what stands before a side is said of both.

    The exercise goes by its name, its name in the catalogue, or the beginning of one that is among ``asked`` (those of
    the session). Then in any order: ``left`` or ``right``, repetitions (``10,10,8`` or ``3x10``) or seconds
    (``30s,25s``) of each set, ``12kg``, ``rir 2`` (repetitions in reserve), ``clean`` or ``clean no``, ``pain 3 knee
    right joint``, ``stopped`` (early), ``left out``.

    Raises
    ------
    InvalidRequest
        A word has no place in it, or the exercise is not known; near misses are named.

    >>> said = read_exercise("split squat 10,10,10 left 8kg rir 2", {}, asked=["split_squat"])
    >>> said.left.load_kg, said.right.load_kg, said.right.reps
    (8.0, None, (10.0, 10.0, 10.0))
    """
    words = _words(text)
    named = next((place for place, word in enumerate(words) if _is_keyword(word)), len(words))
    if not named:
        raise InvalidRequest(f"{text!r} names no exercise.", help=f"For example: {EXAMPLE}.")
    reading = _Reading(text=text, words=words[named:], said=ExerciseSaid(
        exercise=find_exercise(" ".join(words[:named]), exercises, asked)
    ))  # fmt: skip
    return _read(reading)


def find_exercise(text: str, exercises: Mapping[str, Exercise], asked: Sequence[str] = ()) -> str:
    """Return the exercise of a name: one of the session's, else any of the catalogue's.

    >>> find_exercise("split", {}, ["step_up", "split_squat"])
    'split_squat'
    """
    name = slug(text)
    names = {one: {one, slug(exercises[one].name) if one in exercises else one} for one in (*asked, *exercises)}
    for known in (list(asked), list(names)):
        for fits in (str.__eq__, str.startswith):
            found = [one for one in dict.fromkeys(known) if any(fits(other, name) for other in names[one])]
            if len(found) == 1:
                return found[0]
            if found and known == list(asked):
                raise InvalidRequest(f"Several exercises begin with {text!r}.", help=f"Say which: {', '.join(found)}.")
    meant = suggestion(name, asked) or suggestion(name, names)
    here = f"This session has: {', '.join(asked)}." if asked else "docs/methods/catalogue.md lists them."
    raise InvalidRequest(f"There is no exercise {text!r}.{meant}", help=here)


@dataclass
class _Reading:
    """The words still to be read, and what they have said so far."""

    text: str
    words: list[str]
    said: ExerciseSaid
    sides: tuple[Side, ...] = SIDE_WORDS
    place: int = field(default=0)

    def next(self) -> str | None:
        """The next word, taken; None at the end."""
        if self.place >= len(self.words):
            return None
        self.place += 1
        return self.words[self.place - 1]

    def peek(self) -> str:
        """The next word, left where it is; empty at the end."""
        return self.words[self.place] if self.place < len(self.words) else ""

    def say(self, **fields: object) -> None:
        """Say something of the sides that are spoken of."""
        own = {side: replace(getattr(self.said, side), **fields) for side in self.sides}
        self.said = replace(self.said, **own)


def _read(reading: _Reading) -> ExerciseSaid:
    while (word := reading.next()) is not None:
        if word in SIDE_WORDS:
            reading.sides = (cast(Side, word),)
        elif word == "both":
            reading.sides = SIDE_WORDS
        elif _SETS.fullmatch(word) or _TIMES.fullmatch(word):
            reading.say(reps=_sets(word, reading))
        elif kg := _KG.fullmatch(word):
            reading.say(load_kg=_within(float(kg[1]), KG_MAX, word, reading))
        elif word in ("rir", "reserve"):
            reading.say(in_reserve=_within(_number(reading, word), RESERVE_MAX, word, reading))
        elif word in ("clean", "unclean"):
            reading.say(clean=_clean(word, reading))
        elif word in ("pain", "nopain"):
            reading.said = replace(reading.said, pain=_pain(word, reading))
        elif word == "stopped":
            reading.said = replace(reading.said, stopped_early=True)
        elif word == "skipped":
            _leave_out(reading)
        else:
            raise _wrong(f"{word!r} has no place in {reading.text!r}.")
    return reading.said


_TOGETHER = (
    (r"\bleft[ _]out\b", "skipped"),
    (r"\bclean no(?= pain \d)", "unclean"),
    (r"\bno pain\b(?! \d)", "nopain"),
    (r"\bnot clean\b", "unclean"),
    (r"\bstopped early\b", "stopped"),
    (r"(\d)\s*,\s*(\d)", r"\1,\2"),
    (r"(\d)\s*x\s*(\d)", r"\1x\2"),
    (r"(\d)\s+(kg|s)\b", r"\1\2"),
)
"""What people write apart and what belongs together."""


def _words(text: str) -> list[str]:
    """The words, with what belongs together drawn together."""
    said = text.lower().replace(";", " ").replace("×", "x")
    for pattern, with_ in _TOGETHER:
        said = re.sub(pattern, with_, said)
    return said.split()


_KEYWORDS = (*SIDE_WORDS, "both", "rir", "reserve", "clean", "unclean", "pain", "nopain", "stopped", "skipped")


def _is_keyword(word: str) -> bool:
    return word in _KEYWORDS or any(pattern.fullmatch(word) for pattern in (_SETS, _TIMES, _KG))


def _sets(word: str, reading: _Reading) -> tuple[float, ...]:
    if times := _TIMES.fullmatch(word):
        sets, each = int(times[1]), float(times[2])
        found = (each,) * sets
    else:
        found = tuple(float(one.rstrip("s")) for one in word.split(","))
    if not 0 < len(found) <= SETS_MAX or max(found) > WORK_MAX:
        raise InvalidRequest(
            f"{word!r} in {reading.text!r} is more than anybody does.", help=f"For example: {EXAMPLE}."
        )
    return found


def _number(reading: _Reading, of: str) -> float:
    word = reading.next()
    if word is None or not _NUMBER.fullmatch(word):
        raise InvalidRequest(
            f"{of!r} in {reading.text!r} is not followed by a number.", help=f"For example: {EXAMPLE}."
        )
    return float(word)


def _within(value: float, most: float, word: str, reading: _Reading) -> float:
    if value > most:
        raise _wrong(f"{word!r} in {reading.text!r} is more than {most:g}.")
    return value


def _clean(word: str, reading: _Reading) -> bool:
    if reading.peek() in ("yes", "no"):
        return (reading.next() == "yes") is (word == "clean")
    return word == "clean"


def _pain(word: str, reading: _Reading) -> Pain:
    if word == "nopain":
        return Pain(value_0_10=0.0)
    value = _within(_number(reading, word), 10.0, word, reading)
    return pain_of(value, list(_of_pain(reading)))


def _of_pain(reading: _Reading) -> Iterator[str]:
    """The words that tell where it hurts; a side that work or a rating follows speaks of what comes next."""
    while word := reading.peek():
        after = reading.words[reading.place + 1] if reading.place + 1 < len(reading.words) else ""
        side_of_work = word in SIDE_WORDS and after and _is_keyword(after) and after not in SIDE_WORDS
        if side_of_work or (_is_keyword(word) and word not in (*SIDE_WORDS, *PAIN_KINDS)):
            return
        reading.next()
        yield word


def _leave_out(reading: _Reading) -> None:
    if len(reading.sides) == 1:
        reading.said = replace(reading.said, sides_left_out=(*reading.said.sides_left_out, *reading.sides))
    else:
        reading.said = replace(reading.said, left_out=True)


def _wrong(text: str) -> InvalidRequest:
    return InvalidRequest(text, help=f"For example: {EXAMPLE}.")
