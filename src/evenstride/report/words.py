"""The sentences: a run's answer first, what it means for today second, everything else on demand.

The tone is that of a calm coach. Nothing here decides: the verdict is read from the estimate and put into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from evenstride.judge.verdict import NOT_ENOUGH
from evenstride.model import METRICS, SOURCES, Judged, Note, RunReport, SymmetryEstimate
from evenstride.report.numbers import holds_zero, more_minutes, of, unsided

DISAGREEMENT = "sources_disagree"

SIDE_SENTENCES: Mapping[str, str] = {
    "contact_time": "Your {side} foot stayed down longer",
    "flight_time": "Your flight after the {side} push-off lasted longer",
    "step_time": "Your {side} step took longer",
    "step_length": "Your {side} step was longer",
    "leg_stiffness": "Your {side} leg was the stiffer spring",
    "vertical_oscillation": "You rose and fell more in the {side} leg's step",
    "impact": "Your {side} foot landed with more impact",
    "loading_rate": "The force rose faster as your {side} foot landed",
    "braking": "Your {side} foot braked more as it landed",
}
"""What a difference to one side means, per metric."""

CHIPS: Mapping[str, str] = {
    "left_longer": "left longer",
    "right_longer": "right longer",
    "left_larger": "left larger",
    "right_larger": "right larger",
    "ordinary": "ordinary",
    "unclear": "unclear",
}
"""Verdict → the word on its chip."""

WHY_NO_SIDES = frozenset({"no_left_right_data", "not_while_running", "one_leg_only"})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a reader sees first: the answer, what it means for today, and the chip (``tone`` names its colour)."""

    text: str
    meaning: str
    chip: str
    tone: str


def answer(report: RunReport) -> Answer:
    """Return the first two lines of a report and its chip.

    >>> from evenstride.report.example import example_report
    >>> answer(example_report()).text
    'Your legs differed by an ordinary amount in this run.'
    """
    if not report.judged:
        return Answer(
            text="This run has no left and right to compare.",
            meaning=_why_no_sides(report.notes),
            chip="no left and right",
            tone="none",
        )
    note = disagreement(report)
    if note is not None:
        return Answer(
            text="Your sensors disagree about how your legs differed in this run.",
            meaning="Train as planned; this run alone says nothing either way. " + note.text,
            chip="unclear",
            tone="unclear",
        )
    first = report.estimates[0]
    return Answer(text=sentence(first), meaning=meaning(first), chip=chip(first), tone=tone(first))


def sentence(estimate: SymmetryEstimate) -> str:
    """Return one estimate's answer in plain words.

    >>> from evenstride.report.example import example_estimate
    >>> sentence(example_estimate(index_pct=5.2, verdict="right_longer"))
    'Your right foot stayed down longer: 5.2 % (4.3 to 6.1).'
    """
    if estimate.low_pct is None or estimate.high_pct is None:
        return _too_little(estimate)
    if estimate.flag == NOT_ENOUGH and estimate.verdict in ("unclear", None):
        return "This run tells too little to compare your legs" + _what_would_tell(estimate)
    if estimate.verdict is None:
        return _unjudged(estimate, estimate.low_pct, estimate.high_pct)
    if estimate.verdict == "ordinary":
        about = "" if estimate.metric == "contact_time" else f" in {METRICS[estimate.metric].label}"
        return f"Your legs differed by an ordinary amount{about} in this run."
    if estimate.verdict == "unclear":
        if estimate.reason == "at_the_edge":
            return "One run cannot tell: the difference lies close to the line between ordinary and unusual."
        return "Too little steady running to tell" + _what_would_tell(estimate)
    return f"{_side_sentence(estimate)}: {unsided(estimate.index_pct, estimate.low_pct, estimate.high_pct)}."


def sentence_beside(estimate: SymmetryEstimate, report: RunReport) -> str:
    """Return one estimate's sentence among others; where sources disagree it speaks for its own sensor only."""
    alone = disagreement(report) is not None and estimate.metric == report.estimates[0].metric
    said = sentence(estimate)
    return f"By this sensor alone: {said[0].lower()}{said[1:]}" if alone else said


def meaning(estimate: SymmetryEstimate) -> str:
    """Return what one estimate means for today.

    >>> from evenstride.report.example import example_estimate
    >>> meaning(example_estimate(verdict="unclear", reason="at_the_edge"))
    'Train as planned; a few more runs together will tell what one cannot.'
    """
    if estimate.low_pct is None:
        return "Train as planned; under ten minutes no difference between legs can be told from noise."
    if estimate.verdict is None:
        return "No line between ordinary and unusual is known for this measure, so it is shown and not judged."
    if estimate.verdict == "ordinary":
        limit = f"{estimate.threshold_pct:g} %" if estimate.threshold_pct is not None else "this"
        return f"Nothing to change today: up to {limit}, differences are ordinary in healthy runners."
    if estimate.verdict == "unclear":
        if estimate.reason == "at_the_edge":
            return "Train as planned; a few more runs together will tell what one cannot."
        return "Train as planned; this run alone says nothing either way, and a longer steady one would."
    return (
        "Train as planned and look whether your next runs show the same side: one run is one look, and some healthy"
        " runners differ this much."
    )


def chip(estimate: SymmetryEstimate) -> str:
    """Return the word on an estimate's chip."""
    return "not judged" if estimate.verdict is None else CHIPS[estimate.verdict]


def tone(estimate: SymmetryEstimate) -> str:
    """Return the chip's colour: ``left``, ``right``, ``ordinary``, ``unclear`` or ``none``."""
    return "none" if estimate.verdict is None else estimate.verdict.split("_")[0]


def number(estimate: SymmetryEstimate) -> str:
    """Return the estimate's number with its interval; nothing where no interval can be given."""
    return "" if estimate.low_pct is None else of(estimate)


def title(estimate: SymmetryEstimate) -> str:
    """Return what was measured by what.

    >>> from evenstride.report.example import example_estimate
    >>> title(example_estimate())
    "Contact time, by the watch's balance"
    """
    return f"{METRICS[estimate.metric].label.capitalize()}, by {source_words(estimate.source)}"


def source_words(source: str) -> str:
    """Return how people call a source."""
    return SOURCES.get(source, source.replace("_", " "))


def disagreement(report: RunReport) -> Note | None:
    """Return the note that two sources of one run contradict each other about what the answer is about."""
    if not report.judged:
        return None
    metric = report.estimates[0].metric
    if sum(one.metric == metric for one in report.estimates) < 2:
        return None
    about = METRICS[metric].label
    notes = [note for note in report.notes if note.code == DISAGREEMENT]
    return next((note for note in notes if about in note.text), None)


def has_interval(judged: Judged) -> bool:
    """Whether the run was long enough for this estimate to say anything."""
    return judged.estimate.low_pct is not None


def _too_little(estimate: SymmetryEstimate) -> str:
    minutes, more = estimate.usable_minutes, _more(estimate)
    had = f"only {minutes:.0f} usable minutes" if minutes >= 1.5 else "hardly a usable minute"
    return f"Too little steady running to tell: {had}, where ten are needed; {more or 'at least ten'} would."


def _what_would_tell(estimate: SymmetryEstimate) -> str:
    more = _more(estimate)
    if more:
        return f"; {more} would."
    return "; only more runs can." if estimate.reason == "at_the_edge" else "."


def _more(estimate: SymmetryEstimate) -> str:
    minutes = estimate.more_minutes
    return more_minutes(minutes) if minutes is not None and isfinite(minutes) and minutes > 0 else ""


def _unjudged(estimate: SymmetryEstimate, low_pct: float, high_pct: float) -> str:
    if holds_zero(low_pct, high_pct):
        return f"No difference in {METRICS[estimate.metric].label} beyond noise: {of(estimate)}."
    return f"{_side_sentence(estimate)}: {unsided(estimate.index_pct, low_pct, high_pct)}."


def _side_sentence(estimate: SymmetryEstimate) -> str:
    return SIDE_SENTENCES[estimate.metric].format(side="right" if estimate.index_pct > 0 else "left")


def lacks_sides(report: RunReport) -> bool:
    """Return whether the runner needs another device to get left and right."""
    return not report.judged and not any(note.code in WHY_NO_SIDES - {"no_left_right_data"} for note in report.notes)


def _why_no_sides(notes: tuple[Note, ...]) -> str:
    own = next((note.text for note in notes if note.code in WHY_NO_SIDES), None)
    return own or "The file has no value for each leg; what it does hold is below."
