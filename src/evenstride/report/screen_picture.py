"""The tests as a picture: the left leg to the left of the middle, the right leg to the right, mirrored about it.

In each test the bar is the value that counts, dots are the trials. The grey strip lies about where the other leg's bar
ends, as wide as what cannot be told from error: a bar that ends inside it does not differ. Dashed lines are targets.
"""

from collections.abc import Mapping, Sequence

from evenstride.errors import InvalidRequest
from evenstride.model import Assessment, LimbComparison
from evenstride.report.charts import WIDE_PX, size_class
from evenstride.report.numbers import day_words, sided_in
from evenstride.report.picture import alone
from evenstride.report.screen_words import (
    newest,
    sessions,
    targets_of,
    tests_answer,
    unit_of,
    value_of,
    which_words,
)
from evenstride.report.season_charts import Drawn
from evenstride.report.svg import Scale, badge, circle, line, paragraph, path, picture, rect, shifted, words

ROW_PX, BAR_PX, FOOT_PX = 92.0, 20.0, 30.0
HEAD_LETTERS = 102
EARLIER_DRAWN = 6
EDGE_PX = 92.0
"""At both edges, for the values."""

LETTER_PX = 6.0
"""So wide is a letter of the key at most, on average."""

COLUMN_PX = 640.0
"""As wide as the column of a page is on a desk."""


def tests_picture(
    comparisons: Sequence[LimbComparison],
    assessments: Mapping[str, Assessment],
    *,
    on_page: bool = False,  # noqa: PT028  no test
) -> str:
    """Return the newest session of each test as an SVG file's text, earlier ones as faint rings.

    ``on_page``: for a column of a page that says the answer itself, with letters as large as the page's own.

    Raises
    ------
    InvalidRequest
        When there are no tests.

    >>> from evenstride.report.example_season import example_assessments, example_comparisons
    >>> tests_picture(example_comparisons(), example_assessments())[:23]
    '<svg class="chart wide"'
    """
    latest = newest(comparisons)
    if not latest:
        raise InvalidRequest("There are no tests to draw.", help="How each is done: evenstride screen protocol")
    said = tests_answer(latest)
    if on_page:
        drawn = tests_chart(comparisons, assessments, width=COLUMN_PX)
        return alone(picture(COLUMN_PX, drawn.height, said.text, drawn.parts, css=size_class(COLUMN_PX)), "season.css")
    drawn = tests_chart(comparisons, assessments, width=WIDE_PX)
    head = paragraph(20, 22, said.text, "head", letters=HEAD_LETTERS, line_px=20)
    top = 32.0 + 20.0 * len(head)
    head.append(words(20, top - 10, said.meaning, "tick"))
    parts = [*head, shifted(drawn.parts, 0.0, top)]
    return alone(picture(WIDE_PX, top + drawn.height, said.text, parts, css=size_class(WIDE_PX)), "season.css")


def tests_chart(comparisons: Sequence[LimbComparison], assessments: Mapping[str, Assessment], *, width: float) -> Drawn:
    """Draw a row per test, its newest session as bars and its earlier ones as rings."""
    latest = newest(comparisons)
    middle = width / 2
    parts = [
        badge(middle - 24, 6, "L"), words(middle - 30, 18, "left leg", "label end"),
        badge(middle + 9, 6, "R"), words(middle + 30, 18, "right leg", "label"),
    ]  # fmt: skip
    top = 30.0
    for one in latest:
        row = _row(one, sessions(one, comparisons)[-EARLIER_DRAWN:], assessments.get(one.test), width)
        parts.append(shifted(row, 0.0, top))
        top += ROW_PX
    key = ["dots: trials", "grey: where the other leg's bar ends, give or take error"]
    if any(targets_of(assessments[one.test]) for one in latest if one.test in assessments):
        key.append("dashed: targets")
    if len(comparisons) > len(latest):
        key.append("rings: earlier sessions")
    lines = _key_lines(key, int((width - 40) / LETTER_PX)) if width > 500 else key
    for place, text in enumerate(lines):
        parts.append(words(20, top + 12 + 16 * place, text, "tick"))
    return Drawn(
        parts=parts, height=top + (FOOT_PX + 16.0 * (len(lines) - 1) if width > 500 else 16.0 * len(key) + 12.0)
    )


def _key_lines(key: Sequence[str], letters: int) -> list[str]:
    """Join the pieces of a key to lines that end before the picture does.

    >>> _key_lines(["dots: trials", "dashed: targets", "rings: earlier sessions"], 32)
    ['dots: trials · dashed: targets', 'rings: earlier sessions']
    """
    lines = [key[0]]
    for one in key[1:]:
        joined = f"{lines[-1]} · {one}"
        lines[-1:] = [joined] if len(joined) <= letters else [lines[-1], one]
    return lines


def _row(
    one: LimbComparison, before: Sequence[LimbComparison], test: Assessment | None, width: float
) -> list[str]:  # fmt: skip
    """One test: its name and verdict above, the two bars from the middle outwards."""
    middle, bar = width / 2, 42.0
    targets = targets_of(test) if test else []
    reach = Scale(low=_floor(one, test), high=_top(one, before, targets), start=0.0, end=middle - EDGE_PX)
    verdict = f"{which_words(one)} · {sided_in(one.difference, one.low, one.high, unit_of(test, one) or 'class')}"
    out = [words(20, 14, one.label, "label"), *_verdict(verdict, day_words(one.day), width)]
    for sign, side in ((-1.0, "left"), (1.0, "right")):
        own = one.left if side == "left" else one.right
        other = one.right if side == "left" else one.left
        out.append(_bar(middle, sign, (0.0, reach.px(own)), bar, f"fill-{side} bar-{side}"))
        if one.mdc95 is not None:
            strip = (reach.px(other - one.mdc95), reach.px(other + one.mdc95))
            out.append(_bar(middle, sign, strip, bar, "error", grow=5.0))
            out.append(_upright(middle + sign * reach.px(other), bar, "other-leg", 5.0))
        out += [_upright(middle + sign * reach.px(value), bar, "target", 7.0) for _, _, value in targets]
        out += _marks(one, before, side, (middle, sign, bar), reach)
        said = f"{value_of(own, test)} {unit_of(test, one) if len(one.unit) < 4 else ''}".rstrip()
        out.append(words(20 if sign < 0 else width - 20, bar + 15, said, "label" if sign < 0 else "label end"))
    out += [words(middle + reach.px(value) * sign, bar + BAR_PX + 20, said, "tick mid")
            for sign in (-1.0, 1.0) for said, value in _target_labels(targets, reach)]  # fmt: skip
    if reach.low < 0 and not (test and test.classes):
        out += [_upright(middle + sign * reach.px(0.0), bar, "middle", 3.0) for sign in (-1.0, 1.0)]
        out += [words(middle + sign * reach.px(0.0), bar + BAR_PX + 20, "0", "tick mid") for sign in (-1.0, 1.0)]
    return [*out, line(middle, bar - 8, middle, bar + BAR_PX + 8, "middle")]


def _verdict(verdict: str, day: str, width: float) -> list[str]:
    if width > 500:
        return [words(width - 20, 14, f"{verdict} · {day}", "tick end")]
    return [words(width - 20, 14, day, "tick end"), words(20, 30, verdict, "tick")]


def _marks(
    one: LimbComparison, before: Sequence[LimbComparison], side: str, place: tuple[float, float, float], reach: Scale
) -> list[str]:
    middle, sign, bar = place
    centre = bar + BAR_PX / 2
    trials = () if one.result is None else one.result.left if side == "left" else one.result.right
    out = [
        circle(middle + sign * reach.px(two.left if side == "left" else two.right), centre, 6.0, "earlier",
               tip=f"{two.day:%Y-%m-%d}")
        for two in before
    ]  # fmt: skip
    if len(trials) > 1:
        out += [circle(middle + sign * reach.px(value), centre, 2.8, "trial") for value in trials]
    return out


def _bar(middle: float, sign: float, ends: tuple[float, float], top: float, css: str, *, grow: float = 0.0) -> str:
    near, far = sorted((middle + sign * ends[0], middle + sign * ends[1]))
    return rect(near, top - grow, max(far - near, 0.5), BAR_PX + 2 * grow, css)


def _upright(at: float, bar: float, css: str, grow: float) -> str:
    return path(f"M{at:.1f} {bar - grow:.1f}V{bar + BAR_PX + grow:.1f}", css)


def _floor(one: LimbComparison, test: Assessment | None) -> float:
    """Bars begin at zero; below it only where a value is negative, as an angle may be."""
    lowest = min(one.left, one.right, *(one.result.left + one.result.right if one.result else ()))
    if test is not None and test.classes:
        return -1.0
    return min(0.0, 1.1 * lowest)


def _top(one: LimbComparison, before: Sequence[LimbComparison], targets: Sequence[tuple[str, str, float]]) -> float:
    values = [value for session in (one, *before) for value in (session.left, session.right)]
    values += list(one.result.left + one.result.right) if one.result else []
    most = max(values)
    # A target far beyond what was reached would press the bars together: it is then left to the words.
    values += [value for _, _, value in targets if value <= 3.0 * most] if most > 0 else []
    if one.mdc95 is not None:
        values.append(min(max(one.left, one.right) + one.mdc95, 2.0 * most))
    return max(values) if max(values) > 0 else 1.0


def _target_labels(targets: Sequence[tuple[str, str, float]], reach: Scale) -> list[tuple[str, float]]:
    labels: list[tuple[str, float]] = []
    for _, said, value in targets:
        if value <= reach.high and all(abs(reach.px(value) - reach.px(other)) > 110 for _, other in labels):
            labels.append((said, value))
    return labels
