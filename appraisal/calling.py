"""How HR is called in to a late step: HR of the unit where it has officers, HR of the agency else."""

from dataclasses import replace

from appraisal.commands import FollowLine
from appraisal.parties import HR, Parties, unit_hr
from appraisal.record import Change
from appraisal.vocabulary import Audience

CALLED = "called"
"""Under this name an event tells which HR was called in; from `unit_hr` to `hr` where the unit has no officer."""
PASSED_ON: Change = (CALLED, Audience.UNIT_HR, Audience.HR)


def called(parties: Parties, to: Audience) -> tuple[Parties, tuple[Change, ...]]:
    """These people once HR of the unit or of the agency may act as well, and what the event tells of it."""
    if to is Audience.UNIT_HR and parties.unit_hr:
        also = parties.escalated_to or unit_hr(parties.unit)
        return replace(parties, handed_to_unit_hr=True, escalated_to=also), ((CALLED, "", to),)
    missed = (PASSED_ON,) if to is Audience.UNIT_HR else ()
    return replace(parties, handed_to_hr=True, escalated_to=parties.escalated_to or HR), missed


def followed(parties: Parties, now: FollowLine) -> Parties:
    """These people as the organisation is now. What HR of the unit was called in to goes on to the agency's when it is gone."""
    found = replace(parties, line=now.line, head=now.head, unit=now.unit, acting=now.acting, unit_hr=now.unit_hr)
    if now.unit_hr or not parties.handed_to_unit_hr:
        return found
    gone = unit_hr(parties.unit)
    also, taken = (HR if who == gone else who for who in (parties.escalated_to, parties.taken_by))
    return replace(found, handed_to_unit_hr=False, handed_to_hr=True, escalated_to=also, taken_by=taken)


def passed_on(before: Parties, after: Parties) -> tuple[Change, ...]:
    """What the event tells where HR of the unit was called in and is gone."""
    return (PASSED_ON,) if before.handed_to_unit_hr and after.handed_to_hr and not after.handed_to_unit_hr else ()


def called_by(changes: tuple[Change, ...], unit: str) -> str | None:
    """Whom an event with these changes has called in: HR of this unit, HR of the agency, or neither."""
    to = next((after for name, _, after in changes if name == CALLED), None)
    return unit_hr(unit) if to == Audience.UNIT_HR else to
