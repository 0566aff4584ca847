import re
from datetime import UTC, datetime, timedelta

from evenstride.model import RunReport, Source
from evenstride.report.example import example_estimate, example_report
from evenstride.report.overview import dated_runs, overview_page


def run(day: int, index_pct: float, verdict: str) -> RunReport:
    return example_report(
        estimate=example_estimate(index_pct=index_pct, verdict=verdict),
        start=datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=day),
        source=Source(name=f"day{day}.fit", sha256="0", format="fit"),
    )


ENTRIES = [
    (run(4, 5.5, "right_longer"), "b.html"),
    (run(1, 1.0, "ordinary"), "a.html"),
    (example_report(judged=()), "c.html"),
]


def test_runs_are_counted_by_what_was_found() -> None:
    assert "3 runs: 1 right longer, 1 ordinary, 1 without left and right." in overview_page(ENTRIES)


def test_runs_stand_in_the_order_of_their_days() -> None:
    table = overview_page(ENTRIES).split("<table")[1]
    assert re.findall(r'href="(\w\.html)"', table) == ["a.html", "c.html", "b.html"]


def test_every_whisker_leads_to_its_page() -> None:
    picture = overview_page(ENTRIES).split("<table")[0]
    assert set(re.findall(r'<a href="(\w\.html)"', picture)) == {"a.html", "b.html"}


def test_a_hostile_name_stays_a_name() -> None:
    entry = example_report(source=Source(name="<script>\"'</script>", sha256="0", format="fit"))
    assert "<script" not in overview_page([(entry, '"><script>')], failed=[("<script>", "<b>")])


def test_runs_that_cannot_be_drawn_still_have_their_lines() -> None:
    page = overview_page([(example_report(judged=()), "c.html")], failed=[("bad.fit", "Nothing can be read.")])
    assert "<svg" not in page
    assert "c.html" in page
    assert "Nothing can be read." in page


def test_hundreds_of_runs_keep_their_whiskers_inside_the_picture() -> None:
    page = overview_page([(run(day, 1.0, "ordinary"), f"{day}.html") for day in range(400)])
    places = [float(x) for x in re.findall(r'class="dot" d="M([\d.]+)', page)]
    assert len(places) == 800
    assert max(places) < 980


def test_runs_of_several_years_carry_their_year_on_the_axis():
    from dataclasses import replace

    later = replace(example_report(), start=example_report().start.replace(year=2027))
    entries = [(example_report(), "a.html"), (later, "b.html")]
    assert [run.day for run in dated_runs(entries)[0]] == ["4 May 26", "4 May 27"]
    assert [run.day for run in dated_runs(entries[:1])[0]] == ["4 May"]
