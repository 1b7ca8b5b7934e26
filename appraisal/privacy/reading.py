"""On which ground somebody looks at a case: what the record of readers says."""

from enum import StrEnum

from appraisal.access import Actor, Relation, relations
from appraisal.parties import Parties


class Ground(StrEnum):
    """What lets somebody look. Support staff look without any right to change."""

    OWN = "own"
    SUPERIOR = "superior"
    HEAD = "head"
    HR = "hr"
    SUPPORT = "support"
    OTHER = "other"


OF: dict[Relation, Ground] = {
    Relation.EMPLOYEE: Ground.OWN,
    **dict.fromkeys(
        (
            *(Relation.SUPERVISOR, Relation.LINE, Relation.ACTING, Relation.PREPARER),
            *(Relation.EARLIER, Relation.RATER, Relation.DECIDER),
        ),
        Ground.SUPERIOR,
    ),
    Relation.HEAD: Ground.HEAD,
    Relation.HR: Ground.HR,
    Relation.UNIT_HR: Ground.HR,
    Relation.SUPPORT: Ground.SUPPORT,
    Relation.STAND_IN: Ground.SUPERIOR,
}
"""The nearest relation decides: an officer who is also the superior looks as the superior. HR may be called in itself."""


def ground_at(actor: Actor, parties: Parties) -> Ground:
    """The ground on which this actor looks at a case of these parties; `line` holds every superior there is."""
    held = relations(actor, parties)
    return next((ground for relation, ground in OF.items() if relation in held), _otherwise(actor, Ground.OTHER))


def ground_in_list(actor: Actor) -> Ground:
    """Of a list: HR sees the agency's or the unit's, support whom it searches for, anybody else his own people's."""
    return _otherwise(actor, Ground.SUPERIOR)


def _otherwise(actor: Actor, ground: Ground) -> Ground:
    return Ground.SUPPORT if actor.support else Ground.HR if actor.hr or actor.units else ground
