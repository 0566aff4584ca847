"""The review's tables: TOML files beside the code, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return what one of the TOML files beside this one says.

    >>> table("rest")["limits"]["range_sd"]
    2.0
    """
    text = files("evenstride.review").joinpath(f"{name}.toml").read_text(encoding="utf8")
    return MappingProxyType(tomllib.loads(text))


def limits(name: str) -> Mapping[str, Any]:
    """Return the figures of a table, each of which stands there once, with what it is.

    >>> limits("decisions")["adherence_low"]
    0.6
    """
    figures: Mapping[str, Any] = table(name)["limits"]
    return figures
