"""The screens of feeling and cues: the answer, what it rests on, what it cannot tell."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from evenstride.model import FeelingAnswer, FeelingMatch
from evenstride.model.today import CueEffect
from evenstride.report.log_terminal import agreement_words, trend_words
from evenstride.report.looks import print_screen, printable, two_columns
from evenstride.review.checklist import Agreement, ScoreTrend

NO_RUNS = "Too early to say whether your feeling tracks the data: there are no runs with left and right yet."
NO_CUES = "No cue was logged yet: evenstride log run --cue NAME says what you had in mind."
NO_PROOF = "You chose when to use a cue, and knew it: this is a hint. evenstride trial start NAME lets coins choose."


def print_feeling(
    answer: FeelingAnswer | None, *, trend: ScoreTrend | None, agreed: Agreement, console: Console | None = None
) -> None:
    """Print whether the runner's feeling tracks the data."""
    uneven, score = (answer.uneven, answer.score) if answer else (None, None)
    rows = {
        "how uneven": _match_words(uneven, "how uneven it felt, and the size of the difference"),
        "checklist": _match_words(score, "how far it is from 100, and the size of the difference"),
        "its trend": trend_words(trend) or "too early to tell: five rated runs are needed",
        "coach": agreement_words(agreed),
        "means": _meaning(answer),
    }
    first = answer.text if answer else NO_RUNS
    print_screen(lambda _: _screen(first, rows), console)


def print_cues(effects: Sequence[CueEffect], *, console: Console | None = None) -> None:
    """Print what each cue did to the gap between the legs."""
    rows = {one.cue.replace("_", " "): one.text for one in effects}
    first = cues_answer(effects)
    print_screen(lambda _: _screen(first, {**rows, "note": NO_PROOF} if rows else {}), console)


def cues_answer(effects: Sequence[CueEffect]) -> str:
    """Return the first line on cues.

    >>> cues_answer([])
    'No cue was logged yet: evenstride log run --cue NAME says what you had in mind.'
    """
    if not effects:
        return NO_CUES
    told = [one for one in effects if one.effect is not None]
    if not told:
        return "Too early to say what a cue changes."
    closer = [one.cue.replace("_", " ") for one in told if one.effect and one.effect.high < 0]
    if closer:
        return f"The gap between your legs was smaller in runs with: {', '.join(closer)}."
    return "No cue is seen to make the gap between your legs smaller."


def _match_words(one: FeelingMatch | None, what: str) -> str:
    if one is None:
        return ""
    numbers = f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})".replace("-", "−")
    return f"{what}: rank correlation {numbers}, {one.n} runs"


def _meaning(answer: FeelingAnswer | None) -> str:
    if answer is None or answer.verdict == "too_early":
        return "evenstride log run asks which leg worked harder before it shows the numbers"
    if answer.verdict == "tracks":
        return "on days without a device your feeling is worth going by"
    return "look at the numbers before you change anything by feeling"


def _screen(first: str, facts: dict[str, str]) -> RenderableType:
    rows = two_columns()
    for name, text in facts.items():
        if text:
            rows.add_row(printable(name), Text(printable(text)))
    parts: list[RenderableType] = [Text(printable(first), style="bold")]
    if rows.row_count:
        parts += [Text(""), rows]
    return Group(*parts)
