"""What the record holds of a seat, gathered for the letter that calls somebody to the training."""

from zoneinfo import ZoneInfo

from adapters.database.engine import Session
from adapters.database.reads.enrolments import enrolment
from adapters.database.reads.facts import superiors
from adapters.database.reads.paper_facts import logins, officials, setting
from appraisal.errors import NotIssuedYet
from appraisal.papers.papers import Act
from appraisal.papers.people import signed
from appraisal.papers.summons import Summons, summons


async def of_seat(session: Session, cycle: str, employee: str, zone: ZoneInfo) -> Summons:
    """The letter as the record has it now; NotIssuedYet where there is no seat, or not any more."""
    seat = await enrolment(session, cycle, employee)
    if seat is None:
        raise NotIssuedYet("There is no seat.", "", "Come back once HR has approved one.")
    on = seat.decided_at.astimezone(zone).date()
    line = await superiors(session, employee, on)
    people = await officials(session, {employee, seat.decided_by, *line[:1]}, on)
    act = Act("nominate", seat.decided_by, None, seat.decided_at)
    signature = signed(act, people, await logins(session, {seat.decided_by}))
    superior = people.get(line[0]) if line else None
    return summons(seat, await setting(session, cycle, on), people[employee], superior, signature)
