"""The season's page: what the command line says, every metric with its interval, two periods beside one another."""

import re
from html import unescape

import pytest
from tests.web.seasons import keep_runs

from evenstride.report.season_words import metric_sentence, season_answer
from evenstride.service.home import home_in
from evenstride.service.season import season_of
from evenstride.store import tag_run

PERIODS = "/season?metric=contact_time&first=2025-11-01&first_end=2026-01-20&second=2026-02-20&second_end=2026-04-20"


@pytest.fixture
def runner(ada, store, clock):
    """A runner whose legs came to differ in March."""
    keep_runs(store, ada.id)
    return ada


@pytest.fixture
def season(runner, store, clock):
    return season_of(home_in(store, runner, clock()))


def test_the_first_line_is_that_of_the_command_line(client, runner, season):
    page = unescape(client.get("/season?now=true").text)
    said = season_answer(season)
    assert f"<h1>{said.text}</h1>" in page
    assert said.meaning in page


def test_each_metric_has_a_page_of_its_own_with_what_it_means(client, runner, season):
    page = unescape(client.get("/season?now=true").text)
    for metric in season.metrics:
        assert f"metric={metric.metric}" in page
        own = unescape(client.get(f"/season?metric={metric.metric}&source={metric.source}").text)
        assert f"<h1>{metric_sentence(metric)}</h1>" in own


def test_every_level_stands_with_its_interval(client, runner):
    levels = re.findall(r'<span class="level">(.*?)</span>', client.get("/season?now=true").text)
    assert levels
    assert all(re.search(r"\(.+ to .+\)", one) for one in levels if "not yet" not in one)


def test_what_takes_seconds_is_said_first_and_then_shown(client, runner):
    first = client.get("/season")
    assert "Putting your runs together" in first.text
    assert 'hx-get="/season?now=true"' in first.text
    assert "Compare two periods" in client.get("/season?now=true").text
    assert "Compare two periods" in client.get("/season").text  # at hand now


def test_a_changed_run_is_seen_at_once(client, runner, store):
    before = client.get("/season?now=true").text
    tag_run(store, runner.id, "2025-10-15", {"exclude": "yes"})
    assert "Putting your runs together" in client.get("/season").text
    assert client.get("/season?now=true").text != before


def test_a_season_at_hand_asks_for_little_however_long_it_is(client, runner, assert_queries):
    client.get("/season?now=true")
    with assert_queries(9):  # who is here, and twice whether anything changed
        client.get("/season")
    with assert_queries(5):
        client.get("/season/trace")


def test_the_drawing_has_runs_band_baseline_and_alarm(client, runner, season):
    client.get("/season?now=true")
    drawn = client.get("/season/trace?metric=contact_time").json()
    assert len(drawn["runs"]["at"]) == len(drawn["runs"]["said"]) == season.metrics[0].n_runs
    assert all(low <= value <= high for low, value, high in
               zip(drawn["runs"]["low"], drawn["runs"]["value"], drawn["runs"]["high"], strict=True))  # fmt: skip
    assert drawn["alarms"]
    assert drawn["baseline"]["since"] <= drawn["baseline"]["until"] < drawn["alarms"][0]["at"]
    assert drawn["threshold"] == 4.0
    levels = client.get("/season/trace?metric=cadence").json()
    assert (levels["kind"], levels["unit"], levels["threshold"]) == ("level", "spm", None)


def test_two_periods_are_compared_with_intervals(client, runner):
    client.get("/season?now=true")
    page = client.get(PERIODS).text
    assert "From the first period to the second" in page
    assert re.search(r"towards the right \([\d.]+ to [\d.]+\): more than the 2 % that matters", page)
    both = re.findall(r"<dd>(.*?runs)</dd></div>", page.partition('class="answer"')[2].partition("</section>")[0])
    assert len(both) == 2


def test_the_order_of_choosing_does_not_matter(client, runner):
    client.get("/season?now=true")
    turned = "/season?metric=contact_time&first=2026-04-20&first_end=2026-02-20&second=2026-01-20&second_end=2025-11-01"
    told = [re.search(r'<p class="cue">(.*?)</p>', client.get(one).text) for one in (PERIODS, turned)]
    assert told[0] is not None
    assert told[1] is not None
    assert told[0][1] == told[1][1]


def test_too_few_runs_say_so(client, runner):
    client.get("/season?now=true")
    page = client.get(PERIODS.replace("first_end=2026-01-20", "first_end=2025-11-06")).text
    assert "Cannot tell: 2 runs in the first period" in page


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (("second=2026-02-20", "second=2026-01-10"), 422, "share a day"),
        (("&second_end=2026-04-20", ""), 422, "one of them is missing"),
        (("metric=contact_time", "metric=nothing"), 404, "No run of this season tells that"),
        (("2025-11-01", "soon"), 422, "cannot be read: first"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(client, runner, change, status, said):
    client.get("/season?now=true")
    answer = client.get(PERIODS.replace(*change))
    assert answer.status_code == status
    assert said in answer.text


def test_the_usual_comparisons_are_one_tap(client, runner):
    page = client.get("/season?now=true").text
    assert "Before and after the change" in page
    address = unescape(re.findall(r'<a class="button" href="([^"]+first=[^"]+)"', page)[0])
    assert 'class="answer"' in client.get(address).text


def test_the_table_is_folded_short_and_has_the_rest_on_demand(client, ada, store):
    keep_runs(store, ada.id, [1.0 + 0.2 * (i % 4) for i in range(50)])
    client.get("/season?now=true")
    page = client.get("/season").text
    assert page.count("<tr><td>") == 40
    assert "Show the 10 before, too" in page
    assert client.get("/season/runs?metric=contact_time").text.count("<tr><td>") == 50


def test_without_runs_there_is_a_way_on(client, ada):
    client.get("/season?now=true")
    assert "There are no runs yet." in client.get("/season").text
    assert client.get("/season/trace").status_code == 404


def test_the_picture_is_a_file_of_its_own(client, runner):
    client.get("/season?now=true")
    drawn = client.get("/season/picture.svg?metric=contact_time")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert drawn.text.startswith("<svg")


# -- in a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_season_in_a_browser(open_page, runner, size, scheme, look, axe):
    page = open_page("/season", size=size, scheme=scheme)
    page.wait_for_selector("#trace canvas")
    axe(page)
    look(page, f"season-{size}-{scheme}")


def test_two_periods_are_dragged_over_the_picture(open_page, runner, look, axe):
    page = open_page("/season", size="desk")
    page.wait_for_selector("#trace canvas")
    box = page.locator("#trace .u-over").bounding_box()
    for start, end in ((0.03, 0.4), (0.65, 0.97)):
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + start * box["width"], y)
        page.mouse.down()
        page.mouse.move(box["x"] + end * box["width"], y, steps=5)
        page.mouse.up()
    page.wait_for_selector("#compare .answer")
    assert "towards the right" in page.inner_text("#compare .answer")
    axe(page)
    look(page, "season-compared")
