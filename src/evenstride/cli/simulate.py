"""`evenstride simulate run`: one run whose truth is known."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from evenstride.cli.show import print_json
from evenstride.errors import InvalidRequest
from evenstride.service.simulate import simulate_file
from evenstride.simulate import RECIPE_FIELDS, RunRecipe, Sensor, truth_document
from evenstride.simulate.recipe import SensorKind


def simulate_run_command(
    out: Path,
    *,
    asymmetry: float | None,
    minutes: float | None,
    sensors: Sequence[str],
    settings: Sequence[str],
    seed: int,
) -> int:
    """Write the run, print its truth as JSON."""
    values: dict[str, Any] = dict(parse_setting(setting) for setting in settings)
    named = {"asymmetry_pct": asymmetry, "minutes": minutes}
    values |= {name: value for name, value in named.items() if value is not None}
    if sensors:
        values["sensors"] = tuple(parse_sensor(text) for text in sensors)
    written = simulate_file(out, RunRecipe(**values), seed=seed)
    print_json(truth_document(written.truth) | {"file": str(written.path), "seed": seed})
    return 0


def parse_setting(setting: str) -> tuple[str, Any]:
    """Read ``name=value`` for any field of a recipe, the value in the field's own type.

    >>> parse_setting("grade_sd_pct=2.5")
    ('grade_sd_pct', 2.5)
    """
    name, equals, text = setting.partition("=")
    name = name.strip().replace("-", "_")
    known = {one.name: one for one in fields(RunRecipe) if isinstance(one.default, str | int | float)}
    if not equals or name not in known:
        raise InvalidRequest(
            f"{setting!r} is no setting of a run.", help=f"Write name=value; names: {', '.join(sorted(known))}."
        )
    default = known[name].default
    try:
        if isinstance(default, bool):
            return name, {"yes": True, "true": True, "no": False, "false": False}[text.strip().lower()]
        convert: Callable[[str], Any] = type(default)
        return name, convert(text.strip())
    except (ValueError, KeyError):
        kind = {bool: "yes or no", int: "a whole number", float: "a number"}.get(type(default), "a word")
        raise InvalidRequest(f"{name} needs {kind}, not {text!r}: {RECIPE_FIELDS[name]}.") from None


def parse_sensor(text: str) -> Sensor:
    """Read ``kind`` or ``kind:bias_pct``.

    >>> parse_sensor("runscribe:-4.8").bias_pct
    -4.8
    """
    kind, _, bias = text.partition(":")
    try:
        bias_pct = float(bias or 0)
    except ValueError:
        raise InvalidRequest(f"The bias of {kind} must be a number, not {bias!r}.") from None
    return Sensor(kind=cast(SensorKind, kind.strip()), bias_pct=bias_pct)  # Sensor itself refuses unknown kinds
