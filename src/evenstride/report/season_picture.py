"""The season as a picture file: one metric over the months with everything that happened, levels of both legs below."""

from collections.abc import Sequence

from evenstride.errors import InvalidRequest
from evenstride.model import LimbComparison, Season, SeasonMetric
from evenstride.report.charts import MARGIN_LEFT_PX, WIDE_PX, size_class
from evenstride.report.picture import alone
from evenstride.report.season_charts import Drawn, days_of, drawable, key_words, legs_chart, levels_chart
from evenstride.report.season_terminal import chosen
from evenstride.report.season_words import heading_words, main_metric, metric_sentence, metric_title, offset_words
from evenstride.report.svg import LETTER_PX, paragraph, picture, shifted, words

LINE_PX, HEAD_LETTERS = 17.0, 100


def season_picture(season: Season, *, metric: str | None = None, tests: Sequence[LimbComparison] = ()) -> str:
    """Return the picture of a season, or of one metric of it, as an SVG file's text.

    ``tests`` are marked on the days that they were done.

    Raises
    ------
    InvalidRequest
        When no run has the metric, or there is nothing to draw.

    >>> from evenstride.report.example_season import example_season
    >>> season_picture(example_season())[:23]
    '<svg class="chart wide"'
    """
    shown = list(chosen(season, metric)) if metric is not None else _whole(season)
    shown = [one for one in shown if drawable(one)]
    if not shown:
        raise InvalidRequest("There are no runs to draw.", help="Import some first: evenstride import FILE…")
    days = days_of(shown, tests if any(one.kind == "index" for one in shown) else ())
    blocks: list[Drawn] = []
    for one in shown:
        if one.kind == "index":
            blocks += [_heading(season, one), legs_chart(one, days, tests=tests, width=WIDE_PX), _key(one, tests)]
    levels = [one for one in shown if one.kind == "level"]
    if levels:
        if not blocks:
            blocks.append(_heading(season, levels[0]))
        blocks.append(levels_chart(levels, days, width=WIDE_PX))
    parts, height = _stacked(blocks)
    title = " ".join(metric_sentence(one) for one in shown[:1])
    return alone(picture(WIDE_PX, height, title, parts, css=size_class(WIDE_PX)), "season.css")


def _whole(season: Season) -> list[SeasonMetric]:
    """The metric that the answer is about, and the levels of both legs."""
    first = main_metric(season)
    return ([first] if first is not None else []) + [one for one in season.metrics if one.kind == "level"]


def _heading(season: Season, metric: SeasonMetric) -> Drawn:
    lines = paragraph(MARGIN_LEFT_PX, 20, metric_sentence(metric), "head", letters=HEAD_LETTERS, line_px=20.0)
    height = 20.0 * len(lines)
    lines.append(words(MARGIN_LEFT_PX, height + 19, f"{metric_title(metric)} · {heading_words(season)}", "tick"))
    return Drawn(parts=lines, height=height + 30.0)


def _key(metric: SeasonMetric, tests: Sequence[LimbComparison]) -> Drawn:
    """What the signs mean and what other devices and shoes move, in as many lines as it takes."""
    room = int((WIDE_PX - MARGIN_LEFT_PX - 20) / LETTER_PX)
    said = _wrapped(key_words(metric, tests, WIDE_PX), room)
    said += [f"Taken out: {offset_words(metric, one)}" for one in metric.offsets]
    lines = [words(MARGIN_LEFT_PX, 16 + LINE_PX * place, text, "tick") for place, text in enumerate(said)]
    return Drawn(parts=lines, height=LINE_PX * len(said) + 22.0)


def _wrapped(parts: Sequence[str], room: int) -> list[str]:
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= room:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _stacked(blocks: Sequence[Drawn]) -> tuple[list[str], float]:
    parts, top = [], 0.0
    for block in blocks:
        parts.append(shifted(block.parts, 0.0, top))
        top += block.height
    return parts, top + 6.0
