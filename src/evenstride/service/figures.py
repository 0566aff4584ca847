"""The figure of an exercise as files: either leg working, still or moving; drawn once, and under a version."""

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from evenstride.model.profile import Side
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.catalogue.movements import load_movements
from evenstride.plan.movement.mirror import mirrored
from evenstride.report.movement_picture import alternative, moving_picture, still_picture

FIGURES_KEPT = 400
"""A still and a moving one of each side of every exercise, of about 5 kB each."""
_MADE_OF = (("evenstride.plan", "catalogue"), ("evenstride.plan", "movement"), ("evenstride", "report"))


def has_figure(exercise: str) -> bool:
    """Whether an exercise can be shown."""
    return exercise in load_movements()


def is_one_sided(exercise: str) -> bool:
    """Whether it is worth seeing either leg work.

    >>> is_one_sided("pistol_squat"), is_one_sided("squat")
    (True, False)
    """
    return load_catalogue().exercises[exercise].sides == "one"


@lru_cache(maxsize=FIGURES_KEPT)
def figure(exercise: str, side: Side, *, moving: bool) -> str:
    """Return an SVG file's text of an exercise of the catalogue with ``side`` working, in the ink of who shows it.

    >>> ["<animate" in figure("clam_shell", "left", moving=moving) for moving in (True, False)]
    [True, False]
    """
    movement = load_movements()[exercise]
    movement = movement if movement.side == side else mirrored(movement)
    draw = moving_picture if moving else still_picture
    return draw(movement, load_catalogue().exercises[exercise])


@cache
def figure_words(exercise: str, side: Side) -> str:
    """Return what a figure shows in one sentence, for those who do not see it.

    >>> figure_words("pistol_squat", "left").endswith("Left leg.")
    True
    """
    movement = load_movements()[exercise]
    movement = movement if movement.side == side else mirrored(movement)
    return alternative(movement, load_catalogue().exercises[exercise])


@cache
def figures_version() -> str:
    """Return a name that changes with anything that a figure is drawn from or by.

    Drawing all of them to look at what came out would take seconds; what they are made of is read in milliseconds.
    """
    digest = hashlib.sha256()
    for package, folder in _MADE_OF:
        for name, content in sorted(_sources(files(package).joinpath(folder), "")):
            digest.update(f"{folder}/{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir() and not one.name.startswith("__") and folder.name != "report":
            yield from _sources(one, f"{prefix}{one.name}/")
        elif one.name.endswith((".py", ".toml")) and (folder.name != "report" or _draws(one.name)):
            yield f"{prefix}{one.name}", one.read_bytes()


def _draws(name: str) -> bool:
    return name.startswith("movement_") or name == "looks.py"
