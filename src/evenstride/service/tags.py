"""What a runner can say of a run that its file cannot: names, and what each may hold."""

from evenstride.errors import InvalidRequest

TAGS = ("shoe", "surface", "kind", "treadmill", "effort", "note", "exclude")
KINDS = ("easy", "long", "intervals", "tempo", "hills", "race")
EFFORT_MAX = 10.0
TAG_CHARS_MAX = 200


def read_tag(text: str) -> tuple[str, str | None]:
    """Read ``name=value``; an empty value takes the tag away.

    Raises
    ------
    InvalidRequest
        No such name, or a value that cannot be.

    Examples
    --------
    >>> read_tag("shoe=blue"), read_tag("exclude=")
    (('shoe', 'blue'), ('exclude', None))
    """
    name, equals, value = text.partition("=")
    name, value = name.strip().lower(), value.strip()
    if not equals or name not in TAGS:
        raise InvalidRequest(f"{text} is no tag.", help=f"Write name=value; the names are {', '.join(TAGS)}.")
    if not value.isprintable() or len(value) > TAG_CHARS_MAX:
        raise InvalidRequest(f"This is too much for {name}.", help=f"Use up to {TAG_CHARS_MAX} plain characters.")
    if name == "kind" and value and value not in KINDS:
        raise InvalidRequest(f"There is no kind of run called {value}.", help=f"Choose one of {', '.join(KINDS)}.")
    if name == "effort" and value and not (value.replace(".", "", 1).isdigit() and float(value) <= EFFORT_MAX):
        raise InvalidRequest(f"{value} is no effort.", help="Say it from 0 (none) to 10 (all out), as effort=4.")
    return name, value or None
