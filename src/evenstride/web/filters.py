"""How sentences of the core stand on a page: with a capital, days as people write them, rules that can be touched."""

import re
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup, escape

from evenstride.report.numbers import day_words

_RULE = re.compile(r"\b(R-[A-Z0-9]+(?:-[A-Z0-9]+)*)\b")
_DECISION = re.compile(r"\b(D-[A-Z0-9]+(?:-[A-Z0-9]+)*)\b")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?!-)")


def begun(text: str) -> str:
    """Begin a sentence with a capital.

    >>> begun("record left and right"), begun("")
    ('Record left and right', '')
    """
    return text[:1].upper() + text[1:]


def dated(text: str) -> str:
    """Write days as people do; names of sessions, which begin with a day, stay.

    >>> dated("calf raise on 2026-10-28: right"), dated("2026-10-28-strength-1")
    ('calf raise on 28 October 2026: right', '2026-10-28-strength-1')
    """
    return _DAY.sub(_day, text)


def ruled(text: str) -> Markup:
    """Let each rule that a sentence names lead to why it is there; its name is never cut at the end of a line.

    >>> str(ruled("to the end (R-24H)"))
    'to the end (<a class="rule-id" href="/plan/why?of=R-24H">R-24H</a>)'
    """
    safe = str(escape(text))
    safe = _RULE.sub(r'<a class="rule-id" href="/plan/why?of=\1">\1</a>', safe)
    return Markup(_DECISION.sub(r'<span class="rule-id">\1</span>', safe))  # noqa: S704  escaped above


def _day(match: re.Match[str]) -> str:
    try:
        return day_words(date.fromisoformat(match[0]))
    except ValueError:
        return match[0]


FILTERS: Mapping[str, object] = {
    "begun": begun, "dated": dated, "ruled": ruled, "whole": lambda value: f"{value:.0f}",
}  # fmt: skip
"""By the name that templates use."""
