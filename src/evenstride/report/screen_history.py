"""One test through the months: the left leg's line and the right leg's, each about as wide as the test's error.

Strips that do not touch differ by more than error. Dots are trials, dashed lines targets.
"""

from collections.abc import Sequence

from evenstride.errors import InvalidRequest
from evenstride.model import Assessment, LimbComparison
from evenstride.report.charts import MARGIN_LEFT_PX, MARGIN_RIGHT_PX, NARROW_PX, size_class
from evenstride.report.picture import alone
from evenstride.report.screen_words import target_of, targets_of, value_of
from evenstride.report.season_charts import Days
from evenstride.report.svg import (
    LETTER_PX,
    Scale,
    badge,
    circle,
    day_ticks,
    line,
    nice_ticks,
    path,
    picture,
    rect,
    words,
)

DESK_PX, HEIGHT_PX, AXIS_PX, TOP_PX, STRIP_PX, LETTERS_PX = 620.0, 250.0, 26.0, 16.0, 9.0, 26.0
SIDES = ("left", "right")


def history_picture(sessions: Sequence[LimbComparison], assessment: Assessment, *, narrow: bool = False) -> str:
    """Return every session of one test as an SVG file's text.

    Raises
    ------
    InvalidRequest
        When the test was never done.

    >>> from evenstride.report.example_season import example_assessments, example_comparison
    >>> history_picture([example_comparison()], example_assessments()["calf_raise"])[:23]
    '<svg class="chart wide"'
    """
    if not sessions:
        raise InvalidRequest("This test was not done yet.", help="Do it once, then there is something to draw.")
    ordered = sorted(sessions, key=lambda one: one.day)
    width = NARROW_PX if narrow else DESK_PX
    days = Days(first=ordered[0].day, last=ordered[-1].day)
    x = days.scale(MARGIN_LEFT_PX, width - MARGIN_RIGHT_PX - LETTERS_PX)
    bottom = HEIGHT_PX - AXIS_PX
    y = _scale(ordered, assessment, bottom)
    drawn = [*_grid(assessment, x, y), *_targets(assessment, x, y)]
    for side in SIDES:
        drawn += _leg(ordered, side, x, y)
    drawn += [*_letters(ordered[-1], x, y), line(x.start, bottom, x.end, bottom, "axis")]
    for day, label in day_ticks(days.first, days.last, 4 if narrow else 10):
        drawn.append(words(x.px(day.toordinal()), bottom + 17, label, "tick mid"))
    title = f"{assessment.label}: {' '.join(one.text for one in ordered[-1:])}".strip()
    return alone(picture(width, HEIGHT_PX, title, drawn, css=size_class(width)), "season.css")


def _value(one: LimbComparison, side: str) -> float:
    return one.left if side == "left" else one.right


def _trials(one: LimbComparison, side: str) -> tuple[float, ...]:
    if one.result is None:
        return ()
    return one.result.left if side == "left" else one.result.right


def _scale(ordered: Sequence[LimbComparison], assessment: Assessment, bottom: float) -> Scale:
    values = [value for one in ordered for side in SIDES for value in (_value(one, side), *_trials(one, side))]
    half = max((one.mdc95 or 0.0 for one in ordered), default=0.0) / 2.0
    values += [value for _, _, value in targets_of(assessment) if value <= 2.0 * max(values)]
    low, high = min(values) - half, max(values) + half
    low = low if low < 0 else 0.0 if low < 0.6 * high else low
    room = 0.08 * (high - low) or 1.0
    return Scale(low=low if low == 0 else low - room, high=high + room, start=bottom, end=TOP_PX)


def _grid(assessment: Assessment, x: Scale, y: Scale) -> list[str]:
    if assessment.classes:
        ticks = [float(place) for place in range(len(assessment.classes)) if y.low <= place <= y.high]
    else:
        ticks = nice_ticks(y.low, y.high, 4)
    out = []
    for tick in ticks:
        said = value_of(tick, assessment) if assessment.classes else f"{tick:g}"
        out += [
            line(x.start, y.px(tick), x.end, y.px(tick), "grid"),
            words(x.start - 6, y.px(tick) + 4, said, "tick end"),
        ]
    unit = "" if assessment.classes else assessment.unit
    return [*out, words(x.start, TOP_PX - 4, unit, "tick")]


def _targets(assessment: Assessment, x: Scale, y: Scale) -> list[str]:
    out = []
    for kind, _, value in targets_of(assessment):
        if y.low <= value <= y.high:
            said = f"{'advanced target' if kind == 'advanced' else 'target'} {target_of(value, assessment)}"
            out += [line(x.start, y.px(value), x.end, y.px(value), "target"),
                    words(0.5 * (x.start + x.end), y.px(value) - 4, said, "halo small mid")]  # fmt: skip
    return out


def _leg(ordered: Sequence[LimbComparison], side: str, x: Scale, y: Scale) -> list[str]:
    """The leg's line a little to its own side, so that equal legs stand beside one another."""
    shift = -STRIP_PX if side == "left" else STRIP_PX
    places = [(x.px(one.day.toordinal() + 0.5) + shift, one) for one in ordered]
    out = []
    for at, one in places:
        if one.mdc95 is not None:
            top, low = y.px(_value(one, side) + one.mdc95 / 2.0), y.px(_value(one, side) - one.mdc95 / 2.0)
            out.append(rect(at - STRIP_PX / 2, top, STRIP_PX, max(low - top, 1.0), f"fill-{side} strip"))
    joined = "L".join(f"{at:.1f} {y.px(_value(one, side)):.1f}" for at, one in places)
    out.append(path(f"M{joined}", f"mean tone-{side}") if len(places) > 1 else "")
    for at, one in places:
        out += [circle(at, y.px(value), 2.4, "trial") for value in _trials(one, side) if len(_trials(one, side)) > 1]
        out.append(circle(at, y.px(_value(one, side)), 4.5, f"fill-{side}"))
    return out


def _letters(last: LimbComparison, x: Scale, y: Scale) -> list[str]:
    """The letters at the end of their lines, the lower one pushed down where they would meet."""
    at = x.px(last.day.toordinal() + 0.5) + STRIP_PX + LETTER_PX + 4.0
    places = sorted((y.px(_value(last, side)) - 7.5, side) for side in SIDES)
    (first, upper), (second, lower) = places
    return [badge(at, first, upper[0].upper()), badge(at, max(second, first + 17.0), lower[0].upper())]
