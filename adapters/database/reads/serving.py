"""People in office: what every list of them joins, and who is on it."""

from datetime import date

from sqlalchemy import ColumnElement, func

from adapters.database.columns import table_of
from adapters.database.periods import in_force
from adapters.database.tables import organisation
from appraisal.vocabulary import AssignmentKind

PERSON, ASSIGNMENT = table_of(organisation.Person), table_of(organisation.Assignment)
POSITION = table_of(organisation.Position)
IN_OFFICE = ASSIGNMENT.join(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id).join(
    POSITION, POSITION.c.id == ASSIGNMENT.c.position_id
)
"""Assignments with their people and positions."""
DEFINITIVE = ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF
"""What somebody holds himself, and not in another's place."""


def serving(on: date) -> ColumnElement[bool]:
    """Of those joined: definitive assignments that are in force on that day."""
    return in_force(ASSIGNMENT, on) & DEFINITIVE


def called(part: str) -> ColumnElement[bool]:
    """Whose name holds this part, in capitals or not."""
    return func.lower(PERSON.c.name).contains(part.lower(), autoescape=True)
