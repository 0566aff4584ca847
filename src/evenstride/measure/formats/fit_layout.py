"""How are the rows of a FIT file laid out? One definition message each."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from evenstride.measure.formats.fit_profile import BASE_TYPES, TIMESTAMP, BaseType


class Field(NamedTuple):
    """One field of a row: where it lies and what it holds. ``base`` is None until a developer field is described."""

    number: int
    offset: int
    size: int
    base: BaseType | None
    developer_index: int | None = None


@dataclass(frozen=True)
class Layout:
    """One definition message: what the rows that follow it hold.

    ``spec`` is the definition without its first byte; ``has_developer`` says whether developer fields follow.
    """

    spec: bytes
    has_developer: bool

    @property
    def big_endian(self) -> bool:
        """Whether numbers are stored with their highest byte first."""
        return self.spec[1] == 1

    @property
    def global_number(self) -> int:
        """Which kind of message: 20 is a record, 18 a session."""
        return int.from_bytes(self.spec[2:4], "big" if self.big_endian else "little")

    @cached_property
    def size(self) -> int:
        """Bytes of one row, its header byte included."""
        end = 5 + 3 * self.spec[4]
        return 1 + sum(self.spec[6:end:3]) + sum(self.spec[end + 2 :: 3])

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field that holds bytes, in stored order, the developer fields last."""
        spec, offset, fields = self.spec, 1, []
        end = 5 + 3 * spec[4]
        for at in range(5, end, 3):
            fields.append(Field(spec[at], offset, spec[at + 1], BASE_TYPES[spec[at + 2] & 0x1F]))
            offset += spec[at + 1]
        for at in range(end + 1, len(spec), 3):
            fields.append(Field(spec[at], offset, spec[at + 1], None, spec[at + 2]))
            offset += spec[at + 1]
        return tuple(field for field in fields if field.size)

    @cached_property
    def time_offset(self) -> int | None:
        """Where in a row its full timestamp lies, or None."""
        offset = 1
        for at in range(5, 5 + 3 * self.spec[4], 3):
            if self.spec[at] == TIMESTAMP and self.spec[at + 1] == 4:
                return offset
            offset += self.spec[at + 1]
        return None
