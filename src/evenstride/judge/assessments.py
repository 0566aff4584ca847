"""The tests of each leg, as data: what ``assessments.toml`` beside this file says.

Adding a test is adding a table there; ``docs/methods/screen.md`` has a section for each.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from evenstride.model import Assessment, Norm


@cache
def assessments() -> Mapping[str, Assessment]:
    """Every test by its name, in the order in which they are listed.

    >>> hop = assessments()["single_leg_hop"]
    >>> hop.unit, hop.trials, hop.summary, hop.target_ratio_pct
    ('cm', 3, 'mean', 90.0)
    """
    text = files("evenstride.judge").joinpath("assessments.toml").read_text(encoding="utf8")
    return MappingProxyType({name: _assessment(name, said) for name, said in tomllib.loads(text).items()})


def _assessment(name: str, said: dict[str, Any]) -> Assessment:
    norm_source = said.pop("norm_source", "")
    norms = tuple(norm for row in said.pop("norms", ()) for norm in _norms(row, norm_source))
    values = {key: _value(key, value) for key, value in said.items()}
    return Assessment(name=name, norms=norms, **values)


def _value(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return float(value) if type(value) is int and key != "trials" else value


def _norms(row: Mapping[str, Any], source: str) -> Iterator[Norm]:
    for sex in ("female", "male"):
        yield Norm(age_from=row["age_from"], age_to=row["age_to"], value=float(row[sex]), sex=sex, source=source)
