"""What a request has to pass and what an answer carries, on every address that there is."""

import re
from dataclasses import replace

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from evenstride.web.app import OTHERS, PAGES, make_app
from evenstride.web.safety import CSP, HEADERS, is_own_host, is_own_origin

SAFE = {"GET", "HEAD", "OPTIONS"}
ROUTES = [one for router in (*(page.router for page in PAGES), *OTHERS) for one in router.routes]
UNSAFE = [one.path for one in ROUTES if isinstance(one, APIRoute) and (one.methods or set()) - SAFE]


@pytest.mark.parametrize("address", ["/", "/welcome", "/nowhere", "/static/none/evenstride.css"])
def test_every_answer_carries_the_policy_and_its_companions(client, address):
    headers = client.get(address).headers
    for name, value in HEADERS.items():
        assert headers[name] == value


def test_the_policy_lets_nothing_run_that_is_not_a_file_of_ours():
    assert "unsafe" not in CSP
    assert "frame-ancestors 'none'" in CSP
    assert "default-src 'self'" in CSP


def test_pages_are_never_kept_by_caches_and_files_for_ever(client, app):
    assert client.get("/welcome").headers["cache-control"] == "no-store"
    address = app.state.site.statics.address("evenstride.css")
    assert "immutable" in client.get(address).headers["cache-control"]


@pytest.mark.parametrize("address", UNSAFE)
def test_nothing_is_changed_without_the_token(client, planned, address):
    client.get("/")
    answer = client.post(re.sub(r"{\w+}", "x", address), data={"name": "Eve", "athlete": planned.id})
    assert answer.status_code == 403
    assert "another visit" in answer.text


def test_the_token_of_another_visitor_is_refused(app, planned, client):
    other = TestClient(app)
    other.get("/")
    jar = app.state.site.tokens
    stolen = jar.token("somebody else")
    client.get("/")
    answer = client.post("/who", data={"athlete": planned.id, "token": stolen})
    assert answer.status_code == 403


def test_a_cookie_that_we_did_not_sign_is_replaced(client):
    client.cookies.set("evenstride_80", "made-up.signature")
    assert "evenstride_80=" in client.get("/welcome").headers["set-cookie"]


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(client):
    cookie = client.get("/welcome").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_form_on_another_page_is_refused_before_its_body_is_read(client, origin):
    client.get("/welcome")
    assert client.post("/welcome", data={"name": "Eve"}, headers={"Origin": origin}).status_code == 403


def test_the_own_origin_passes_whatever_the_scheme_in_front():
    assert is_own_origin({"origin": "http://localhost:8321", "host": "localhost:8321"})
    assert is_own_origin({"host": "localhost:8321"})
    assert not is_own_origin({"host": "localhost:8321", "sec-fetch-site": "cross-site"})


@pytest.mark.parametrize(
    ("host", "bound", "ours"),
    [
        ("localhost:8321", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:8321", "127.0.0.1", True),
        ("rebound.example", "127.0.0.1", False),
        ("192.168.1.7:8321", "127.0.0.1", False),
        ("192.168.1.7:8321", "0.0.0.0", True),
        ("rebound.example", "0.0.0.0", False),
        ("studio.local", "0.0.0.0", False),
        ("testserver", "0.0.0.0", True),
        ("", "127.0.0.1", False),
        ("[", "127.0.0.1", False),
    ],
)
def test_only_names_that_cannot_be_pointed_here_by_others_are_answered(settings, host, bound, ours):
    assert is_own_host(host, replace(settings, host=bound)) is ours


def test_a_rebound_name_gets_no_page_and_no_cookie(client):
    answer = client.get("/welcome", headers={"Host": "rebound.example"})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


def test_a_body_larger_than_a_form_is_refused_by_what_it_says(client):
    assert client.post("/welcome", content=b"x" * (1 << 20) + b"x").status_code == 413


def test_a_body_that_does_not_say_its_length_is_stopped_on_the_way(client):
    client.get("/welcome")
    answer = client.post(
        "/welcome", content=(b"name=" + b"x" * 65536 for _ in range(40)),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert answer.status_code == 413


def test_what_nobody_foresaw_is_a_plain_page_without_a_trace(store, settings, ada, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("evenstride.web.pages.today.today_at", broken)
    answer = TestClient(make_app(settings, store)).get("/")
    assert answer.status_code == 500
    assert "not your doing" in answer.text
    assert "inside" not in answer.text
    assert answer.headers["content-security-policy"] == CSP
    assert "a secret of the inside" in caplog.text


def test_no_address_describes_the_others(client):
    for address in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(address).status_code == 404
