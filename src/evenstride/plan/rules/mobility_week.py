"""Mobility over the week: its three days, what they reach, what they hold, and how they take turns."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from evenstride.model import BrokenRule
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.figures import FULL_MOBILITY_MINUTES, LONG_HOLD_S, MOBILITY_WITHIN, POCKET_MINUTES, WEEK_JOINTS
from evenstride.plan.rules.case import Case, Held, broken
from evenstride.plan.rules.moments import DAY, run_span, say_day
from evenstride.plan.rules.season import is_open

STYLES = ("long_hold", "dynamic", "recovery")
PLANES = ("sagittal", "frontal", "transverse")
RULE = "R-MOB-WEEK"


def mobility_weeks(case: Case) -> Iterator[BrokenRule]:
    """R-MOB-WEEK: three styles, all joints within 7 days, full sessions, taking turns, a light opening, a pocket."""
    for monday in case.mondays:
        yield from _three_days(case, monday)
        yield from _opens_light(case, monday)
    yield from _joints(case)
    for one in case.judged:
        if one.session.kind == "mobility":
            yield from _content(case, one)
    yield from _turns(case)
    yield from _not_before_hard_runs(case)
    yield from _pocket(case)


def _style(one: Held) -> str:
    return one.session.mobility.style if one.session.mobility else ""


def _of_week(case: Case, monday: date) -> list[Held]:
    return [one for one in case.mobility if one.monday == monday]


def _three_days(case: Case, monday: date) -> Iterator[BrokenRule]:
    styles = {_style(one) for one in _of_week(case, monday)}
    missing = [style for style in STYLES if style not in styles]
    if missing and case.whole(monday) and not case.said(RULE, monday):
        words = ", ".join(style.replace("_", "-") for style in missing)
        yield broken(RULE, monday, f"the week of {say_day(monday)} has no {words} day, and it is not said why")


def _opens_light(case: Case, monday: date) -> Iterator[BrokenRule]:
    held = _of_week(case, monday)
    if held and held[0].judged and case.whole(monday) and _style(held[0]) != "recovery" and not case.said(RULE, monday):
        yield broken(
            RULE,
            held[0],
            f"the week's first mobility session is {_style(held[0]).replace('_', '-')}; the week opens light",
        )


def _joints(case: Case) -> Iterator[BrokenRule]:
    reached: dict[str, list[date]] = {joint: [] for joint in WEEK_JOINTS}
    for one in case.held:
        if one.session.kind == "mobility" and one.known:
            for joint in {joint for entry in case.exercises_of(one.session) for joint in entry.joints} & set(reached):
                reached[joint].append(one.day)
    for joint, days in reached.items():
        before = [day for day in days if day < case.plan.start]
        last = max([*before, case.plan.start - DAY]) if before else case.plan.start - DAY
        for day in [*(day for day in days if day >= case.plan.start), case.end]:
            late = (day - last) > MOBILITY_WITHIN
            said = any(one.rule == RULE and last <= one.day <= day for one in case.plan.given_up)
            if late and not said:
                yield broken(
                    RULE,
                    last + MOBILITY_WITHIN,
                    f"nothing for the {joint.replace('_', ' ')} for {(day - last).days} days from {say_day(last)}; 7 "
                    "are the most",
                )
            last = day


def _content(case: Case, one: Held) -> Iterator[BrokenRule]:
    session, entries = one.session, case.exercises_of(one.session)
    if session.mobility is None:
        yield broken(RULE, one, "a mobility session without a style")
        return
    joints = {joint for entry in entries for joint in entry.joints}
    planes = {plane for entry in entries for plane in entry.planes}
    beyond = [*(set(session.mobility.joints) - joints), *(set(session.mobility.planes) - planes)]
    if beyond:
        yield broken(RULE, one, f"it is said to reach {', '.join(sorted(beyond))}; none of its exercises does")
    if session.slot not in OWN_SLOTS or session.minutes < FULL_MOBILITY_MINUTES:
        return
    missing = [plane for plane in PLANES if plane not in planes]
    if missing:
        yield broken(RULE, one, f"{session.minutes:g} minutes of mobility without the {' and '.join(missing)} plane")
    could = any("activation" in entry.uses and is_open(case, entry, one) for entry in case.catalogue.exercises.values())
    if could and not any("activation" in entry.uses for entry in entries):
        yield broken(RULE, one, f"{session.minutes:g} minutes of mobility without a glute or core activation drill")
    if not entries or "breathing" not in entries[-1].uses:
        yield broken(RULE, one, f"{session.minutes:g} minutes of mobility that do not end with breathing")


def _turns(case: Case) -> Iterator[BrokenRule]:
    held = [one for one in case.mobility if one.known and _style(one) in ("long_hold", "dynamic")]
    for before, one in pairwise(held):
        said = case.said(RULE, before.day) or case.said(RULE, one.day)
        if one.judged and _style(one) == _style(before) and not said:
            yield broken(
                RULE,
                one,
                f"{_style(one).replace('_', '-')} on {say_day(before.day)} and again on {say_day(one.day)}; "
                "long-hold and dynamic days take turns",
            )


def _not_before_hard_runs(case: Case) -> Iterator[BrokenRule]:
    for one in case.mobility:
        if not one.judged or _style(one) != "dynamic":
            continue
        for run in case.hard_runs:
            same_day = run.day == one.day and one.start < run_span(run)[0]
            if run.day - one.day == DAY or same_day:
                yield broken(
                    RULE,
                    one,
                    f"demanding drills before the {run.kind} run of {say_day(run.day)}; they come the day after",
                )


def _pocket(case: Case) -> Iterator[BrokenRule]:
    said = case.mentions(RULE)
    days = {one.day for one in case.held if one.session.kind == "mobility"}
    without = [day for n in range(case.plan.weeks * 7) if (day := case.plan.start + n * DAY) not in days]
    if without and not said:
        yield broken(
            RULE,
            without[0],
            f"no five minutes of mobility on {len(without)} days, and no word of a daily pocket",
            binding=False,
        )


def taking_turns(case: Case) -> Iterator[BrokenRule]:
    """R-MOB-ALT: neighbouring sessions are about hip and ankle in turn, with thoracic work between (preference).

    A five-minute pocket between two sessions may count as their neighbour or not.
    """
    held = [one for one in case.mobility if one.known]
    nearest = {id(one): before for before, one in pairwise(held)}
    for before, one in pairwise(one for one in held if one.session.minutes > POCKET_MINUTES):
        if not one.judged or case.said("R-MOB-ALT", one.day) or case.said("R-MOB-ALT", before.day):
            continue
        days = f"{say_day(before.day)} and {say_day(one.day)}"
        centres = {_centre(case, each) for each in (before, nearest[id(one)], one)}
        if len(centres) == 1 and centres != {""}:
            text = f"the sessions of {days} are both about the {centres.pop()}"
            yield broken("R-MOB-ALT", one, text, binding=False)
        if not any(entry.centre == "thoracic" for each in (before, one) for entry in case.exercises_of(each.session)):
            yield broken("R-MOB-ALT", one, f"no thoracic work on {days}", binding=False)


def _centre(case: Case, one: Held) -> str:
    centres = [entry.centre for entry in case.exercises_of(one.session) if entry.family == "mobility"]
    hip, ankle = centres.count("hip"), centres.count("ankle")
    return "hip" if hip > ankle else "ankle" if ankle > hip else ""


def long_holds(one: Held, case: Case) -> list[tuple[str, float]]:
    """Return the exercises of a session that are held for 30 s or longer, and for how long."""
    found: dict[str, float] = {}
    for line in one.session.exercises:
        entry = case.exercise(line)
        seconds = max((dose.hold_s or 0.0 for dose in line.doses), default=0.0)
        if entry is not None and is_stretch(entry.family, entry.uses) and seconds >= LONG_HOLD_S[0]:
            found[line.exercise] = seconds
    return list(found.items())


def is_stretch(family: str, uses: tuple[str, ...]) -> bool:
    """Whether a hold of an exercise is a stretch: mobility, and not breathing."""
    return family == "mobility" and "breathing" not in uses
