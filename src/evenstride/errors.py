"""Everything that evenstride raises on purpose.

::

    EvenstrideError                 a sentence for the person, and what would help
    ├── UnreadableInput             these bytes hold nothing that can be read
    │   ├── UnknownFormat           no reader recognises the content
    │   ├── NotAnActivity           a readable file of another kind (settings, workout, monitoring …)
    │   └── TooLarge                beyond a stated limit (zip and gzip bombs stop here)
    ├── NotARun                     an activity of another sport
    ├── TooFewSamples               under ten usable minutes; knows how many more are needed
    ├── InvalidRequest              an argument that cannot be served as asked
    │   ├── UnknownAthlete          nobody of that name is kept, or it is not said who is meant
    │   ├── AthleteExists           somebody of that name is kept already
    │   └── UnknownEntry            no run, test or session with that identifier is kept
    ├── PlanConflict                rules and inputs of a programme exclude one another; knows which, and the ways out
    └── StoreUnavailable            the database or the data folder cannot be used as it is
        ├── StoreDamaged            something that was kept is gone or altered
        └── NewerStore              written by a newer version

Whatever else is raised is a bug and must surface. The command line maps each kind to an exit code, the web to a status.
"""


class EvenstrideError(Exception):
    """A sentence for the person (``text``) and what would help (``help``)."""

    kind = "error"
    exit_code = 1

    def __init__(self, text: str, *, help: str = "") -> None:  # noqa: A002  the contract's own field name
        super().__init__(text)
        self.text = text
        self.help = help


class UnreadableInput(EvenstrideError):
    """These bytes hold nothing that can be read."""

    kind = "unreadable_input"


class UnknownFormat(UnreadableInput):
    """No reader recognises the content."""

    kind = "unknown_format"


class NotAnActivity(UnreadableInput):
    """A readable file of another kind: settings, a workout, monitoring."""

    kind = "not_an_activity"


class TooLarge(UnreadableInput):
    """Beyond a stated limit."""

    kind = "too_large"


class NotARun(EvenstrideError):
    """An activity of another sport."""

    kind = "not_a_run"


class TooFewSamples(EvenstrideError):
    """Under ten usable minutes of running.

    ``usable_minutes`` is what there was, ``minutes_needed`` how many more would give an interval.
    """

    kind = "too_few_samples"

    def __init__(self, text: str, *, usable_minutes: float, minutes_needed: float) -> None:
        super().__init__(text, help="Record a longer run, or check that the sensor was worn from the start.")
        self.usable_minutes = usable_minutes
        self.minutes_needed = minutes_needed


class InvalidRequest(EvenstrideError):
    """An argument that cannot be served as asked."""

    kind = "invalid_request"


class UnknownAthlete(InvalidRequest):
    """Nobody of that name is kept, or it is not said who is meant."""

    kind = "unknown_athlete"


class AthleteExists(InvalidRequest):
    """Somebody of that name is kept already."""

    kind = "athlete_exists"


class UnknownEntry(InvalidRequest):
    """No run, test or session with that identifier is kept."""

    kind = "unknown_entry"


class PlanConflict(EvenstrideError):
    """Rules and inputs of a programme exclude one another.

    ``rules`` and ``inputs`` are the fewest that do, ``ways_out`` the cheapest changes that help.
    """

    kind = "plan_conflict"

    def __init__(
        self, text: str, *, rules: tuple[str, ...], inputs: tuple[str, ...], ways_out: tuple[str, ...]
    ) -> None:
        super().__init__(text, help=" Or: ".join(ways_out))
        self.rules = rules
        self.inputs = inputs
        self.ways_out = ways_out


class StoreUnavailable(EvenstrideError):
    """The database or the data folder cannot be used as it is."""

    kind = "store_unavailable"


class StoreDamaged(StoreUnavailable):
    """Something that was kept is gone or altered."""

    kind = "store_damaged"


class NewerStore(StoreUnavailable):
    """A database or backup written by a newer version."""

    kind = "newer_store"
