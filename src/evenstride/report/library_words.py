"""The library in words: what an exercise is, what phases ask of it, and where it stands with its runner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenstride.model import EMPHASES, Dose, Exercise, PlannedSession, ProgressionState
from evenstride.model.plan import StrengthType
from evenstride.plan.left_out import Absence
from evenstride.plan.progression import SETS_MAX
from evenstride.plan.usable import Hindrance
from evenstride.report.numbers import day_words
from evenstride.report.plan_beside import absence_lines
from evenstride.report.plan_words import KINDS, PHASES, TITLES, Exercises, dose_words, short_day

FAMILIES: Mapping[str, str] = {
    "strength": "Strength", "support": "Support work", "balance": "Balance", "plyometric": "Jumps",
    "mobility": "Mobility", "drill": "Running drills",
}  # fmt: skip
PLANES: Mapping[str, str] = {
    "sagittal": "forwards and back", "frontal": "side to side", "transverse": "turning",
}  # fmt: skip
USES: Mapping[str, str] = {
    "long_hold": "long holds", "dynamic": "moving mobility", "recovery": "recovery", "pre_run": "before a run",
    "post_run": "after a run", "warm_up": "warm-ups", "activation": "waking up glutes and trunk",
    "breathing": "breathing",
}  # fmt: skip
RANKS: Mapping[str, tuple[str, int]] = {
    "difficulty": ("difficulty", 5), "balance_demand": ("balance", 3), "impact": ("impact", 3),
}  # fmt: skip
"""Field of an exercise → what it ranks and its highest rank."""


@dataclass(frozen=True, kw_only=True)
class StateRow:
    """How far one side has come: ``last`` and ``next`` doses, why, and what the leg could move once, with its facts."""

    last: str
    next: str
    why: str
    most: str = ""
    most_facts: tuple[tuple[str, str], ...] = ()


def word(field: str, name: str) -> str:
    """Return what people call a word of the catalogue.

    >>> word("joint", "thoracic_spine"), word("emphasis", "calf_capacity"), word("equipment", "nothing")
    ('thoracic spine', 'calf capacity', 'no equipment')
    """
    known: Mapping[str, Mapping[str, str]] = {
        "family": FAMILIES, "plane": PLANES, "use": USES, "emphasis": EMPHASES, "phase": PHASES,
        "equipment": {"nothing": "no equipment"},
    }  # fmt: skip
    return known.get(field, {}).get(name) or name.replace("_", " ")


def needs(exercise: Exercise) -> str:
    """Return what an exercise needs, in a few words.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> needs(load_catalogue().exercises["step_up"]), needs(load_catalogue().exercises["squat"])
    ('low box', 'no equipment')
    """
    return " and ".join(one.replace("_", " ") for one in exercise.equipment) or "no equipment"


def usual_dose(exercise: Exercise) -> str:
    """Return the dose where no phase says another; a hold that grows tells how far.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> usual_dose(load_catalogue().exercises["squat"])
    '2 × 12'
    """
    grows = f", growing to {exercise.hold_s_max:g} s" if exercise.hold_s_max else ""
    each = " on each leg" if exercise.sides == "one" else ""
    return f"{dose_words(exercise.dose)}{grows}{each}"


def tempo_words(tempo: str) -> str:
    """Return a tempo as it is counted.

    >>> tempo_words("3-1-2-0")
    '3 s down, 1 s below, 2 s up, without a stop'
    """
    if not tempo:
        return ""
    down, low, up, high = tempo.split("-")
    below = f"{low} s below" if low != "0" else "no stop below"
    return f"{down} s down, {below}, {up} s up, {f'{high} s above' if high != '0' else 'without a stop'}"


def phase_words(phase: str, type_: StrengthType) -> str:
    """Return a phase with its type of session, where it has more than one.

    >>> phase_words("advanced", "maximal"), phase_words("beginner", "general")
    ('Advanced, maximal strength', 'Beginner')
    """
    title = TITLES.get(("strength", type_))
    return f"{PHASES[phase]}, {title.lower()}" if title else PHASES[phase]


def reserve_words(reserve: Sequence[int]) -> str:
    """Return how many repetitions stay in reserve.

    >>> reserve_words((2, 3)), reserve_words(())
    ('2–3 in reserve', '')
    """
    return f"{'–'.join(map(str, reserve))} in reserve" if reserve else ""


def hindrance_words(hindrance: Hindrance) -> str:
    """Return why somebody cannot do an exercise now, as a sentence.

    >>> hindrance_words(Hindrance(kind="equipment", text="there is no bench"))
    'Not for you now: there is no bench.'
    """
    return f"Not for you now: {hindrance.text}."


def plan_sentence(coming: Sequence[PlannedSession], past: Sequence[PlannedSession], *, today: date) -> str:
    """Return where an exercise stands in a plan; nothing where it is in no session.

    >>> one = PlannedSession(id="a", day=date(2026, 5, 8), slot="free", kind="strength", minutes=20)
    >>> plan_sentence([one], [], today=date(2026, 5, 5))
    'In your plan once more, on Fri 8 May.'
    """
    if coming:
        when = "today" if coming[0].day == today else f"on {short_day(coming[0].day)}"
        return f"In your plan once more, {when}." if len(coming) == 1 else (
            f"In your plan {len(coming)} more times, next {when}, last on {short_day(coming[-1].day)}."
        )  # fmt: skip
    return f"Your plan had it until {short_day(past[-1].day)}, and does not have it again." if past else ""


def absence_sentences(absence: Absence | None, exercise: Exercise, exercises: Exercises) -> list[str]:
    """Return why an exercise is in no session, and what stands in for it; what is changed where is left to the page.

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> known = load_catalogue().exercises
    >>> absence_sentences(Absence(kind="later_phase", phases=("advanced",)), known["bound"], known)
    ['Not in your plan: it belongs to the advanced phase, which is not part of this plan.']
    """
    if absence is None:
        return []
    told = dict(absence_lines(absence, exercise, exercises))
    lines = [f"Not in your plan: {told['because']}."]
    if "instead" in told:
        lines.append(f"Your plan has instead: {told['instead']}.")
    if "of its kind" in told:
        lines.append(f"Of its kind your plan has: {told['of its kind']}.")
    return lines


def state_rows(states: Iterable[ProgressionState]) -> dict[str, dict[str, StateRow]]:
    """Return how far each side has come, by the type of session: title → side → row, left before right."""
    rows: dict[str, dict[str, StateRow]] = {}
    for one in sorted(states, key=lambda one: one.side):
        title = TITLES.get(("strength", one.type), KINDS["strength"])
        rows.setdefault(title, {})[one.side] = StateRow(
            last=_last_words(one.last), next=dose_words(one.next), why=one.why,
            most=f"{one.max_kg:.0f} kg" if one.max_kg else "", most_facts=tuple(_most_facts(one)),
        )  # fmt: skip
    return rows


def _last_words(dose: Dose) -> str:
    """The last dose. Where minutes cut every session, how many sets would have gone is not known, and not said.

    >>> _last_words(Dose(sets=SETS_MAX, reps=12, load_kg=4.0)), _last_words(Dose(sets=3, reps=12))
    ('sets of 12, 4 kg', '3 × 12')
    """
    words = dose_words(dose)
    return words.replace(f"{dose.sets} × ", "sets of ", 1) if dose.sets >= SETS_MAX else words


def _most_facts(one: ProgressionState) -> Iterable[tuple[str, str]]:
    if one.max_kg is None:
        return
    yield "of", "body and load together, one leg" if one.max_with_body else "the load alone"
    if one.max_day:
        yield "from", f"the best sets since the programme began, on {day_words(one.max_day)}"
    yield "how", "Epley's formula; rather too low than too high, and a guide to loads, not a measurement"
