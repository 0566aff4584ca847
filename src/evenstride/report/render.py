"""Templates to HTML: everything but the project's own pictures is escaped. Jinja is loaded here and only when asked."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from evenstride.report.looks import NO_BREAK, printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render(template: str, **values: Any) -> str:
    """Fill a template of the ``templates`` folder."""
    return _environment().get_template(template).render(**values)


def own(picture: str) -> "Markup":
    """Mark a picture of :mod:`evenstride.report.charts`, which escapes its own words, as finished HTML."""
    from markupsafe import Markup

    return Markup(picture)  # noqa: S704


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("evenstride.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )


def _finished(value: object) -> object:
    """A file's own words cannot steer the page, and no unit leaves its number at the end of a line."""
    if type(value) is not str:
        return value
    # A break that the words already hold stays, though it is no printable sign.
    whole = NO_BREAK.join(printable(part) for part in value.split(NO_BREAK))
    return whole.replace(" %", f"{NO_BREAK}%").replace(" ms", f"{NO_BREAK}ms")
