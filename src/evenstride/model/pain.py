"""A pain, as a runner tells it."""

from dataclasses import dataclass
from typing import Literal

from evenstride.model.profile import Side

PainKind = Literal["", "muscle", "joint", "sharp", "radiating"]


@dataclass(frozen=True, kw_only=True)
class Pain:
    """A pain, where it is and of what kind, as far as the runner says."""

    value_0_10: float
    site: str = ""
    side: Side | None = None
    kind: PainKind = ""

    def __post_init__(self) -> None:
        if not 0 <= self.value_0_10 <= 10:
            raise ValueError("pain is 0 to 10")
