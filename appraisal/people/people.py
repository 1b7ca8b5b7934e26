"""Orders that name people."""

from collections.abc import Sequence

from appraisal.errors import HasLeft
from appraisal.people.errors import InvalidPeople, LaterChange

NO_POSITION = HasLeft(
    "This person holds no position on that day.", "people", "Leave this person out, or choose another day."
)
LATER_CHANGE = LaterChange(
    "Another change of this person's assignment is on record for a later day.",
    "people",
    "Choose that day or a later one, or leave this person out.",
)


def named(people: Sequence[str], most: int) -> None:
    """InvalidPeople unless the order names somebody, each once, and not too many."""
    if not people:
        raise InvalidPeople("Nobody is named.", "people", "Choose at least one person.")
    if len(people) > most:
        raise InvalidPeople(f"{len(people)} people are too many at once.", "people", f"Name at most {most}.")
    if len(dict.fromkeys(people)) < len(people):
        raise InvalidPeople("Somebody is named twice.", "people", "Name each person once.")
