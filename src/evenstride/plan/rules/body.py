"""What a body must not do: what hurt, what a clinician forbids, what an injury that is there leaves out."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evenstride.model import BrokenRule, Exercise, Side
from evenstride.model.sites import region_of
from evenstride.plan.figures import PAIN_MAX
from evenstride.plan.rules.case import Case, broken
from evenstride.plan.rules.moments import say_day
from evenstride.plan.rules.words import set_aside

SIDES: tuple[Side, ...] = ("left", "right")


def without_pain(case: Case) -> Iterator[BrokenRule]:
    """R-PAIN: nothing that hurt before it is cleared, nothing that is forbidden, nothing an injury leaves out."""
    for one in case.judged:
        if one.log is not None:
            continue
        for line in one.session.exercises:
            entry = case.exercise(line)
            if entry is None:
                continue
            sides = SIDES if line.both else [side for side in SIDES if getattr(line, side) is not None]
            for text in _reasons(case, entry, sides, one.day):
                yield broken("R-PAIN", one, f"{entry.name}: {text}")
        for entry in case.warm_up_of(one.session):
            for text in _reasons(case, entry, SIDES, one.day):
                yield broken("R-PAIN", one, f"{entry.name} in the warm-up: {text}")


def _reasons(case: Case, entry: Exercise, sides: Sequence[Side], day: date) -> list[str]:
    return list(dict.fromkeys(text for side in sides if (text := left_out(case, entry, side, day))))


def usable(case: Case, entry: Exercise, day: date) -> bool:
    """Whether the runner has what an exercise needs, may do it on both legs that day, and no review sets it aside."""
    may = case.equipped(entry) and not any(left_out(case, entry, side, day) for side in SIDES)
    return may and set_aside(case, entry.id, day) is None


def left_out(case: Case, entry: Exercise, side: Side, day: date) -> str:
    """Say why one leg must not do an exercise on a day; empty where it may."""
    return _forbidden(case, entry, side, day) or _injured(case, entry, side, day) or _hurt(case, entry, day)


def _hurt(case: Case, entry: Exercise, day: date) -> str:
    """What the logs with the exercise say of pain; only clearing it lifts it."""
    if entry.id in case.request.cleared:
        return ""
    hurt = [
        (log.day, line.pain_0_10)
        for log in case.request.logs
        for line in log.exercises
        if log.done and line.exercise == entry.id and log.day <= day and line.pain_0_10 > PAIN_MAX
    ]
    if not hurt:
        return ""
    last, pain = max(hurt)
    return f"pain {pain:g} of 10 on {say_day(last)}, not cleared since"


def _forbidden(case: Case, entry: Exercise, side: Side, day: date) -> str:
    for one in case.request.profile.restrictions:
        if day <= one.until and one.side in (None, side) and is_meant(one.what, entry):
            where = f" on the {one.side}" if one.side else ""
            return f"a clinician forbids {one.what}{where} until {say_day(one.until)}"
    return ""


def is_meant(what: str, entry: Exercise) -> bool:
    """Whether a restriction's words name an exercise (or stand in its name), its pattern or its family.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> hop = load_catalogue().exercises["forward_hop"]
    >>> is_meant("Forward hops", hop), is_meant("plyometrics", hop), is_meant("squat", hop)
    (True, True, False)
    """
    said = _plain(what)
    whole = said in {_plain(word) for word in (entry.id, entry.name, entry.pattern, entry.family)}
    return whole or f" {said} " in f" {_plain(entry.name)} "


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", words.lower()).strip().removesuffix("s")


def _injured(case: Case, entry: Exercise, side: Side, day: date) -> str:
    regions = {region_of(site) or _plain(site) for site in entry.contraindications}
    for injury in case.request.profile.injuries:
        there = injury.since <= day and (injury.present or (injury.until is not None and day <= injury.until))
        if there and injury.side == side and (region_of(injury.site) or _plain(injury.site)) in regions:
            return f"it is left out with the injury of the {side} side ({injury.site})"
    return ""
