"""An athlete's profile as words: what a person types for each field, as options or as a file, and back.

Every ``read_…`` function takes one text and raises :class:`~evenstride.errors.InvalidRequest` with a sentence that
names the very part that is wrong, and an example that works. Every ``…_words`` function writes what its reader reads.
"""

from evenstride.service.profile_text.body import EQUIPMENT, leg_length_words, read_name, read_side
from evenstride.service.profile_text.fields import ProfileWords, altered
from evenstride.service.profile_text.file import profile_toml, read_profile_toml
from evenstride.service.profile_text.history import injury_words, race_words, restriction_words
from evenstride.service.profile_text.targets import target_words
from evenstride.service.profile_text.week import WEEKDAYS, free_words, run_words

__all__ = [
    "EQUIPMENT",
    "WEEKDAYS",
    "ProfileWords",
    "altered",
    "free_words",
    "injury_words",
    "leg_length_words",
    "profile_toml",
    "race_words",
    "read_name",
    "read_profile_toml",
    "read_side",
    "restriction_words",
    "run_words",
    "target_words",
]
