"""Pictures on disk, as SVG or PNG by the name's ending; a PNG needs no font and no browser on the machine."""

import re
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from evenstride.errors import InvalidRequest

FONT = "Evenstride Sans"
"""The letters that are shipped beside this file; signs outside them come from the machine's fonts, where it has any."""
ZOOM = 2.0
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_DEFINED = re.compile(r"(--[\w-]+):([^;}]+);?")
_USED = re.compile(r"var\((--[\w-]+)\)")
_FAMILY = re.compile(r"(font:\s*[\w.]+\s+)[^;}]+")


def write_picture(svg: str, out: Path) -> None:
    """Write a picture as what its name says, making its folder.

    Raises
    ------
    InvalidRequest
        When the name ends in anything but .svg or .png, or the place cannot be written.
    """
    data = _FORMS[_ending(out)](svg)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise InvalidRequest(f"{out} cannot be written: {error.strerror}.", help="Name another place.") from None


def check_picture_name(out: Path) -> None:
    """Raise InvalidRequest now rather than after the work when a picture cannot have this name."""
    _ending(out)


def png_bytes(svg: str, *, zoom: float = ZOOM) -> bytes:
    """Return a picture of :mod:`evenstride.report` as a PNG in light colours, ``zoom`` pixels per unit.

    >>> from evenstride.report.example_season import example_season
    >>> from evenstride.report.season_picture import season_picture
    >>> png_bytes(season_picture(example_season()))[:4]
    b'\\x89PNG'
    """
    from resvg_py import svg_to_bytes

    ground = dict(_DEFINED.findall(_DARK.sub("", svg))).get("--card", "#fff")
    return bytes(
        svg_to_bytes(svg_string=plain(svg), background=ground, zoom=zoom, font_files=_fonts(), font_family=FONT)
    )


def plain(svg: str) -> str:
    """Return a picture without what only browsers know: variables become their light values, the font its own name.

    >>> plain("<style>svg{--ink:#111}@media(prefers-color-scheme:dark){svg{--ink:#eee}}path{stroke:var(--ink)}</style>")
    '<style>svg{}path{stroke:#111}</style>'
    """
    light = _DARK.sub("", svg)
    values = dict(_DEFINED.findall(light))
    written = _USED.sub(lambda used: values.get(used[1], used[0]), _DEFINED.sub("", light))
    return _FAMILY.sub(rf'\g<1>"{FONT}"', written)


def _ending(out: Path) -> str:
    ending = out.suffix.lower()
    if ending not in _FORMS:
        named = f"ends in {out.suffix}" if out.suffix else "has no ending"
        raise InvalidRequest(
            f"A picture is written as SVG or PNG, and {out.name} {named}.", help="Name a file in .svg or .png."
        )
    return ending


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    folder = files("evenstride.report").joinpath("fonts")
    with as_file(folder) as path:
        return [str(path / name) for name in ("sans.ttf", "sans-bold.ttf")]


_FORMS = {".svg": lambda svg: svg.encode("utf8"), ".png": png_bytes}
