"""What follows for each exercise: progress, hold, regress, or it comes back; per leg where the legs differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from evenstride.model import Adjustment, Decision, ReviewCase, Side
from evenstride.review.aches import Ache, aches, answered, done_logs
from evenstride.review.exercise_history import DoneExercise, LegDone, history
from evenstride.review.facts import WEEK, Facts, decide
from evenstride.review.rest_facts import pain_limit
from evenstride.review.sides import SIDES, other
from evenstride.review.tables import limits


def exercise_decisions(facts: Facts) -> tuple[Decision, ...]:
    """Decide on every exercise of the last two weeks, and on those that are out for pain.

    Pain is asked first, then form, then whether the work was done as asked twice; of mobility and drills only pain is
    asked, and sessions of light weeks are no proof. No leg runs ahead of the other, but one that is favoured.
    """
    case, done = facts.case, history(facts.case)
    painful = _last_aches(case)
    found: list[Decision] = []
    for name in sorted({*done, *(exercise for exercise, _ in painful)}):
        of_pain = [
            decision
            for (exercise, _), ache in painful.items()
            if exercise == name and (decision := _of_pain(facts, ache))
        ]
        sessions = [one for one in done.get(name, []) if _trained(case, name) and not one.light]
        recent = sessions and (case.today - sessions[-1].day).days < limits("decisions")["exercise_days"]
        # Dropped work is decided by pain alone: nothing of it rises or falls for another reason.
        found += of_pain or (_of_work(facts, sessions) if recent else ())
    return tuple(found)


def held_back(found: Sequence[Decision], why: str) -> tuple[Decision, ...]:
    """The same decisions in a week in which nothing rises: what was earned waits."""
    return tuple(
        replace(
            decide("D-EXERCISE-HOLD", f"{one.reason} It is earned, and waits: {why}", evidence=one.evidence,
                   unless=("A week in which nothing speaks against it.",)),
            exercise=one.exercise, side=one.side,
        ) if one.rule == "D-EXERCISE-PROGRESS" else one
        for one in found
    )  # fmt: skip


def name_of(case: ReviewCase, exercise: str) -> str:
    """The exercise's name for people."""
    known = case.catalogue.exercises.get(exercise)
    return known.name if known else exercise.replace("_", " ")


def _trained(case: ReviewCase, exercise: str) -> bool:
    known = case.catalogue.exercises.get(exercise)
    return known is None or known.family not in ("mobility", "drill")


def _last_aches(case: ReviewCase) -> dict[tuple[str, Side | None], Ache]:
    """The newest pain of each exercise and side that was too much."""
    figures = limits("decisions")
    most = pain_limit(case, float(figures["pain_max_0_10"]))
    found = aches(case, day=case.today, days=int(figures["pain_look_back_days"]))
    return {(one.exercise, one.side): one for one in found if one.exercise and (one.warns or one.value_0_10 > most)}


def _of_pain(facts: Facts, ache: Ache) -> Decision | None:
    case, figures = facts.case, limits("decisions")
    cleared = [
        review.day
        for review in case.reviews
        for one in review.adjustments
        if one.kind == "clear" and one.exercise == ache.exercise and one.side in (None, ache.side)
    ]
    if answered(case, ache, day=case.today) or any(day > ache.day for day in cleared):
        return None
    days = (case.today - ache.day).days
    easier = easier_version(case, ache)
    to = f" {name_of(case, easier)} takes its place." if easier else " It is set aside."
    name = name_of(case, ache.exercise)
    back = Adjustment(
        kind="regress", rule="D-REGRESS-PAIN", since=case.today, exercise=ache.exercise, side=ache.side, to=easier,
        text=f"{name}: {'the easier version' if easier else 'set aside'} until it is cleared.",
    )  # fmt: skip
    evidence = (f"{ache.words} on {ache.day}",)
    if days < figures["clear_days"]:
        most = f"the limit is {pain_limit(case, float(figures['pain_max_0_10'])):g} of 10"
        why = f"{ache.kind} pain is a reason to step back whatever its size" if ache.warns else most
        decision = decide("D-REGRESS-PAIN", f"{name} provoked {ache.words}; {why}.{to}",
                          evidence=evidence, unless=("Done again since without pain.",), ask=(back,))  # fmt: skip
    else:
        decision = _clear_or_out(facts, ache, back)
    return replace(decision, exercise=ache.exercise, side=ache.side)


def _clear_or_out(facts: Facts, ache: Ache, back: Adjustment) -> Decision:
    case, days = facts.case, int(limits("decisions")["clear_days"])
    name = name_of(case, ache.exercise)
    again = [one for one in aches(case, day=case.today, days=days) if (one.place, one.side) == (ache.place, ache.side)]
    painless = _painless_easier(case, ache, back.to)
    evidence = [f"{ache.words} on {ache.day}"]
    if painless:
        evidence.append(f"painless on {painless[-1]}")
    if not again and painless:
        clear = replace(back, kind="clear", rule="D-CLEAR", to="", text=f"{name} may come again.")
        since = (case.today - ache.day).days
        return decide("D-CLEAR", f"{name} comes back: {since} days without that pain, and the easier version was"
                      " painless.", evidence=evidence, unless=("That pain again.",), ask=(clear,))  # fmt: skip
    wanted = [f"{days} days without that pain"] if again else []
    if not painless:
        wanted.append(f"a painless session of {name_of(case, back.to)}" if back.to else "a painless session")
    return decide(
        "D-EXERCISE-OUT", f"{name} stays out; what is missing: {' and '.join(wanted)}.", evidence=evidence,
        unless=(f"First {' and '.join(wanted)}.",), ask=(replace(back, rule="D-EXERCISE-OUT"),),
    )  # fmt: skip


def _painless_easier(case: ReviewCase, ache: Ache, to: str) -> list[str]:
    """Days since a pain on which an easier version was done without any; any session where none can be done."""
    known = case.catalogue.exercises.get(ache.exercise)
    easier = {*(known.regressions if known else ()), to} if to else set()
    found = []
    for log in done_logs(case, day=case.today):
        done = [one for one in log.exercises if one.exercise in easier or not easier]
        planned = next((one for one in case.planned if one.id == log.session and log.as_planned), None)
        as_planned = [one for one in (planned.exercises if planned else ()) if one.exercise in easier]
        hurt = any(one.pain_0_10 > 0.0 for one in done) or any(one.value_0_10 > 0.0 for one in log.pain)
        if log.day > ache.day and (done or as_planned) and not hurt:
            found.append(str(log.day))
    return found


def easier_version(case: ReviewCase, ache: Ache) -> str:
    """The easier neighbour that can be done with what is there, and that neither place nor clinician forbids; or ''."""
    known = case.catalogue.exercises.get(ache.exercise)
    easier = [case.catalogue.exercises[one] for one in (known.regressions if known else ())
              if one in case.catalogue.exercises]  # fmt: skip
    forbidden = {one.what for one in case.profile.restrictions
                 if one.until >= case.today and (one.side is None or ache.side in (None, one.side))}  # fmt: skip
    fit = [one for one in easier if ache.place not in one.contraindications and not {one.id, one.pattern} & forbidden]
    at_hand = [one for one in fit if set(one.equipment) <= set(case.profile.equipment)]
    return next((one.id for one in (*at_hand, *fit)), "")


@dataclass(frozen=True, kw_only=True)
class _LegSays:
    """What one leg's last sessions lead to."""

    rule: str
    reason: str
    evidence: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def _of_work(facts: Facts, sessions: Sequence[DoneExercise]) -> Iterable[Decision]:
    says = {side: _leg(legs) for side in SIDES if (legs := [one.legs[side] for one in sessions
                                                                  if side in one.legs])}  # fmt: skip
    says = _weaker_leads(facts, _once(facts, says, sessions[-1]))
    dates = f"last done on {sessions[-1].day}"
    if len(set(says.values())) == 1:
        yield _said(facts, sessions[-1], next(iter(says.values())), None, dates)
        return
    for side, one in says.items():
        yield _said(facts, sessions[-1], one, side, dates)


def _said(facts: Facts, last: DoneExercise, says: _LegSays, side: Side | None, dates: str) -> Decision:
    name, leg = name_of(facts.case, last.exercise), f", {side} leg" if side else ""
    asked: tuple[Adjustment, ...] = ()
    if says.rule == "D-REGRESS-FORM":
        nowhere = Ache(day=last.day, value_0_10=0.0, kind="", place="", side=side, exercise=last.exercise)
        to = easier_version(facts.case, nowhere)
        until = facts.coming + float(limits("decisions")["form_weeks"]) * WEEK - timedelta(days=1)
        text = f"{name}{leg}: {name_of(facts.case, to) if to else 'fewer repetitions, in good form,'} for two weeks."
        asked = (Adjustment(kind="regress", rule=says.rule, since=facts.case.today, until=until, exercise=last.exercise,
                            side=side, to=to, text=text),)  # fmt: skip
    decision = decide(says.rule, f"{name}{leg}: {says.reason}", evidence=(*says.evidence, dates), unless=says.unless,
                      ask=asked)  # fmt: skip
    return replace(decision, exercise=last.exercise, side=side)


def _leg(legs: Sequence[LegDone]) -> _LegSays:
    figures, last = limits("decisions"), legs[-1]
    n = int(figures["form_sessions"])
    if len(legs) >= n and all(one.clean is False for one in legs[-n:]):
        reason = f"the form did not hold in {n} sessions in a row, so the easier version is next."
        return _LegSays(rule="D-REGRESS-FORM", reason=reason, unless=("One of them in good form.",))
    evidence = tuple(_work_words(one) for one in legs[-2:])
    if last.clean is False:
        return _hold("the form did not hold last time.", evidence, "Every repetition in good form.")
    if last.asked is None:
        return _hold("it was done outside the plan, so there is no dose to compare with.", evidence, "A planned dose.")
    twice = int(figures["extra_sessions"])
    if len(legs) < twice:
        return _hold("done once so far.", evidence, "As asked in two sessions in a row.")
    before = legs[-twice:]
    if any(one.clean is False for one in before) or not all(one.as_asked for one in before):
        missing = "Everything asked, in good form, in two sessions in a row."
        return _hold("not yet done as asked in two sessions in a row.", evidence, missing)
    rated = "" if all(one.clean for one in before) else " Form was not rated, so a load waits for that."
    extra = int(figures["extra_reps"])
    if all(one.exceeds(extra) for one in before):
        reason = f"{extra} repetitions more than asked in the last set of two sessions in a row: one step up.{rated}"
        return _LegSays(rule="D-EXERCISE-PROGRESS", reason=reason, evidence=evidence, unless=("Fewer in one of them.",))
    reason = f"done as asked in two sessions in a row: one step up.{rated}"
    return _LegSays(rule="D-EXERCISE-PROGRESS", reason=reason, evidence=evidence,
                    unless=("Less than asked in one of them.",))  # fmt: skip


def _hold(reason: str, evidence: tuple[str, ...], unless: str) -> _LegSays:
    return _LegSays(rule="D-EXERCISE-HOLD", reason=reason, evidence=evidence, unless=(unless,))


def _work_words(one: LegDone) -> str:
    """Sets of repetitions as done, and as asked."""
    done = f"{' '.join(f'{reps:g}' for reps in one.reps)}{f' with {one.load_kg:g} kg' if one.load_kg else ''}"
    if one.asked is None:
        return f"{done} done"
    each = f"{one.asked.reps}" if one.asked.reps is not None else f"{one.asked.hold_s:g} s"
    load = f" with {one.asked.load_kg:g} kg" if one.asked.load_kg else ""
    return f"{done} done, {one.asked.sets} × {each}{load} asked"


def _once(facts: Facts, says: dict[Side, _LegSays], last: DoneExercise) -> dict[Side, _LegSays]:
    """A step is earned in the week of its last session: the same two sessions do not earn another one later."""
    if last.day >= facts.case.week:
        return says
    return {
        side: _hold("not done in this week.", one.evidence, "A session of it.")
        if one.rule == "D-EXERCISE-PROGRESS" else one
        for side, one in says.items()
    }  # fmt: skip


def _weaker_leads(facts: Facts, says: dict[Side, _LegSays]) -> dict[Side, _LegSays]:
    """No leg goes ahead of the other, but a leg that is favoured (R-WEAK-FIRST): else both have the same dose."""
    finding = facts.case.finding
    favoured = finding.limb if finding and finding.action == "do" else "undetermined"
    waits = {}
    for side, one in says.items():
        behind = other(side) in says and says[other(side)].rule != "D-EXERCISE-PROGRESS"
        if one.rule == "D-EXERCISE-PROGRESS" and behind and side != favoured:
            waits[side] = _hold("as asked twice, and it waits for the other leg.", one.evidence,
                                "The same step earned by the other leg.")  # fmt: skip
    return {**says, **waits}
