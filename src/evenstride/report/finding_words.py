"""What all evidence says together, in sentences: which limb, what to do, how sure."""

from collections.abc import Mapping

from evenstride.model import EMPHASES, Evidence, Finding
from evenstride.report.numbers import day_words, of_level_change, sided, sided_in, towards
from evenstride.report.words import Answer

ACTION_SENTENCES: Mapping[str, str] = {
    "do": "Favour your {limb} leg in training",
    "watch": "Watch, and train both legs the same",
    "ignore": "Nothing to act on: train both legs the same",
}
"""Action → the answer."""

MEANINGS: Mapping[str, str] = {
    "do": "In strength work the {limb} leg goes first and gets the emphasis; running stays as planned.",
    "watch": "Train as planned. Tests of each leg, repeated on another day, would say more than more looking.",
    "ignore": "Nothing to change today; what there is lies within the ordinary or within the tests' own error.",
}
"""Action → what it means for today."""

WATCHING: Mapping[str, tuple[str, str]] = {
    "F-CLINICIAN": (
        "Watch: your clinician decides what your legs may do",
        "Keep to what your clinician allows. Until then these numbers favour no leg.",
    ),
    "F-SINGLE-DAY": (
        ACTION_SENTENCES["watch"],
        "Train as planned. Repeat the tests on another day: how far your days lie apart is not known yet.",
    ),
    "F-COARSE": (
        ACTION_SENTENCES["watch"],
        "Train as planned. These tests are too coarse to tell a difference that matters from none; other tests may.",
    ),
}
"""Rule that made it a *watch* → the answer and what it means, where these differ from the usual ones."""

SURE: tuple[tuple[float, str], ...] = (
    (0.9, "very sure"),
    (0.7, "fairly sure"),
    (0.4, "not very sure"),
    (0.0, "unsure"),
)
"""From this confidence on → the word for it."""

KINDS: Mapping[str, str] = {
    "test": "test",
    "injury": "history",
    "stride": "stride",
    "change": "change",
    "late": "late in runs",
    "level": "both legs",
    "profile": "profile",
}
"""Kind of evidence → its short name."""

LEVEL_SIZE = 0.1
"""Changes of lengths of both legs are small: they are read in millimetres."""
UNKNOWN_GRADE = "convention"


def finding_answer(finding: Finding) -> Answer:
    """Return the first two lines of a finding and its chip.

    >>> from evenstride.report.example_season import example_finding
    >>> finding_answer(example_finding()).text
    'Favour your left leg in training: fairly sure (86 %).'
    """
    limb = finding.limb if finding.limb != "undetermined" else ""
    said, meaning = _said(finding)
    return Answer(
        text=f"{said}: {sure_words(finding.confidence)}." if finding.action == "do" else f"{said}.",
        meaning=meaning,
        chip=f"{finding.action} · {finding.limb}" if limb else finding.action,
        tone=limb or ("ordinary" if finding.action == "ignore" else "unclear"),
    )


def _said(finding: Finding) -> tuple[str, str]:
    if finding.action == "watch":
        for rule in finding.rules:
            if rule in WATCHING:
                return WATCHING[rule]
    limb = finding.limb if finding.limb != "undetermined" else "weaker"
    return ACTION_SENTENCES[finding.action].format(limb=limb), MEANINGS[finding.action].format(limb=limb)


def sure_words(confidence: float) -> str:
    """Return how sure, in a word and in percent.

    >>> sure_words(0.86), sure_words(0.2)
    ('fairly sure (86 %)', 'unsure (20 %)')
    """
    return f"{next(word for least, word in SURE if confidence >= least or least == 0.0)} ({100 * confidence:.0f} %)"


def emphasis_words(name: str) -> str:
    """Return what an emphasis stresses."""
    return EMPHASES.get(name, name.replace("_", " "))


def limb_words(finding: Finding) -> str:
    """Return which limb, or that none is named."""
    return f"the {finding.limb} leg" if finding.limb != "undetermined" else "undetermined: nothing names one leg"


def size_words(one: Evidence) -> str:
    """Return how much one piece of evidence says, with its interval; nothing where it has no size.

    >>> from evenstride.report.example_season import example_finding
    >>> [size_words(one) for one in example_finding().evidence]
    ['right +6 repetitions (1 to 11)', '', 'right +3.1 % (2.4 to 3.8)']
    """
    if not one.unit:
        return ""
    low, high = one.low, one.high
    if one.kind == "level" and low is not None and high is not None:
        # How much of a pace that is depends on the pace, which the text tells.
        return "" if one.unit == "m/s" else of_level_change(one.size, low, high, one.unit, about=LEVEL_SIZE)
    if one.kind == "change" and low is not None and high is not None:
        return towards(one.size, low, high)
    if one.unit.startswith("%"):
        return f"{sided(one.size, low, high)}{one.unit[1:]}"
    return sided_in(one.size, low, high, one.unit)


def evidence_details(one: Evidence) -> str:
    """Return what stands behind one piece of evidence: kind, day, size, how much it counts, how good it is.

    >>> from evenstride.report.example_season import example_finding
    >>> evidence_details(example_finding().evidence[0])
    'test · 12 April 2026 · right +6 repetitions (1 to 11) · weight 0.90 · fair'
    """
    weight = f"weight {one.weight:.2f}" if one.counts else "names no limb by itself"
    size = size_words(one)
    told = size.partition(" (")[0] in one.text  # the text says it, with its interval
    parts = (KINDS[one.kind], day_words(one.day), "" if told else size, weight, one.grade)
    return " · ".join(part for part in parts if part)
