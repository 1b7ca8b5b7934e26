"""What the record holds of the angka kredit of a year, gathered for its paper."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from adapters.database.engine import Session
from adapters.database.reads import career
from adapters.database.reads.career import DecisionRow
from adapters.database.reads.paper_facts import agency_name, logins, officials
from appraisal.career.career import Kind
from appraisal.papers.contents import Setting
from appraisal.papers.credit import CreditDecision, CreditPaper, credit_paper, decision_of
from appraisal.papers.papers import Act
from appraisal.papers.people import signed


async def of_year(session: Session, year: int, person: str, zone: ZoneInfo) -> CreditPaper:
    """The paper as the record has it now; NotIssuedYet where nothing was confirmed of the year."""
    decisions = newest(await career.history(session, person))
    this = decision_of(year, decisions)
    on = this.at.astimezone(zone).date()
    people = await officials(session, {person, this.by}, on)
    signature = signed(Act("career_decided", this.by, None, this.at), people, await logins(session, {this.by}))
    setting = Setting(await agency_name(session, on), year, "")
    return credit_paper(year, decisions, setting, people[person], signature)


def newest(history: tuple[DecisionRow, ...]) -> tuple[CreditDecision, ...]:
    """Of each year, and of what was brought along, the newest decision."""
    last = {row.about: row for row in reversed(history) if row.kind is Kind.CREDIT}
    return tuple(
        CreditDecision(
            *(row.about, row.verdict, Decimal(row.value), row.level, row.grounds),
            *(row.reason, row.decided_by, row.decided_at),
        )
        for row in last.values()
    )
