"""How a proposal is decided: by a named person, as it was seen, never by the one it is about. Rule: career_by_people."""

from dataclasses import dataclass, replace

from appraisal.career.career import BY_COMMITTEE, Career, Decided, Ground, Kind, Proposal, Verdict, conversion, credited
from appraisal.career.credit import MONTHS
from appraisal.career.errors import DecidesOnHimself, InvalidChange, NamesNoMember, NothingProposed, ProposalChanged
from appraisal.career.policy import CareerPolicy
from appraisal.career.talent import BOXES
from appraisal.text import checked, reason
from appraisal.vocabulary import Level

MOST = 500
"""Proposals decided in one order."""
AGAIN = "Look at the list again."


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody decides: `mark` says what he saw of it; `value` is another box, or so many months."""

    kind: Kind
    person: str
    about: str
    mark: str
    verdict: Verdict
    value: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who records it, and for which member of the committee; the same where a member decides himself."""

    by: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision as it goes on record: with the proposal that it is about, its reasons, and why it was decided so."""

    decided: Decided
    person: str
    proposed: str
    grounds: tuple[Ground, ...]
    reason: str
    hands: Hands


def settled(
    wish: Wish, offered: tuple[Proposal, ...], career: Career, policy: CareerPolicy, hands: Hands, why: str
) -> Settled:
    """The decision, or a refusal; a refused or changed proposal needs a reason, and so does each successor."""
    proposal = next((one for one in offered if one.key == (wish.kind, wish.person, wish.about)), None)
    if proposal is None:
        raise NothingProposed("Nothing of this is proposed any more.", "decisions", AGAIN)
    if wish.mark != career.seen(proposal):
        raise ProposalChanged("It has changed, or was decided, since you saw it.", "decisions", AGAIN)
    demand_hands(wish.kind, wish.person, policy, hands)
    demand_answer(wish)
    final = _changed(wish, proposal, career, policy) if wish.verdict is Verdict.CHANGED else proposal
    bare = wish.verdict is Verdict.CONFIRMED and wish.kind is not Kind.SUCCESSION
    said = checked(why, "reason", required=False) if bare else reason(why)
    level = career.level if wish.kind is Kind.CREDIT else None
    decided = Decided(wish.kind, wish.about, wish.verdict, final.value, proposal.mark, level)
    return Settled(decided, wish.person, proposal.value, final.grounds, said, hands)


def demand_answer(wish: Wish) -> None:
    """InvalidChange unless it answers the proposal: a box is confirmed or another, since everybody is in some box."""
    if wish.kind is Kind.BOX and wish.verdict is Verdict.REFUSED:
        raise InvalidChange("Everybody is in some box.", "verdict", "Confirm this one or choose another.")
    if wish.verdict is Verdict.GIVEN:
        raise InvalidChange("This was proposed already.", "verdict", "Confirm it or refuse it.")


def demand_hands(kind: Kind, person: str, policy: CareerPolicy, hands: Hands) -> None:
    """Nothing where these people may decide on it; a refusal otherwise. Rules: nobody_judges_himself, talent_committee."""
    if person in (hands.by, hands.member):
        raise DecidesOnHimself("Nobody decides on the own career.", "decisions", "Leave it to somebody else.")
    if kind in BY_COMMITTEE and hands.member not in policy.committee:
        raise NamesNoMember(
            "A member of the committee decides on this, by name.",
            "member",
            "Choose who has decided; who is a member, HR sets among the rules of the map.",
        )


def _changed(wish: Wish, proposal: Proposal, career: Career, policy: CareerPolicy) -> Proposal:
    """The proposal with another box, or with the credit of another number of months."""
    if wish.kind is Kind.BOX and wish.value in map(str, BOXES.values()):
        return replace(proposal, value=wish.value)
    if wish.kind is Kind.CREDIT and wish.value in map(str, range(1, MONTHS + 1)):
        one = conversion(career, int(wish.about))
        assert one is not None, "it is proposed"
        return credited(career, int(wish.about), replace(one, months=int(wish.value)), policy)
    raise InvalidChange(
        "This cannot be decided.",
        "value",
        f"A box is 1 to 9, a year 1 to {MONTHS} months; confirm or refuse anything else.",
    )


def given(
    kind: Kind, person: str, about: str, value: str, hands: Hands, why: str, level: Level | None = None
) -> Settled:
    """What is put on record without a proposal, with a reason: an award, or credit from before. Rule: awards."""
    demand_hands(kind, person, CareerPolicy(), hands)
    return Settled(Decided(kind, about, Verdict.GIVEN, value, level=level), person, "", (), reason(why), hands)
