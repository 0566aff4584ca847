"""Every English text of the pages, by key, from one catalogue of small files: ``en/today.toml`` holds ``today.…``.

A text is one sentence with named values, ``"{n} runs"``, or a table of plural forms, ``{one = "…", other = "…"}``, of
which ``n`` chooses. Another language is another folder with the same keys.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LANGUAGE = "en"
FORMS = frozenset({"one", "other"})


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The catalogue of one language."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, **values: Any) -> str:
        """Return the text of a key with its values; a key that is not there is a bug and raises KeyError."""
        entry = self.entries[key]
        text = entry if isinstance(entry, str) else entry["one" if values["n"] == 1 else "other"]
        return text.format_map(values) if values else text


@cache
def load_texts(language: str = LANGUAGE) -> Texts:
    """Return the catalogue of a language; read once.

    >>> load_texts()("nav.today")
    'Today'
    """
    entries: dict[str, str | Mapping[str, str]] = {}
    for file in sorted(files(__name__).joinpath(language).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text(encoding="utf8"))
            entries |= dict(_flat(file.name.removesuffix(".toml"), table))
    return Texts(language=language, entries=MappingProxyType(entries))


def _flat(prefix: str, table: Mapping[str, Any]) -> list[tuple[str, str | Mapping[str, str]]]:
    found: list[tuple[str, str | Mapping[str, str]]] = []
    for name, value in table.items():
        if isinstance(value, str) or set(value) <= FORMS:
            found.append((f"{prefix}.{name}", value))
        else:
            found += _flat(f"{prefix}.{name}", value)
    return found
