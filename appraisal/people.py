"""Orders that name people."""

from collections.abc import Sequence

from appraisal.people_errors import InvalidPeople


def named(people: Sequence[str], most: int) -> None:
    """InvalidPeople unless the order names somebody, each once, and not too many."""
    if not people:
        raise InvalidPeople("Nobody is named.", "people", "Choose at least one person.")
    if len(people) > most:
        raise InvalidPeople(f"{len(people)} people are too many at once.", "people", f"Name at most {most}.")
    if len(dict.fromkeys(people)) < len(people):
        raise InvalidPeople("Somebody is named twice.", "people", "Name each person once.")
