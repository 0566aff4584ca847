"""Every pain that was named, wherever the runner named it: in an exercise, a session, a run or the diary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.model import Pain, ReviewCase, SessionLog, Side
from evenstride.model.pain import PainKind
from evenstride.model.sites import region_of
from evenstride.review.tables import limits

WARNING_KINDS: tuple[PainKind, ...] = ("joint", "sharp", "radiating")
"""Kinds of pain that stop what provoked them, whatever their size; sore muscles are none."""


@dataclass(frozen=True, kw_only=True)
class Ache:
    """One pain, on one day. ``place`` is the region where it is known, else the runner's own word.

    ``entry`` tells sessions of one day apart; it is empty for the diary, which is no session.
    """

    day: date
    value_0_10: float
    kind: PainKind
    place: str
    side: Side | None
    exercise: str = ""
    entry: str = ""

    @property
    def warns(self) -> bool:
        """Whether it is of a kind that stops what provoked it."""
        return self.kind in WARNING_KINDS and self.value_0_10 > 0.0

    @property
    def watched(self) -> bool:
        """Whether it counts where the same pain comes back: a warning one, or a clear one of no named kind."""
        unnamed = self.kind == "" and self.value_0_10 > limits("rest")["unnamed_pain_0_10"]
        return self.warns or unnamed

    @property
    def where(self) -> str:
        """The place in words."""
        place = self.place.replace("_", " ") or "place not named"
        return f"{self.side} {place}" if self.side else place

    @property
    def words(self) -> str:
        """Kind, size and place in words."""
        return f"{self.kind or 'some'} pain of {self.value_0_10:g} of 10, {self.where}"


def place_of(site: str) -> str:
    """Return the region of a site, or the site itself where no region is known.

    >>> place_of("Runner's knee"), place_of("left little toenail")
    ('knee', 'left little toenail')
    """
    return region_of(site) or site.strip().lower()


def aches(case: ReviewCase, *, day: date, days: int) -> tuple[Ache, ...]:
    """Return every pain above 0 of the ``days`` days that end with ``day``, oldest first."""
    since = day - timedelta(days=days)
    return tuple(sorted(
        (one for one in _all(case) if since < one.day <= day and one.value_0_10 > 0.0),
        key=lambda one: (one.day, one.entry, one.exercise, one.place, one.value_0_10),
    ))  # fmt: skip


def done_logs(case: ReviewCase, *, day: date) -> list[SessionLog]:
    """The logs of sessions that were done until a day, oldest first."""
    return sorted((one for one in case.sessions if one.done and one.day <= day), key=lambda one: (one.day, one.session))


def answered(case: ReviewCase, ache: Ache, *, day: date) -> bool:
    """Whether the exercise that provoked a pain was done again since without it."""
    later = [log for log in done_logs(case, day=day) if log.day > ache.day]
    again = [one for log in later for one in log.exercises if one.exercise == ache.exercise]
    return bool(ache.exercise) and bool(again) and again[-1].pain_0_10 == 0.0


def spells(found: Sequence[Ache], *, gap_days: int) -> list[list[Ache]]:
    """Return pains of one place and side, each as the spell that reaches the newest of them."""
    places: dict[tuple[str, Side | None], list[Ache]] = {}
    for one in found:
        places.setdefault((one.place, one.side), []).append(one)
    return [_last_spell(here, gap_days) for here in places.values()]


def _last_spell(here: Sequence[Ache], gap_days: int) -> list[Ache]:
    spell = [here[-1]]
    for one in reversed(here[:-1]):
        if (spell[0].day - one.day).days > gap_days:
            break
        spell.insert(0, one)
    return spell


def _all(case: ReviewCase) -> Iterable[Ache]:
    for log in case.sessions:
        entry = f"session {log.day} {log.session}"
        yield from (_said(one, log.day, entry) for one in log.pain)
        for done in (one for one in log.exercises if one.pain_0_10 > 0.0):
            yield Ache(
                day=log.day, value_0_10=done.pain_0_10, kind=done.pain_kind, place=place_of(done.pain_site),
                side=done.pain_side, exercise=done.exercise, entry=entry,
            )  # fmt: skip
    for number, run in enumerate(case.runs):
        yield from (_said(one, run.day, f"run {run.day} {run.run or number}") for one in run.pain)
    for diary in case.days:
        yield from (_said(one, diary.day, "") for one in diary.pain)


def _said(pain: Pain, day: date, entry: str) -> Ache:
    return Ache(
        day=day, value_0_10=pain.value_0_10, kind=pain.kind, place=place_of(pain.site), side=pain.side, entry=entry
    )
