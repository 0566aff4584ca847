"""What weeks of runs say, in sentences: the answer first, what it means for today second.

Nothing here decides: level, change, alarm and direction are read from the season and put into words.
"""

from collections.abc import Mapping
from datetime import date

from evenstride.judge import RANGES
from evenstride.model import METRICS, Change, Estimated, Offset, RunPoint, Season, SeasonMetric
from evenstride.report.looks import printable
from evenstride.report.numbers import (
    count,
    day_span,
    holds_zero,
    of_level,
    of_level_change,
    of_step,
    rounded,
    sided,
    towards,
    unsided,
)
from evenstride.report.season_news import news
from evenstride.report.words import Answer, source_words

SEASON_SENTENCES: Mapping[str, str] = {
    "contact_time": "Your {side} foot has stayed down longer",
    "flight_time": "Your flight after the {side} push-off has lasted longer",
    "step_time": "Your {side} step has taken longer",
    "step_length": "Your {side} step has been longer",
    "leg_stiffness": "Your {side} leg has been the stiffer spring",
    "vertical_oscillation": "You have risen and fallen more in the {side} leg's step",
    "impact": "Your {side} foot has landed with more impact",
    "loading_rate": "The force has risen faster as your {side} foot landed",
    "braking": "Your {side} foot has braked more as it landed",
}
"""What a difference to one side means over many runs, per metric."""

PROBABILITIES: tuple[tuple[float, str], ...] = (
    (0.99, "almost surely"),
    (0.90, "very likely"),
    (0.66, "likely"),
    (0.33, "about as likely as not"),
    (0.10, "unlikely"),
    (0.01, "very unlikely"),
    (0.0, "almost surely not"),
)
"""From this probability on → the word for it."""

CONDITION_WORDS: Mapping[str, str] = {
    "speed_mps": "your usual speed",
    "heart_rate_bpm": "your usual heart rate",
    "effort_0_10": "your usual effort",
    "grade_pct": "your usual slope",
    "temperature_c": "your usual temperature",
    "device": "the device that runs do not name",
    "shoe": "the shoe worn most",
    "surface": "the surface run on most",
    "treadmill": "outdoors and treadmill",
    "kind": "the usual kind of run",
}
"""Condition → what a level is given at once the condition is taken out."""

LAST_RUNS = 10
PROBABLE, POSSIBLE = 0.90, 0.33
"""From these probabilities on a change that matters is very likely, or no longer unlikely."""


def season_answer(season: Season) -> Answer:
    """Return the first two lines of a season and its chip.

    >>> from evenstride.report.example_season import example_season
    >>> season_answer(example_season()).text
    'Your right foot has stayed down longer in 10 of your last 10 runs: 3.1 % (2.4 to 3.8).'
    """
    first = main_metric(season)
    if first is None:
        return _without_sides(season)
    return Answer(
        text=metric_sentence(first), meaning=metric_meaning(first, season.last), chip=metric_chip(first),
        tone=metric_tone(first),
    )  # fmt: skip


def main_metric(season: Season) -> SeasonMetric | None:
    """Return the metric that the answer is about: the first one that compares the legs."""
    return next((metric for metric in season.metrics if metric.kind == "index"), None)


def metric_meaning(metric: SeasonMetric, last: date | None) -> str:
    """Return what a metric means for today; ``last`` is the day of the season's last run."""
    if metric.level is None or (metric.baseline is None and metric.waiting_for):
        return "Train as planned and keep recording: a change can be told only from a baseline."
    return _meaning_of_level(metric, last) if metric.kind == "level" else _meaning_of_index(metric, last)


def metric_sentence(metric: SeasonMetric) -> str:
    """Return one metric's answer in plain words.

    >>> from evenstride.report.example_season import example_season_metric
    >>> metric_sentence(example_season_metric(baseline=None, waiting_for="two more runs make a baseline"))
    'Not yet: two more runs make a baseline.'
    """
    if metric.level is None or (metric.baseline is None and metric.waiting_for):
        why = (metric.waiting_for or "more runs are needed").rstrip(".")
        return f"Not yet: {why}."
    level = metric.level
    if metric.kind == "level":
        said = of_level(level.value, level.low, level.high, metric.unit)
        return f"{metric.label[:1].upper()}{metric.label[1:]}: {said}."
    if holds_zero(level.low, level.high) or small(metric):
        about = "" if metric.metric == "contact_time" else f" in {metric.label}"
        said = sided(level.value, level.low, level.high)
        if metric.threshold is None or not within(metric):
            return f"No difference between your legs{about} beyond noise: {said}."
        return f"Ordinary: your legs differ{about} no more than healthy runners' do, {said}."
    return f"{_side_sentence(metric, level.value)}{_how_often(metric)}: {unsided(level.value, level.low, level.high)}."


def metric_chip(metric: SeasonMetric) -> str:
    """Return the word on a metric's chip.

    >>> from evenstride.report.example_season import example_season_metric
    >>> metric_chip(example_season_metric()), metric_chip(example_season_metric(threshold=2.0))
    ('ordinary', 'right longer')
    """
    if metric.level is None or (metric.baseline is None and metric.waiting_for):
        return "not yet"
    if metric.threshold is None:
        return "not judged"
    if within(metric):
        return "ordinary"
    if beyond(metric):
        word = METRICS[metric.metric].word if metric.metric in METRICS else "larger"
        return f"{'right' if metric.level.value > 0 else 'left'} {word}"
    return "unclear"


def metric_tone(metric: SeasonMetric) -> str:
    """Return the chip's colour, as :func:`evenstride.report.words.tone`."""
    word = metric_chip(metric).split(" ")[0]
    return word if word in ("left", "right", "ordinary", "unclear") else "none"


def within(metric: SeasonMetric) -> bool:
    """Whether the whole interval of the level lies inside what is ordinary."""
    level, line = metric.level, metric.threshold
    return level is not None and line is not None and -line <= level.low and level.high <= line


def beyond(metric: SeasonMetric) -> bool:
    """Whether the whole interval of the level lies outside what is ordinary, on one side."""
    level, line = metric.level, metric.threshold
    return level is not None and line is not None and (level.low > line or level.high < -line)


def small(metric: SeasonMetric) -> bool:
    """Whether the level itself is within what is typical, and all of it within what is ordinary."""
    known = RANGES.get(metric.metric)
    typical = known.typical_pct if known else None
    return metric.level is not None and typical is not None and abs(metric.level.value) <= typical and within(metric)


def unchanged(metric: SeasonMetric) -> bool:
    """Whether nothing that matters is likely to have changed: no alarm, and the change is small or may be none at all.

    >>> from evenstride.report.example_season import example_level_metric, example_season_metric
    >>> unchanged(example_level_metric("contact_time_level")), unchanged(example_season_metric())
    (True, False)
    """
    change = metric.change
    if change is None or metric.alarms:
        return False
    small_at_most = -change.smallest < change.low and change.high < change.smallest
    unlikely = change.probability_beyond_smallest < POSSIBLE and holds_zero(change.low, change.high)
    return small_at_most or unlikely


def level_words(metric: SeasonMetric) -> str:
    """Return a metric's level with its interval, in its own unit.

    >>> from evenstride.report.example_season import example_season_metric
    >>> level_words(example_season_metric())
    'right +3.1 % (2.4 to 3.8)'
    """
    return "not yet" if metric.level is None else value_words(metric, metric.level.value, metric.level.low,
                                                              metric.level.high)  # fmt: skip


def baseline_words(metric: SeasonMetric) -> str:
    """Return the baseline with its interval and from how many runs, or what is missing to have one."""
    base = metric.baseline
    if base is None:
        return metric.waiting_for or "not yet"
    return f"{value_words(metric, base.value, base.low, base.high)}, {base.n_runs} runs"


def value_words(metric: SeasonMetric, value: float, low: float | None, high: float | None) -> str:
    """Return any value of a metric, with its interval where it has one."""
    return sided(value, low, high) if metric.kind == "index" else of_level(value, low, high, metric.unit)


def change_words(metric: SeasonMetric, change: Change) -> str:
    """Return how far a metric moved since its baseline.

    >>> from evenstride.report.example_season import example_season_metric
    >>> metric = example_season_metric()
    >>> change_words(metric, metric.change)
    '1.9 % towards the right (1.0 to 2.8)'
    """
    about = metric.baseline.value if metric.baseline else metric.level.value if metric.level else 1.0
    return moved_words(metric, change, about=about)


def moved_words(metric: SeasonMetric, moved: Estimated, *, about: float) -> str:
    """Return how far a metric moved, from a level of about that size."""
    if metric.kind == "index":
        return towards(moved.value, moved.low, moved.high)
    return of_level_change(moved.value, moved.low, moved.high, metric.unit, about=about)


def beyond_smallest_words(metric: SeasonMetric, change: Change) -> str:
    """Return how probable it is that a change is more than the smallest that matters.

    >>> from evenstride.report.example_season import example_season_metric
    >>> metric = example_season_metric()
    >>> beyond_smallest_words(metric, metric.change)
    'very likely (97 %) more than 1 %'
    """
    about = metric.baseline.value if metric.baseline else 1.0
    smallest = smallest_words(metric, change.smallest, about=about)
    return f"{chance(change.probability_beyond_smallest)} more than {smallest}"


def smallest_words(metric: SeasonMetric, smallest: float, *, about: float) -> str:
    """Return the smallest change that matters, of a level of about that size."""
    return f"{smallest:g} %" if metric.kind == "index" else of_step(smallest, metric.unit, about=about)


def chance(probability: float) -> str:
    """Return a probability in a word and in percent.

    >>> chance(0.94), chance(0.5), chance(0.9996), chance(0.0)
    ('very likely (94 %)', 'about as likely as not (50 %)', 'almost surely (>99 %)', 'almost surely not (<1 %)')
    """
    word = next(word for least, word in PROBABILITIES if probability >= least or least == 0.0)
    percent = 100.0 * probability
    number = ">99" if percent > 99 else "<1" if percent < 1 else f"{percent:.0f}"
    return f"{word} ({number} %)"


def offset_words(metric: SeasonMetric, offset: Offset) -> str:
    """Return how far another device, shoe or surface moves the value."""
    runs = f"{offset.n_runs} run{'s' if offset.n_runs != 1 else ''}"
    if metric.kind == "index":
        moved = towards(offset.value, offset.low, offset.high)
    else:
        about = metric.level.value if metric.level else 1.0
        moved = of_level_change(offset.value, offset.low, offset.high, metric.unit, about=about)
    noise = " – none beyond noise" if holds_zero(offset.low, offset.high) and not moved.startswith("no ") else ""
    return f"{offset.condition} {offset.name} against {offset.reference}, {runs}: {moved}{noise}"


def noise_words(metric: SeasonMetric) -> str:
    """Return what two single runs must differ by, from the runner's own repeats; nothing where it is not known."""
    if metric.mdc95 is None:
        return ""
    about = metric.level.value if metric.level else 1.0
    apart = (
        f"{rounded(metric.mdc95, 1)} %" if metric.kind == "index" else of_step(metric.mdc95, metric.unit, about=about)
    )
    return f"two of your runs differ beyond chance only when more than {apart} apart"


def adjusted_words(metric: SeasonMetric) -> str:
    """Return at which conditions the level is given; nothing where none was taken out."""
    words = {**CONDITION_WORDS, **({"device": metric.device} if metric.device else {})}
    return ", ".join(words.get(name, name.replace("_", " ")) for name in metric.adjusted_for)


def metric_title(metric: SeasonMetric) -> str:
    """Return what was measured by what; both legs' levels need no source."""
    label = f"{metric.label[:1].upper()}{metric.label[1:]}"
    return f"{label}, by {source_words(metric.source)}" if metric.kind == "index" else label


def heading_words(season: Season) -> str:
    """Return whose season this is, from when to when and of how many runs, in one line."""
    runs = f"{count(season.n_runs)} run{'s' if season.n_runs != 1 else ''}"
    name = printable(season.athlete)
    if season.first is None or season.last is None:
        return f"{name} · {runs}"
    return f"{name} · {runs} · {day_span(season.first, season.last)}"


def other_way(metric: SeasonMetric, point: RunPoint) -> bool:
    """Whether a run comes from another source or device than most of the metric's runs do."""
    return (point.source, point.device) != usual(metric)


def usual(metric: SeasonMetric) -> tuple[str, str]:
    """Return the source and device that measured most of a metric's runs."""
    ways: dict[tuple[str, str], int] = {}
    for run in metric.runs:
        ways[(run.source, run.device)] = ways.get((run.source, run.device), 0) + 1
    return max(ways, key=lambda way: ways[way], default=("", ""))


def _side_sentence(metric: SeasonMetric, value: float) -> str:
    said = SEASON_SENTENCES.get(metric.metric, f"Your {{side}} leg has shown the larger {metric.label}")
    return said.format(side="right" if value > 0 else "left")


def _how_often(metric: SeasonMetric) -> str:
    last = metric.runs[-LAST_RUNS:]
    if metric.level is None or len(last) < 2:
        return ""
    same = sum(run.value * metric.level.value > 0 for run in last)
    return f" in {same} of your last {len(last)} runs"


def _meaning_of_index(metric: SeasonMetric, last: date | None) -> str:
    told = news(metric, last)
    if metric.threshold is None:
        said = "No line between ordinary and unusual is known for this measure, so it is shown and not judged."
    elif within(metric):
        calm = "Ordinary" if told else "Nothing to change today"
        said = f"{calm}: healthy runners differ by up to {metric.threshold:g} %."
    elif beyond(metric):
        said = (
            f"More than the {metric.threshold:g} % that is ordinary, so it is worth watching; tests of each leg tell"
            " whether there is something to work on."
        )
    else:
        said = (
            f"Close to the line between ordinary and unusual, {metric.threshold:g} %: train as planned, keep looking."
        )
    return f"{told} {said}" if told else said


def _meaning_of_level(metric: SeasonMetric, last: date | None) -> str:
    if told := news(metric, last):
        return told
    change = metric.change
    if change is None:
        return "Train as planned and keep recording: runs after the baseline tell whether it changes."
    moved, surely = change_words(metric, change), beyond_smallest_words(metric, change)
    if unchanged(metric):
        return f"Nothing to change today: since your baseline {moved}, {surely}."
    calm = (
        "think of what changed in training, shoes or surface"
        if change.probability_beyond_smallest >= PROBABLE
        else ("train as planned, keep looking")
    )
    return f"Since your baseline {moved}, {surely}: {calm}."


def _without_sides(season: Season) -> Answer:
    if not season.n_runs:
        return Answer(
            text="There are no runs yet.", meaning="Import some: evenstride import FILE…", chip="not yet", tone="none"
        )
    runs = f"Your {count(season.n_runs)} runs have" if season.n_runs != 1 else "Your run has"
    return Answer(
        text=f"{runs} no left and right to compare.",
        meaning="What both legs do together is below; tests of each leg need no device.",
        chip="no left and right", tone="none",
    )  # fmt: skip
