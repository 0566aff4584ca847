"""What every run has to be read for: where that is not done yet, the page says so at once and comes when it is."""

from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from evenstride.service.home import Home
from evenstride.service.season import knows_season
from evenstride.web.answers import is_htmx, page


def said_first(request: Request, here: Home, key: str) -> Response | None:
    """Return the page that says it; None where everything is at hand, or where it was said before (``now``)."""
    asked = request.query_params
    if asked.get("now") or is_htmx(request) or knows_season(here):
        return None
    again = [(name, value) for name, value in asked.multi_items() if name != "now"]
    return page(request, "waits.html", key=key, address=f"/{key}?{urlencode([*again, ('now', 'true')])}")
