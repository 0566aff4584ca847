"""Pains, stiffness and ratings as people type them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import cast, get_args

from evenstride.errors import InvalidRequest
from evenstride.model import ITEM_MAX, ChecklistItem, Pain, PainKind, Side, Stiffness

SIDE_WORDS = get_args(Side)
PAIN_KINDS = tuple(one for one in get_args(PainKind) if one)
_NUMBER = re.compile(r"\d+(\.\d+)?")
_NEAR = 0.6
_RATING = re.compile(r"(?P<item>[^\d=:]+?)\s*[ =:]\s*(?P<value>\d+)")


def read_pain(text: str) -> Pain:
    """Read a pain: how bad it is from 0 to 10, then where, on which side, of what kind, in any order.

    >>> read_pain("3 right knee joint")
    Pain(value_0_10=3.0, site='knee', side='right', kind='joint')
    """
    words = text.lower().replace("/10", "").split()
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    if len(numbers) != 1 or not 0 <= float(numbers[0]) <= 10:
        raise InvalidRequest(
            f"The pain {text!r} does not say how bad it is from 0 to 10.", help='For example: "3 right knee joint".'
        )
    return pain_of(float(numbers[0]), [word for word in words if word not in numbers])


def pain_of(value_0_10: float, words: Sequence[str]) -> Pain:
    """Return a pain of what was said of it besides its number."""
    sides = [word for word in words if word in SIDE_WORDS]
    kinds = [word for word in words if word in PAIN_KINDS]
    if len(sides) > 1 or len(kinds) > 1:
        raise InvalidRequest(
            f"The pain {' '.join(words)!r} names more than one side or kind.", help="Tell each pain by itself."
        )
    site = " ".join(word for word in words if word not in (*sides, *kinds))
    side, kind = cast(list[Side], sides), cast(list[PainKind], kinds)
    return Pain(value_0_10=value_0_10, site=site, side=side[0] if side else None, kind=kind[0] if kind else "")


def read_stiffness(text: str) -> Stiffness:
    """Read how stiff a joint is, 0 to 10.

    >>> read_stiffness("left ankle 4")
    Stiffness(joint='ankle', value_0_10=4.0, side='left')
    """
    words = text.lower().replace("/10", "").split()
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    sides = [word for word in words if word in SIDE_WORDS]
    joint = " ".join(word for word in words if word not in (*numbers, *sides))
    if len(numbers) != 1 or not 0 <= float(numbers[0]) <= 10 or len(sides) > 1 or not joint:
        said = f"The stiffness {text!r} does not say which joint and how stiff, 0 to 10."
        raise InvalidRequest(said, help='For example: "left ankle 4".')
    side = cast(list[Side], sides)
    return Stiffness(joint=joint, value_0_10=float(numbers[0]), side=side[0] if side else None)


def read_ratings(texts: Iterable[str], items: Sequence[ChecklistItem]) -> Mapping[str, int]:
    """Read ratings of a checklist: each item by its name or the beginning of it, 0 to 4.

    >>> from evenstride.review.checklist import load_checklists
    >>> read_ratings(["limb alignment 3, arm=4"], load_checklists()["run"])
    {'limb_alignment': 3, 'arm_swing': 4}
    """
    found: dict[str, int] = {}
    for part in (one.strip() for text in texts for one in text.split(",")):
        if not part:
            continue
        said = _RATING.fullmatch(part)
        if said is None or int(said["value"]) > ITEM_MAX:
            raise InvalidRequest(
                f"The rating {part!r} is no item with 0 to {ITEM_MAX}.", help=f'For example: "{items[0].id} 3".'
            )
        found[_item(said["item"], items)] = int(said["value"])
    return found


def _item(text: str, items: Sequence[ChecklistItem]) -> str:
    asked = slug(text)
    near = [one.id for one in items if one.id == asked] or [one.id for one in items if one.id.startswith(asked)]
    if len(near) == 1:
        return near[0]
    meant = suggestion(asked, [one.id for one in items])
    raise InvalidRequest(
        f"The checklist has no item {text.strip()!r}.{meant}", help=f"It has: {', '.join(one.id for one in items)}."
    )


def slug(text: str) -> str:
    """Return a name as the catalogue writes it.

    >>> slug(" Split-Squat ")
    'split_squat'
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def suggestion(asked: str, known: Iterable[str]) -> str:
    """Return the near misses of a name as a question, or nothing.

    >>> suggestion("splt_squat", ["split_squat", "step_up"])
    ' Did you mean split_squat?'
    """
    near = get_close_matches(asked, list(known), n=2, cutoff=_NEAR)
    return f" Did you mean {' or '.join(near)}?" if near else ""
