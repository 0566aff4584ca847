"""What the forms of the log say, read into what the services take: empty was not said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast, get_args

from fastapi import Depends, Request
from starlette.datastructures import FormData

from evenstride.errors import InvalidRequest
from evenstride.model import Felt, Pain, PainKind, RedFlag, RunBlock, Side
from evenstride.model.plan import SessionKind
from evenstride.model.profile import RunKind, Units
from evenstride.report.units import KG_PER_LB, from_typed
from evenstride.service.log_text import ExerciseSaid, SideSaid
from evenstride.service.logs import DayTold, RunTold, SessionAsked, SessionTold

SIDES: tuple[Side, Side] = get_args(Side)
OUTSIDE_ROWS = 4
"""So many exercises can be told of a session that no plan asked for."""
SETS_MAX, REPS_MAX, KG_MAX, RESERVE_MAX = 20, 3600.0, 500.0, 30.0
_PAIN = re.compile(r"pain\.(\d{1,3})\.site")


async def form_of(request: Request) -> FormData:
    """Return the fields that were sent."""
    return await request.form()


FormHere = Annotated[FormData, Depends(form_of)]


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The fields of a form by name."""

    form: FormData
    units: Units = "metric"

    def text(self, name: str, *, most: int = 2000) -> str:
        """Return what was typed, without space around it."""
        value = self.form.get(name)
        return value.strip()[:most] if isinstance(value, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Return every value of a name, empty ones too."""
        return tuple(one.strip() for one in self.form.getlist(name) if isinstance(one, str))

    def chosen(self, name: str, known: Sequence[str]) -> str | None:
        """Return one of several, None where nothing was chosen; InvalidRequest for anything else."""
        value = self.text(name)
        if value and value not in known:
            raise InvalidRequest(f"{value!r} is not among what can be chosen.", help=f"There are: {', '.join(known)}.")
        return value or None

    def number(self, name: str, most: float) -> float | None:
        """Return a number from 0 on, None where nothing was typed."""
        return number_in(self.text(name), most)

    def load_kg(self, name: str) -> float | None:
        """Return a load, typed as its athlete counts, in kilograms."""
        most = KG_MAX if self.units == "metric" else round(KG_MAX / KG_PER_LB)
        value = self.number(name, most)
        return None if value is None else from_typed(value, "mass", self.units)

    def whole(self, name: str, most: int) -> int | None:
        """Return a whole number from 0 on, None where nothing was typed."""
        value = self.number(name, most)
        if value is not None and value != int(value):
            raise InvalidRequest(f"{value:g} is not a whole number.")
        return None if value is None else int(value)

    def day(self, name: str) -> date | None:
        """Return a day, None where none was said."""
        text = self.text(name)
        return day_in(text) if text else None


def number_in(text: str, most: float) -> float | None:
    """Read a number as people type it.

    >>> number_in("7,5", 24), number_in("", 24)
    (7.5, None)
    """
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise InvalidRequest(f"{text!r} is no number.") from None
    if not 0 <= value <= most:
        raise InvalidRequest(f"{text} is not between 0 and {most:g}.")
    return value


def day_in(text: str) -> date:
    """Read a day as an address or a date field writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRequest(f"{text!r} is no day.", help="For example: 2026-05-08.") from None


# -- sessions -------------------------------------------------------------------------------------------------------


def session_told(form: FormData, asked: SessionAsked, units: Units = "metric") -> SessionTold:
    """Read a session as its form says it.

    The form shows all of it, so all of it is told anew: as planned but for what stands there. One that was told
    before without its plan (only what was done) is corrected as that. One tap says that it was done as it stood.
    """
    fields = Fields(form=form, units=units)
    if fields.text("whole"):
        return SessionTold(session=asked.session.id, as_planned=True)
    whole = asked.log is None or not asked.log.done or asked.log.as_planned
    said = tuple(
        _exercise(fields, f"x.{place}", one.log.exercise, together=_together(one.asked))
        for place, one in enumerate(asked.exercises)
    )
    effort, minutes = fields.number("effort", 10), fields.number("minutes", 2880)
    return SessionTold(
        session=asked.session.id, day=fields.day("day"), as_planned=whole, said=said, effort_0_10=effort,
        minutes=minutes, ratings=_ratings(fields, asked.items), pains=_pains(fields),
        soreness_0_10=fields.number("soreness", 10), soreness_hours=fields.number("soreness_hours", 336),
        note=fields.text("note"),
    )  # fmt: skip


def outside_told(form: FormData, units: Units = "metric") -> SessionTold:
    """Read a session that no plan asked for."""
    fields = Fields(form=form, units=units)
    rows = (f"x.{place}" for place in range(OUTSIDE_ROWS))
    said = tuple(_exercise(fields, row, name) for row in rows if (name := fields.text(f"{row}.name")))
    kind = fields.chosen("kind", get_args(SessionKind)) or "strength"
    return SessionTold(
        outside=cast(SessionKind, kind), day=fields.day("day"), said=said, effort_0_10=fields.number("effort", 10),
        minutes=fields.number("minutes", 2880), pains=_pains(fields), note=fields.text("note"),
    )  # fmt: skip


def _together(asked: object) -> bool:
    return asked is not None and getattr(asked, "both", None) is not None


def _exercise(fields: Fields, row: str, exercise: str, *, together: bool = False) -> ExerciseSaid:
    """One exercise: its sets side by side; what is for both legs together is said once, of both."""
    sides = ("both", "both") if together else SIDES
    said = [_side(fields, f"{row}.{side}") for side in sides]
    out = [side for side, own in zip(SIDES, said, strict=True) if own is None]
    if fields.text(f"{row}.out") or len(out) == len(SIDES):
        return ExerciseSaid(exercise=exercise, left_out=True)
    left, right = (own or SideSaid() for own in said)
    value = fields.number(f"{row}.pain", 10)
    pain = None if value is None else Pain(
        value_0_10=value, site=_site(fields, f"{row}.pain_site"), side=_side_of(fields, f"{row}.pain_side"),
        kind=_kind_of(fields, f"{row}.pain_kind"),
    )  # fmt: skip
    return ExerciseSaid(
        exercise=exercise, left=left, right=right, sides_left_out=tuple(out), pain=pain,
        stopped_early=bool(fields.text(f"{row}.stopped")),
    )  # fmt: skip


def _side(fields: Fields, name: str) -> SideSaid | None:
    """One side of an exercise; None where no set of it was done."""
    typed = fields.many(f"{name}.reps")[:SETS_MAX]
    reps = tuple(value for text in typed if (value := number_in(text, REPS_MAX)) is not None)
    if not reps or fields.text(f"{name}.out"):
        return None
    clean = fields.chosen(f"{name}.clean", ("yes", "no"))
    return SideSaid(
        reps=reps, load_kg=fields.load_kg(f"{name}.kg"), in_reserve=fields.number(f"{name}.rir", RESERVE_MAX),
        clean=None if clean is None else clean == "yes",
    )  # fmt: skip


# -- runs and mornings ----------------------------------------------------------------------------------------------


def run_told(form: FormData, *, run: str | None, day: date, items: Sequence[object], corrected: bool) -> RunTold:
    """Read the checklist of a run; where it was told before, only what is said of the numbers changes."""
    fields = Fields(form=form)
    seen = bool(fields.text("seen"))
    coach = fields.text("coach", most=80)
    return RunTold(
        run=run, day=None if run else day, ratings=_ratings(fields, items),
        harder=cast(Felt | None, fields.chosen("harder", get_args(Felt))), effort_0_10=fields.number("effort", 10),
        minutes=fields.number("minutes", 2880),
        kind=cast(RunKind | None, fields.chosen("kind", get_args(RunKind))), pains=_pains(fields),
        cues=tuple(one for one in fields.many("cue") if one),
        block=cast(RunBlock, fields.chosen("block", get_args(RunBlock)) or ""),
        first=cast(Side | None, fields.chosen("first", SIDES)),
        before_numbers=False if seen else None if corrected or coach else True,
        without_device=bool(fields.text("without_device")), coach=coach, note=fields.text("note"),
    )  # fmt: skip


def day_told(form: FormData, *, day: date, joints: Sequence[str]) -> DayTold:
    """Read a morning."""
    fields = Fields(form=form)
    stiff = tuple(
        f"{side} {joint} {value:g}"
        for place, joint in enumerate(joints)
        for side in SIDES
        if (value := fields.number(f"stiff.{place}.{side}", 10)) is not None
    )
    known = get_args(RedFlag)
    flags = tuple(cast(RedFlag, one) for one in fields.many("flag") if one in known)
    return DayTold(
        day=day, sleep_hours=fields.number("sleep", 24), mood_0_4=fields.whole("mood", 4),
        resting_heart_rate_bpm=fields.number("resting", 150), stiff=stiff, soreness_0_10=fields.number("soreness", 10),
        soreness_hours=fields.number("soreness_hours", 336), pains=_pains(fields), flags=flags,
        cleared_by=fields.text("cleared_by", most=80), note=fields.text("note"),
    )  # fmt: skip


def _ratings(fields: Fields, items: Sequence[object]) -> tuple[str, ...]:
    names = [str(getattr(one, "id")) for one in items]  # noqa: B009  any list of questions
    rated = ((name, fields.whole(f"item.{name}", 4)) for name in names)
    return tuple(f"{name} {value}" for name, value in rated if value is not None)


def _pains(fields: Fields) -> tuple[str, ...]:
    """Each pain in the words that services read; one with a place and no number is sent back with a sentence."""
    return tuple(_pain_rows(fields))


def _pain_rows(fields: Fields) -> Iterator[str]:
    rows = sorted({int(found[1]) for name in fields.form if (found := _PAIN.fullmatch(name))})
    for row in (f"pain.{number}" for number in rows):
        site, value = _site(fields, f"{row}.site"), fields.number(f"{row}.value", 10)
        if not site and value is None:
            continue
        side, kind = _side_of(fields, f"{row}.side"), _kind_of(fields, f"{row}.kind")
        if value is None:
            where = " ".join(part for part in (side, site) if part)
            raise InvalidRequest(f"How bad is the pain at the {where}, from 0 to 10?", help="Nothing is lost: add it.")
        yield " ".join(part for part in (f"{value:g}", side, site, kind) if part)


def _site(fields: Fields, name: str) -> str:
    """A place without words and numbers that mean something else."""
    words = re.sub(r"[^a-zA-Z' ]+", " ", fields.text(name, most=60)).lower().split()
    return " ".join(one for one in words if one not in (*SIDES, *get_args(PainKind)))


def _side_of(fields: Fields, name: str) -> Side | None:
    return cast(Side | None, fields.chosen(name, SIDES))


def _kind_of(fields: Fields, name: str) -> PainKind:
    return cast(PainKind, fields.chosen(name, get_args(PainKind)) or "")
