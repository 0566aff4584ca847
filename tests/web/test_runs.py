"""Runs: listed by month, taken in while one looks on, shown in full, and what is said of them kept."""

import json
import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.datastructures import Headers
from tests.web.seasons import keep_runs

from evenstride.cli.main import _exit_code
from evenstride.model import SideCheck
from evenstride.report.words import answer
from evenstride.service.archive import importing
from evenstride.service.home import home_in, kept_run, kept_runs
from evenstride.service.run_list import KnownRuns, RunsAsked, list_runs
from evenstride.service.season import device_name
from evenstride.service.simulate import simulate_file
from evenstride.simulate import RunRecipe
from evenstride.store import add_side_check, run_entries, writing
from evenstride.store.importing import recording_id, remove_recording
from evenstride.web.pages.run_uploads import folder_name
from evenstride.web.safety import TOKEN_HEADER

FIRST = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Four runs of two months as FIT files: an even one, one with the right longer, one with the left, a short one."""
    folder = tmp_path_factory.mktemp("runs")
    told = {"even": (0.4, 40), "right": (7.5, 40), "left": (-7.5, 40), "short": (0.0, 8)}
    found = {}
    for n, (name, (index, minutes)) in enumerate(told.items()):
        recipe = RunRecipe(asymmetry_pct=index, minutes=minutes, memory_s=12.0, start=FIRST + timedelta(days=20 * n))
        found[name] = folder / f"{name}.fit"
        simulate_file(found[name], recipe, seed=n)
    return found


def home_of(store, athlete, clock):
    return home_in(store, athlete, clock())


@pytest.fixture
def kept(store, ada, clock, files):
    home = home_of(store, ada, clock)
    with importing(home, list(files.values()), jobs=1) as (_, steps):
        list(steps)
    return {run.recordings[0].report.source.name.removesuffix(".fit"): run for run in kept_runs(home)}


def sent(client, *named, join="", accept="application/json"):
    visitor = client.tokens
    if visitor.cookie not in client.cookies:
        client.get("/welcome")
    name = visitor.visitor_of(Headers({"cookie": f"{visitor.cookie}={client.cookies[visitor.cookie]}"}))
    headers = {TOKEN_HEADER: visitor.token(name), "Accept": accept}
    return client.post("/runs/upload", files=[("files", one) for one in named], data={"join": join}, headers=headers)


def over(client, address):
    """The import's page once it has nothing left to do."""
    for _ in range(600):
        text = client.get(address, headers={"HX-Request": "true"}).text
        if "hx-get" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("the import does not end")


# -- the list -------------------------------------------------------------------------------------------------------


def test_runs_stand_by_month_the_newest_first_in_the_words_of_the_command_line(client, kept):
    text = client.get("/runs").text
    assert [text.index(month) for month in ("May 2026", "April 2026", "March 2026")] == sorted(
        text.index(month) for month in ("May 2026", "April 2026", "March 2026")
    )
    for run in kept.values():
        assert f'href="/runs/{run.id}"' in text
        assert answer(run.recordings[0].report).chip in text
    assert "right longer" in text
    assert "too short" in text


def test_a_list_asks_no_more_often_for_more_runs_and_not_again_for_what_it_knows(client, kept, assert_queries):
    with assert_queries(9) as first:
        client.get("/runs")
    with assert_queries(len(first) - 3):
        client.get("/runs")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("verdict=right", {"right"}), ("verdict=left", {"left"}), ("q=even.fit", {"even"}),
        ("q=march", {"even", "right"}),
        ("tag=shoe%3Dblue", {"left"}), ("tag=shoe", {"left"}), ("q=nothing+like+it", set()),
        ("verdict=right&q=left.fit", set()),
    ],
)  # fmt: skip
def test_runs_are_found_by_verdict_words_and_tag(client, kept, asked, names):
    client.tell(f"/runs/{kept['left'].id}/tags", shoe="blue")
    text = client.get(f"/runs?{asked}").text
    assert {name for name, run in kept.items() if f'href="/runs/{run.id}"' in text} == names


@pytest.mark.parametrize("asked", ["verdict=nonsense", "before=2026-13", "before=x"])
def test_what_cannot_be_asked_is_one_sentence(client, kept, asked):
    answered = client.get(f"/runs?{asked}")
    assert answered.status_code == 422
    assert "trouble" in answered.text


def test_months_go_on_where_the_page_ended(client, kept, monkeypatch):
    monkeypatch.setattr("evenstride.service.run_list.RUNS_A_PAGE", 1)
    first = client.get("/runs").text
    address = re.search(r'hx-get="(/runs\?before=[^"]+)"', first)
    assert address
    more = client.get(address[1], headers={"HX-Request": "true"}).text
    assert "<h1" not in more
    assert kept["left"].id in more
    assert kept["short"].id not in more


def test_an_empty_store_offers_to_take_runs_in(client, ada):
    text = client.get("/runs").text
    assert "There are no runs yet." in text
    assert "Choose files" in text


# -- coming in ------------------------------------------------------------------------------------------------------


def test_each_file_is_told_in_the_words_of_the_command_line(client, store, ada, clock, files):
    even = files["even"].read_bytes()
    answered = sent(client, ("May/even.fit", even), ("again.fit", even), ("notes.fit", b"no recording"))
    text = over(client, answered.json()["address"])
    [run] = kept_runs(home_of(store, ada, clock))
    assert f'href="/runs/{run.id}"' in text
    assert ">new<" in text
    assert "taken in before, or the same file twice" in text
    assert ">failed<" in text
    assert "1 run was added from 3 files." in text
    assert run.recordings[0].report.source.name == "even.fit"


def test_without_a_script_a_form_leads_to_the_same_page(client, ada, files):
    answered = sent(client, ("even.fit", files["even"].read_bytes()), accept="text/html")
    assert answered.status_code == 303
    assert "<h1>Taking runs in</h1>" in client.get(answered.headers["location"]).text
    over(client, answered.headers["location"])


def test_files_sent_later_join(client, ada, files):
    first = sent(client, ("even.fit", files["even"].read_bytes())).json()
    second = sent(client, ("left.fit", files["left"].read_bytes()), join=first["import"]).json()
    assert first == second
    assert "2 runs were added from 2 files." in over(client, second["address"])


def test_an_upload_without_a_token_or_a_file_changes_nothing(client, store, ada, clock, files):
    client.get("/welcome")
    refused = client.post("/runs/upload", files=[("files", ("even.fit", files["even"].read_bytes()))])
    assert refused.status_code == 403
    assert sent(client).status_code == 422
    assert kept_runs(home_of(store, ada, clock)) == ()


def test_an_import_that_is_not_there_is_one_sentence(client, ada):
    assert client.get("/runs/imports/nothing").status_code == 404
    assert client.tell("/runs/imports/nothing/stop").status_code == 404


def test_no_name_leads_anywhere():
    assert folder_name("../../../etc/passwd") == "etc/passwd"
    assert folder_name("C:\\runs\\a.fit").endswith("a.fit")
    assert folder_name("\x1b[2J.fit") == "[2J.fit"


# -- one run --------------------------------------------------------------------------------------------------------


def test_the_answer_comes_first_and_is_the_command_lines(client, kept, store, ada, clock):
    run = kept["right"]
    text = client.get(f"/runs/{run.id}").text
    said = answer(kept_run(home_of(store, ada, clock), run.id).recordings[0].report)
    assert f"<h1>{said.text}</h1>" in text
    assert text.index(said.text) < text.index(said.meaning) < text.index("Through the run")
    assert text.index("of-left") < text.index("of-right")


def test_runs_before_and_after_lead_on(client, kept):
    text = client.get(f"/runs/{kept['right'].id}").text
    assert f'rel="prev" href="/runs/{kept["even"].id}"' in text
    assert f'rel="next" href="/runs/{kept["left"].id}"' in text
    assert 'rel="prev"' not in client.get(f"/runs/{kept['even'].id}").text


def test_the_picture_is_drawn_from_numbers_that_come_with_their_words(client, kept):
    document = client.get(f"/runs/{kept['right'].id}/series/0/0").json()
    found = document["difference"]
    assert len(found["t_s"]) == len(found["index_pct"]) == len(found["said"]) == len(document["legs"]["left"])
    assert all(one.startswith("right +") for one in found["said"] if one)
    pairs = zip(document["legs"]["left"], document["legs"]["right"], strict=True)
    assert all(left < right for left, right in pairs if left is not None)
    assert client.get(f"/runs/{kept['right'].id}/series/0/9").status_code == 404
    assert client.get(f"/runs/{kept['right'].id}/series/9/0").status_code == 404


def test_the_picture_is_a_file_too(client, kept):
    answered = client.get(f"/runs/{kept['right'].id}/trace.svg")
    assert answered.headers["content-type"] == "image/svg+xml"
    assert answered.text.startswith("<svg")


def test_the_original_comes_back_byte_for_byte(client, kept, files):
    run = kept["left"]
    sha = run.recordings[0].originals[0]
    answered = client.get(f"/runs/{run.id}/files/{sha}")
    assert answered.content == files["left"].read_bytes()
    assert answered.headers["content-disposition"] == "attachment; filename*=UTF-8''left.fit"
    assert client.get(f"/runs/{kept['even'].id}/files/{sha}").status_code == 404


def test_what_is_said_of_a_run_is_kept_and_what_cannot_be_is_one_sentence(client, kept, store, ada, clock):
    run = kept["even"].id
    assert client.tell(f"/runs/{run}/tags", note="felt  heavy", shoe="blue", kind="long").status_code == 303
    assert kept_run(home_of(store, ada, clock), run).tags == {"note": "felt heavy", "shoe": "blue", "kind": "long"}
    client.tell(f"/runs/{run}/tags", note="", shoe="blue")
    assert kept_run(home_of(store, ada, clock), run).tags == {"shoe": "blue"}
    wrong = client.tell(f"/runs/{run}/tags", kind="swim")
    assert (wrong.status_code, "There is no kind of run called swim" in wrong.text) == (422, True)


def test_a_run_is_left_out_and_taken_back(client, kept, store, ada, clock):
    run = kept["even"].id
    client.tell(f"/runs/{run}/leave-out", reason="borrowed watch")
    assert "Left out of the season: borrowed watch." in client.get(f"/runs/{run}").text
    assert "left out" in client.get("/runs").text
    client.tell(f"/runs/{run}/take-back")
    assert "exclude" not in kept_run(home_of(store, ada, clock), run).tags


def test_a_run_without_its_file_still_tells_its_answer(client, kept, store, ada):
    run = kept["right"]
    for one in (store.data / "originals" / ada.id).rglob("*"):
        if one.is_file():
            one.unlink()
    text = client.get(f"/runs/{run.id}").text
    assert "cannot be read, so there are no pictures" in text
    assert answer(run.recordings[0].report).text in text


def test_a_run_asks_a_fixed_number_of_times(client, kept, assert_queries):
    with assert_queries(12):
        client.get(f"/runs/{kept['left'].id}")


def test_a_run_that_is_not_there_is_one_sentence(client, ada):
    for address in ("/runs/2020-01-01", "/runs/2020-01-01/trace.svg", "/runs/2020-01-01/files/00"):
        assert client.get(address).status_code == 404
    assert client.tell("/runs/2020-01-01/tags", shoe="blue").status_code == 404


def test_where_the_device_swaps_the_legs_every_door_says_the_right_one(client, kept, store, ada, where, capsys):
    run = kept["right"]
    device = device_name(run.recordings[0].report)
    client.get("/runs")  # what is known by now counts no more
    add_side_check(
        store, ada.id,
        SideCheck(checked=date(2026, 3, 1), device=device, source="watch_balance", answer="swapped", leg="left",
                  method="limp", shift_pct=-9.0, low_pct=-10.0, high_pct=-8.0),
    )  # fmt: skip
    assert "Your left foot stayed down longer" in client.get(f"/runs/{run.id}").text
    assert run.id in client.get("/runs?verdict=left").text
    assert run.id not in client.get("/runs?verdict=right").text
    capsys.readouterr()
    assert _exit_code(["--data", str(where.data), "run", "list", "--json"]) == 0
    [told] = [one for one in json.loads(capsys.readouterr().out)["runs"] if one["id"] == run.id]
    assert told["answer"].startswith("Your left foot stayed down longer")


# -- in a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_in_a_browser(open_page, kept, size, scheme, look, axe):
    page = open_page("/runs", size=size, scheme=scheme)
    axe(page)
    look(page, f"runs-{size}-{scheme}")


def test_a_run_in_a_browser(open_page, kept, size, look, axe):
    page = open_page(f"/runs/{kept['right'].id}", size=size)
    page.locator(".uplot").first.wait_for()
    page.locator("[data-scrub]").first.focus()
    page.keyboard.press("ArrowRight")
    assert "right +" in page.locator("[data-readout]").first.inner_text()
    axe(page)
    look(page, f"run-{size}")
    page.get_by_role("button", name="Left and right").click()
    assert "ms" in page.locator("[data-readout]").first.inner_text()
    look(page, f"run-legs-{size}")


def test_files_are_chosen_sent_and_told_of(open_page, ada, files, look, axe):
    page = open_page("/runs")
    page.locator("#upload-files").set_input_files([str(files["even"]), str(files["right"])])
    page.get_by_text("2 runs were added from 2 files.").wait_for()
    axe(page)
    look(page, "runs-upload")
    page.locator(".outcomes").get_by_role("link").first.click()
    page.get_by_role("heading", level=1).wait_for()


@pytest.mark.parametrize("tone", ["", "ordinary"])
def test_a_run_that_is_taken_away_while_the_list_is_read_is_not_in_it(store, ada, clock, tone):
    keep_runs(store, ada.id, [4.0, 5.0, 6.0])
    home = home_in(store, ada, clock(), brief=True)
    before = run_entries(home.store, ada.id)
    with writing(store, ada.id) as connection:
        remove_recording(connection, ada.id, recording_id((f"{1:064x}",), 0))
    found = list_runs(home, RunsAsked(tone=tone), KnownRuns())
    assert len(before) == 3
    assert len([one for month in found.months for one in month.runs]) == 2
