"""Silent first votes: before the head decides, those who reviewed members say what they think of the others, unseen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.access import Actor
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.session import AskForVotes, OpenVotes
from appraisal.calibration.session_errors import NotInvited, NoVotes, VotesOnHimself, VotesOpened
from appraisal.errors import NotAMember, NothingToDecide
from appraisal.group import GroupPhase
from appraisal.group_clock import demand_running, recorded
from appraisal.people.people import named
from appraisal.predicates import predicate
from appraisal.record import Event
from appraisal.vocabulary import Predicate, Rating

MOST_VOTERS = 200


@dataclass(frozen=True, slots=True)
class Vote:
    """One view on one member."""

    employee: str
    results: Rating
    behaviour: Rating

    @property
    def predicate(self) -> Predicate:
        return predicate(self.results, self.behaviour)


@dataclass(frozen=True, slots=True)
class Ballot:
    """Everything that one person has said. An empty one says 'no view', and counts as given."""

    voter: str
    votes: tuple[Vote, ...]

    def without(self, employee: str) -> "Ballot":
        """The ballot as somebody reads it who may be a member himself."""
        return replace(self, votes=tuple(one for one in self.votes if one.employee != employee))


def demand_votes(calibration: Calibration, wish: AskForVotes | OpenVotes) -> None:
    """Nothing if votes can be asked for, or opened, now."""
    if not calibration.rules.votes:
        raise NoVotes("The policy of this cycle foresees no first votes.", "", "Decide without them.")
    if calibration.phase is not GroupPhase.OPEN:
        raise NoVotes("First votes are given while the calibration is open.", "", "Come back then.")
    if calibration.votes_opened:
        raise VotesOpened("The first votes are open already.", "", "Load the page again.")
    if isinstance(wish, OpenVotes) and not calibration.voters:
        raise NoVotes("Nobody has been asked for a vote.", "", "Ask for votes first, or decide without them.")
    if isinstance(wish, AskForVotes):
        if calibration.voters:
            raise NothingToDecide("The reviewers have been asked already.", "", "Load the page again.")
        if not wish.voters:
            raise NothingToDecide("Nobody but you reviewed members of this unit.", "", "Decide without votes.")
        named(wish.voters, MOST_VOTERS)


def asked(calibration: Calibration, voters: tuple[str, ...], by: Actor, at: datetime, command_id: str) -> Calibration:
    """The calibration in which these people may vote. Who decides does not vote: the decision is that view."""
    event = Event(0, "asked_for_votes", by.id, at, command_id, calibration.represented_by(by))
    event = replace(event, changes=(("voters", "", str(len(voters))),))
    return recorded(calibration, replace(calibration, voters=tuple(sorted(voters))), event)


def opened(calibration: Calibration, by: Actor, at: datetime, command_id: str) -> Calibration:
    """The calibration whose first votes are seen by whoever decides; nobody votes any more."""
    event = Event(0, "opened_votes", by.id, at, command_id, calibration.represented_by(by))
    return recorded(calibration, replace(calibration, votes_opened=at), event)


def open_to_all(calibration: Calibration, given: tuple[str, ...]) -> bool:
    """Whether the votes are seen: the head has opened them, or everybody who was asked has given one."""
    return calibration.votes_opened is not None or (bool(calibration.voters) and set(calibration.voters) <= set(given))


def checked_ballot(
    calibration: Calibration, ballot: Ballot, owners: Mapping[str, str | None], given: tuple[str, ...]
) -> Ballot:
    """The ballot, if this person may give it now. `owners`: who reviewed each member present; `given`: whose ballots are in.

    Rule: first_votes.
    """
    if ballot.voter not in calibration.voters:
        raise NotInvited("You were not asked for a view in this session.", "", "The head of the unit decides who is.")
    if open_to_all(calibration, given) or calibration.phase is not GroupPhase.OPEN:
        raise VotesOpened(
            "The first votes are open by now; nobody votes any more.", "", "Speak with the head of the unit."
        )
    demand_running(calibration)
    seen: set[str] = set()
    for number, vote in enumerate(ballot.votes):
        where = f"votes[{number}].employee"
        if vote.employee not in owners or vote.employee in seen:
            raise NotAMember("This person is not on the board, or was named twice.", where, "Load the page again.")
        if vote.employee == ballot.voter or owners[vote.employee] == ballot.voter:
            what = "Nobody votes on himself, or on a rating that he gave."
            raise VotesOnHimself(what, where, "Leave this person out; the others vote.")
        seen.add(vote.employee)
    return ballot


def spread(ballots: tuple[Ballot, ...], employee: str) -> Mapping[Predicate, int]:
    """How many voters see which predicate for this member."""
    counts = Counter(vote.predicate for ballot in ballots for vote in ballot.votes if vote.employee == employee)
    return {one: counts[one] for one in Predicate if counts[one]}
