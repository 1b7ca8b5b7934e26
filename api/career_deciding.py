"""Deciding on careers: one proposal or many, what is put on record without one, and the rules that the agency sets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from adapters.database.desk.accounts import Visitor
from adapters.database.engine import Session
from adapters.database.reads import career as record
from adapters.database.reads import directory
from adapters.database.reads.career import RulesVersion
from api.career import kinds_for, oversees, reaches, rules_for
from api.errors import NOT_FOUND, NOT_YOURS
from api.orders import order_id
from api.services import Services
from appraisal.career.career import BY_COMMITTEE, CARRIED_OVER, Kind, proposals
from appraisal.career.decisions import AGAIN, MOST, Hands, Settled, Wish, given, settled
from appraisal.career.errors import InvalidCareerPolicy, NothingProposed
from appraisal.career.policy import CareerPolicy, read
from appraisal.career.recognition import GIVEN, Award
from appraisal.errors import InvalidNumber
from appraisal.text import reason


async def decide(
    jenjang: Services, visitor: Visitor, wishes: Sequence[Wish], why: str, member: str | None, key: str | None
) -> int:
    """Decide on all of them or on none; how many."""
    async with jenjang.reading() as session:
        await rules_for(session, visitor)
    if not wishes:
        raise NothingProposed("Nothing is chosen.", "decisions", "Tick at least one.")
    if len(wishes) > MOST or len({(wish.kind, wish.person, wish.about) for wish in wishes}) < len(wishes):
        raise NothingProposed(f"These are more than {MOST}, or one of them twice.", "decisions", AGAIN)
    if any(wish.kind not in kinds_for(visitor) for wish in wishes):
        raise NOT_YOURS

    async def settling(session: Session) -> list[Settled]:
        policy = (await rules_for(session, visitor)).policy
        named = {wish.person for wish in wishes}
        people = {who.career.person: who for who in await record.officials(session, jenjang.today(), named)}
        found = []
        for wish in wishes:
            who = people.get(wish.person)
            if who is not None and not reaches(visitor, policy, wish.kind, who):
                raise NOT_FOUND
            offered = proposals(who.career, policy, jenjang.today()) if who else ()
            if who is None or not offered:
                raise NothingProposed("Nothing of this is proposed any more.", "decisions", AGAIN)
            officer = oversees(visitor, wish.person, who.unit)
            by = _hands(visitor, member, policy, officer) if wish.kind in BY_COMMITTEE else Hands(visitor.id)
            found.append(settled(wish, offered, who.career, policy, by, why))
        return found

    return await jenjang.careers.decide(order_id(visitor, key), settling, jenjang.now())


async def put_on_record(
    jenjang: Services, visitor: Visitor, person: str, what: str, amount: str, why: str, key: str | None
) -> None:
    """An award that the agency gives, or the credit that somebody brings along (`what` is then `carried_over`)."""

    async def settling(session: Session) -> list[Settled]:
        found = await record.officials(session, jenjang.today(), (person,))
        if not found or not oversees(visitor, person, found[0].unit):
            raise NOT_FOUND
        hands, today = Hands(visitor.id), jenjang.today()
        if what == CARRIED_OVER:
            level = found[0].career.level
            return [given(Kind.CREDIT, person, CARRIED_OVER, _credit(amount), hands, why, level)]
        if what not in GIVEN:
            raise NothingProposed("There is no such award.", "what", "Choose one of the list.")
        return [given(Kind.AWARD, person, f"{Award(what)}/{today.year}", what, hands, why)]

    await jenjang.careers.decide(order_id(visitor, f"{person}.{what}.{key}" if key else None), settling, jenjang.now())


async def set_rules(
    jenjang: Services, visitor: Visitor, document: Mapping[str, Any], based_on: int, why: str
) -> RulesVersion:
    """Set the rules anew, as the version after this one; InvalidCareerPolicy or StalePolicy changes nothing."""
    policy, said, now = read(document), reason(why), jenjang.now()
    async with jenjang.reading() as session:
        known = await directory.person_names(session, policy.committee)
    if len(known) < len(policy.committee):
        raise InvalidCareerPolicy("Somebody of the committee is not on record.", "committee", "Choose from the list.")
    version = await jenjang.careers.set_rules(policy, based_on, visitor.id, said, now)
    return RulesVersion(version, policy, visitor.id, said, now)


def _hands(visitor: Visitor, member: str | None, policy: CareerPolicy, officer: bool) -> Hands:
    """Whoever is a member decides himself; HR says which member has."""
    own = visitor.person if visitor.person in policy.committee else None
    return Hands(visitor.id, member or own if officer else own)


def _credit(amount: str) -> str:
    try:
        found = Decimal(amount)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= 1000 or found != round(found, 3):
        raise InvalidNumber("This is no angka kredit.", "amount", "Give 0 to 1000, with at most 3 decimals.")
    return f"{found:f}"
