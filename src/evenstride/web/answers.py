"""How handlers answer: a page, a part of one, the way on after a change, and one sentence for whatever went wrong."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.types import Scope

from evenstride.errors import EvenstrideError, PlanConflict
from evenstride.model.profile import Units
from evenstride.report.units import distance_words, page_in_units, typed_sign
from evenstride.web.doors import Said, on_a_page
from evenstride.web.figures import Figures
from evenstride.web.home import NobodyYet, Site, WhoIsIt, home_for, site_of
from evenstride.web.safety import TOKEN_FIELD

STATUS: Mapping[str, int] = {
    "error": 400,
    "unreadable_input": 422,
    "unknown_format": 415,
    "not_an_activity": 422,
    "too_large": 413,
    "not_a_run": 422,
    "too_few_samples": 422,
    "invalid_request": 422,
    "unknown_athlete": 404,
    "athlete_exists": 409,
    "unknown_entry": 404,
    "plan_conflict": 409,
    "store_unavailable": 503,
    "store_damaged": 500,
    "newer_store": 503,
}
"""Kind of error → status, one line for each kind that there is."""
SAID = {403: "error.forged", 404: "error.not_found", 405: "error.method", 413: "error.too_large"}
"""Status of what is no error of evenstride's own → the text that tells it."""


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a whole page."""
    return HTMLResponse(render(request, template, **values), status_code=status)


def part(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a piece of a page, for htmx to put in its place."""
    return HTMLResponse(render(request, template, **values), status_code=status)


def render(request: Request, template: str, **values: Any) -> str:
    """Return a template filled in; beside its values it knows the request's own."""
    site = site_of(request)
    home = getattr(request.state, "home", None)
    token = site.tokens.token(request.state.visitor)
    units = units_of(request)
    shown = site.templates.get_template(template).render(
        here=request.scope["path"],
        athlete=home.profile.name if home else "",
        several=getattr(request.state, "several", False),
        token=token,
        form_token=lambda: Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token),
        distance=partial(distance_words, units=units),
        sign=partial(typed_sign, units=units),
        **values,
    )
    return page_in_units(shown, units)


def picture_file(request: Request, svg: str) -> Response:
    """Answer with a picture, in the units of whose it is."""
    return Response(page_in_units(svg, units_of(request)), media_type="image/svg+xml")


def units_of(request: Request) -> Units:
    """Return how whoever asks counts; metric where nobody is known."""
    home = getattr(request.state, "home", None)
    return home.profile.units if home else "metric"


def done(request: Request, address: str) -> Response:
    """Answer after a change that has no piece to show: go on at an address of ours."""
    if is_htmx(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def is_htmx(request: Request) -> bool:
    """Whether a piece was asked for and not a whole page."""
    return request.headers.get("hx-request") == "true"


def install(app: FastAPI) -> None:
    """Say how each kind of trouble is answered."""
    app.add_exception_handler(EvenstrideError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(NobodyYet, lambda request, _: done(request, "/welcome"))
    app.add_exception_handler(WhoIsIt, lambda request, _: done(request, "/who"))
    app.state.unforeseen = _unforeseen


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, EvenstrideError)  # noqa: S101  registered for this kind alone
    ways = error.ways_out if isinstance(error, PlanConflict) else ()
    texts = site_of(request).texts
    help_ = on_a_page("" if ways else error.help, texts)
    ways = tuple(said.text for one in ways if (said := on_a_page(one, texts)).text)
    return _said(request, STATUS[error.kind], on_a_page(error.text, texts).text or error.text, help_, ways)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this kind alone
    key = SAID.get(error.status_code, "error.other")
    with suppress(NobodyYet, WhoIsIt, EvenstrideError):  # whoever is here stays within the pages
        home_for(request)
    return _said(request, error.status_code, site_of(request).texts(key))


def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for this kind alone
    fields = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
    return _said(request, 422, site_of(request).texts("error.field", fields=fields))


def _unforeseen(scope: Scope) -> Response:
    request = Request(scope)
    return _said(request, HTTPStatus.INTERNAL_SERVER_ERROR, site_of(request).texts("error.ours"))


def _said(
    request: Request, status: int, text: str, help_: Said = Said(text=""), ways: tuple[str, ...] = ()  # noqa: B008
) -> HTMLResponse:  # fmt: skip
    """One sentence: on a page of its own, or where the page that asked keeps such sentences."""
    values = {"text": text, "help": help_, "ways": ways}
    if is_htmx(request):
        answer = part(request, "parts/trouble.html", status=status, **values)
        answer.headers.update({"HX-Retarget": "#said", "HX-Reswap": "innerHTML"})
        return answer
    return page(request, "trouble.html", status=status, **values)


def site_values(site: Site) -> dict[str, Any]:
    """Return what every template knows: texts, addresses of files, and figures of exercises."""
    return {"t": site.texts, "static": site.statics.address, "figures": Figures()}
