"""What an employee sees of the own career: facts and reasons always, the box as the agency allows. Rule: own_box."""

from appraisal.career.career import BY_COMMITTEE, Ground, Kind, Why
from appraisal.career.policy import CareerPolicy

FACTS = {Why.PERFORMANCE: ("year", "predicate"), Why.POTENTIAL: ("score", "on", "source")}
"""Of the reasons for a box or a post, what is no box itself."""


def as_told(
    kind: Kind, value: str, grounds: tuple[Ground, ...], policy: CareerPolicy
) -> tuple[str, tuple[Ground, ...]]:
    """(what was proposed or decided, its reasons) for the one whom it is about; the value empty where it is not shown."""
    if kind not in BY_COMMITTEE or policy.own_box:
        return value, grounds
    return "", tuple(_facts(ground) for ground in grounds if ground.why in FACTS)


def _facts(ground: Ground) -> Ground:
    return Ground(ground.why, tuple((name, value) for name, value in ground.parameters if name in FACTS[ground.why]))
