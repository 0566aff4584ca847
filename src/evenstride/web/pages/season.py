"""The season: where each metric stands, what changed since when, and any two periods beside one another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import Season, SeasonMetric
from evenstride.report.numbers import day_words
from evenstride.report.period_words import given_as_words, period_level_words, period_words, periods_sentence
from evenstride.report.season_charts import line_signs, run_signs
from evenstride.report.season_facts import late_facts, metric_facts
from evenstride.report.season_picture import season_picture
from evenstride.report.season_trace import season_trace, spark
from evenstride.report.season_words import (
    baseline_words,
    beyond_smallest_words,
    change_words,
    heading_words,
    level_words,
    main_metric,
    metric_chip,
    metric_meaning,
    metric_sentence,
    metric_title,
    metric_tone,
    season_answer,
    value_words,
)
from evenstride.report.target_words import season_range_words
from evenstride.service.home import Home
from evenstride.service.periods import PeriodsAsked, asked_most, compared_periods
from evenstride.service.season import comparisons_of, picture_once, season_of
from evenstride.web.answers import page, part, picture_file
from evenstride.web.doors import Said, on_a_page
from evenstride.web.home import HomeHere, site_of
from evenstride.web.pages.together import said_first

router = APIRouter()
RUNS_SHOWN = 40
Day = Annotated[date | None, Query()]


@router.get("/season")
def show(
    request: Request, here: HomeHere, metric: str = "", source: str = "", first: Day = None, first_end: Day = None,
    second: Day = None, second_end: Day = None,
) -> Response:  # fmt: skip
    """Show one metric through the season and all others beside it; two periods compared where they are named.

    Many runs take a while to be put together after one of them changed: then the page comes at once and says so.
    """
    if (waits := said_first(request, here, "season")) is not None:
        return waits
    season = season_of(here)
    chosen = _chosen(season, metric, source)
    said, days = season_answer(season), (first, first_end, second, second_end)
    return page(
        request, "season.html", season=season, heading=heading_words(season),
        main=_detail(season, chosen) if chosen else None,
        answer=said.text if chosen is None or not metric else metric_sentence(chosen),
        meaning=said.meaning if chosen is None or not metric else metric_meaning(chosen, season.last),
        legs=[_row(one, chosen) for one in season.metrics if one.kind == "index"],
        levels=[_row(one, chosen) for one in season.metrics if one.kind == "level"],
        notes=_notes(request, season, chosen),
        compared=_compared(here, chosen, days), days=[one.isoformat() if one else "" for one in days],
    )  # fmt: skip


@router.get("/season/trace")
def trace(here: HomeHere, metric: str = "", source: str = "") -> Mapping[str, Any]:
    """Answer with what the drawing of one metric is made of."""
    return season_trace(_named(here, metric, source), here.profile.units)


@router.get("/season/runs")
def runs(request: Request, here: HomeHere, metric: str = "", source: str = "") -> Response:
    """Answer with all runs of one metric, for the table that showed the last of them."""
    chosen = _named(here, metric, source)
    return part(request, "parts/season_runs.html", runs=_runs(chosen, len(chosen.runs)), more=0, address="")


@router.get("/season/picture.svg")
def picture(request: Request, here: HomeHere, metric: str = "", source: str = "") -> Response:
    """Answer with the picture of one metric, for paper and where no script draws."""
    chosen = _named(here, metric, source)

    def draw() -> str:
        one = replace(season_of(here), metrics=(chosen,))
        return season_picture(one, metric=chosen.metric, tests=comparisons_of(here))

    return picture_file(request, picture_once(here, chosen, draw))


def _notes(request: Request, season: Season, chosen: SeasonMetric | None) -> list[Said]:
    """What is good to know of the season and of a metric, each with the page that it leads to."""
    notes = dict.fromkeys(note.text for note in (*season.notes, *(chosen.notes if chosen else ())))
    return [said for one in notes if (said := on_a_page(one, site_of(request).texts)).text]


def _named(here: Home, metric: str, source: str) -> SeasonMetric:
    found = _chosen(season_of(here), metric, source)
    if found is None:
        raise UnknownEntry("There are no runs to draw.")
    return found


def _chosen(season: Season, metric: str, source: str) -> SeasonMetric | None:
    """The metric that is asked for, else the one that the answer is about, else the first there is."""
    if metric:
        known = [one for one in season.metrics if one.metric == metric and source in ("", one.source)]
        if not known:
            raise UnknownEntry("No run of this season tells that.")
        return known[0]
    return main_metric(season) or next(iter(season.metrics), None)


def _detail(season: Season, metric: SeasonMetric) -> dict[str, Any]:
    change, index = metric.change, metric.kind == "index"
    facts = [(label, text) for label, text in metric_facts(metric)]
    late = late_facts([one for one in season.late if (one.metric, one.source) == (metric.metric, metric.source)])
    return {
        "metric": metric.metric, "source": metric.source, "title": metric_title(metric), "index": index,
        "sentence": metric_sentence(metric),
        "chip": metric_chip(metric) if index else "", "tone": metric_tone(metric) if index else "",
        "level": level_words(metric), "baseline": baseline_words(metric), "n": metric.n_runs,
        "change": change_words(metric, change) if change else "",
        "chance": beyond_smallest_words(metric, change) if change else "",
        "range": season_range_words(metric), "alarms": [day_words(one.day) for one in metric.alarms],
        "facts": [*facts, *(("late in runs" if place == 0 else "", text) for place, text in enumerate(late))],
        "key": _sentences([*run_signs(metric), *line_signs(metric)]), "usual": [
            {"key": name, "address": _address(metric, asked)} for name, asked in asked_most(metric).items()],
        "trace": f"/season/trace?{urlencode(_name_of(metric))}",
        "picture": f"/season/picture.svg?{urlencode(_name_of(metric))}",
        "first": metric.runs[0].start.date().isoformat() if metric.runs else "",
        "last": metric.runs[-1].start.date().isoformat() if metric.runs else "",
        "runs": _runs(metric, RUNS_SHOWN), "more": max(0, len(metric.runs) - RUNS_SHOWN),
        "all_runs": f"/season/runs?{urlencode(_name_of(metric))}",
    }  # fmt: skip


def _row(metric: SeasonMetric, chosen: SeasonMetric | None) -> dict[str, Any]:
    index = metric.kind == "index"
    return {
        "title": metric_title(metric), "address": f"/season?{urlencode(_name_of(metric))}", "index": index,
        "chip": metric_chip(metric) if index else "", "tone": metric_tone(metric) if index else "",
        "level": level_words(metric), "change": change_words(metric, metric.change) if metric.change else "",
        "baseline": baseline_words(metric), "alarms": len(metric.alarms), "here": metric is chosen,
        "spark": spark(metric), "sentence": metric_sentence(metric),
    }  # fmt: skip


def _compared(
    here: Home, metric: SeasonMetric | None, days: Sequence[date | None]
) -> dict[str, Any] | None:  # fmt: skip
    """What two periods say, where all four days are there."""
    if metric is None or not any(days):
        return None
    if None in days:
        raise InvalidRequest("Two periods have four days; one of them is missing.")
    begin, end, begin_later, end_later = (one for one in days if one is not None)
    found = compared_periods(here, metric, PeriodsAsked(first=(begin, end), second=(begin_later, end_later)))
    return {
        "sentence": periods_sentence(metric, found), "given": given_as_words(found),
        "both": [(period_words(one), period_level_words(metric, one)) for one in (found.first, found.second)],
    }  # fmt: skip


def _runs(metric: SeasonMetric, most: int) -> list[dict[str, str]]:
    return [
        {"run": run.run, "day": day_words(run.start.date()), "value": value_words(metric, run.value, run.low, run.high),
         "device": run.device}
        for run in reversed(metric.runs[-most:])
    ]  # fmt: skip


def _name_of(metric: SeasonMetric) -> dict[str, str]:
    return {"metric": metric.metric, "source": metric.source}


def _address(metric: SeasonMetric, asked: PeriodsAsked) -> str:
    names = ("first", "first_end", "second", "second_end")
    days = (one.isoformat() for one in (*asked.first, *asked.second))
    return f"/season?{urlencode(_name_of(metric) | dict(zip(names, days, strict=True)))}#compare"


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in parts)
