"""Files that are served: whole, unchanged, small, and under an address that changes with them."""

import hashlib
from pathlib import Path

import pytest

import evenstride.web
from evenstride.web.statics import load_statics

ROOT = Path(evenstride.web.__file__).parent / "static"
VENDORED = {
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "uplot-1.6.32.min.js": "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
    "uplot-1.6.32.min.css": "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
}
"""As published in the packages htmx.org and uplot of these versions."""


@pytest.mark.parametrize(("name", "digest"), VENDORED.items())
def test_what_others_made_is_just_as_they_published_it(name, digest):
    assert hashlib.sha256((ROOT / "vendor" / name).read_bytes()).hexdigest() == digest


def test_what_others_made_has_its_licence_beside_it_and_is_named_in_the_notice():
    kept = {one.name for one in (ROOT / "vendor").iterdir()}
    assert kept == {*VENDORED, "htmx-LICENSE.txt", "uplot-LICENSE.txt"}
    notice = (ROOT.parents[3] / "NOTICE").read_text(encoding="utf8")
    assert "htmx 2.0.11" in notice
    assert "uPlot 1.6.32" in notice


def test_the_address_changes_with_the_content_of_any_file():
    one, other = load_statics(), load_statics()
    assert one.version == other.version
    assert one.address("evenstride.css") == f"/static/{one.version}/evenstride.css"


def test_a_file_that_is_not_there_is_a_bug_in_a_template_and_a_404_outside(client):
    with pytest.raises(KeyError):
        load_statics().address("nothing.css")
    assert client.get("/static/x/nothing.css").status_code == 404
    assert client.get("/static/x/../../settings.py").status_code == 404
    assert client.get("/static/x/%2e%2e/%2e%2e/settings.py").status_code == 404


def test_another_version_is_served_but_not_kept(client):
    assert client.get("/static/older/evenstride.css").headers["cache-control"] == "no-cache"


def test_a_browser_that_takes_gzip_gets_it_and_another_one_does_not(client):
    address = load_statics().address("evenstride.css")
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


def test_the_pictures_of_the_report_look_the_same_here(client):
    assert ".band-left" in client.get(load_statics().address("chart.css")).text
