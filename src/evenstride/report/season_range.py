"""The personal target range in the season's picture: two thin lines, anew where a review moved them."""

from collections.abc import Iterator

from evenstride.model import TargetRange
from evenstride.report.svg import LETTER_PX, Scale, line, words

LABEL = "your range"


def range_ends(target: TargetRange | None) -> list[float]:
    """Return every end that a range ever had: a picture must have room for them."""
    return [] if target is None else [end for review in target.reviews for end in (review.low, review.high)]


def range_lines(target: TargetRange | None, x: Scale, y: Scale) -> list[str]:
    """Draw a range from the day it was set, anew where a review moved it, with its name at the end."""
    if target is None or not target.reviews:
        return []
    steps = list(_steps(target))
    until = [*(x.px(day) for day, _, _ in steps[1:]), x.end]
    out = [
        line(x.px(day), y.px(value), end, y.px(value), "range")
        for (day, low, high), end in zip(steps, until, strict=True)
        for value in (low, high)
    ]
    if x.end - x.px(target.reviews[0].day.toordinal()) > LETTER_PX * len(LABEL):
        upper = max((target.low, target.high), key=abs)
        below = upper < 0
        out.append(words(x.end - 4, y.px(upper) + (13 if below else -5), LABEL, "halo end small"))
    return out


def _steps(target: TargetRange) -> Iterator[tuple[float, float, float]]:
    before = None
    for review in target.reviews:
        ends = review.low, review.high
        if ends != before:
            yield (float(review.day.toordinal()), *ends)
        before = ends
