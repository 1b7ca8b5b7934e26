"""Who can be asked about somebody: whoever works beside or under the employee, and has no other part in the appraisal.

No regulation that could be confirmed says who counts as a peer: the organisation does. Rule: voices_asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.parties import Parties
from appraisal.voices.errors import NamesHimself, NamesOfficer, NamesSuperior, WorksElsewhere
from appraisal.voices.policy import Kind


@dataclass(frozen=True, slots=True)
class Ground:
    """What the record knows: the people of the case, whether it is `open`, who works beside or under the employee, and which
    people are HR officers for it."""

    parties: Parties
    open: bool
    kinds: dict[str, Kind]
    officers: tuple[str, ...] = ()


def kinds(employee: str, superiors: Mapping[str, str | None]) -> dict[str, Kind]:
    """Those around an employee (person to direct superior, the employee's own unit and team): whoever answers to him, directly
    or not, is a subordinate, everybody else a peer. Rule: voices_asked."""
    return {
        person: Kind.SUBORDINATE if _answers_to(employee, person, superiors) else Kind.PEER
        for person in superiors
        if person != employee
    }


def fits(person: str, ground: Ground) -> Kind:
    """As what this person can be asked; a refusal otherwise."""
    parties = ground.parties
    if person == parties.employee:
        raise NamesHimself("Nobody is asked about himself.", "people", "Leave yourself out.")
    if person in (*parties.line, parties.head, parties.escalated_to, *(one.by for one in parties.acting)):
        raise NamesSuperior("Superiors rate already.", "people", "Choose somebody beside or under the employee.")
    if person in ground.officers:
        raise NamesOfficer("HR officers look after this appraisal.", "people", "Choose somebody else.")
    if person not in ground.kinds:
        raise WorksElsewhere("This person works elsewhere.", "people", "Choose somebody of the same unit or team.")
    return ground.kinds[person]


def _answers_to(employee: str, person: str, superiors: Mapping[str, str | None]) -> bool:
    above, passed = superiors.get(person), {person}
    while above is not None and above not in passed and above != employee:
        passed.add(above)
        above = superiors.get(above)
    return above == employee
