"""How an objection moves a case: refused and objected in time, answered by the supervisor, decided once and for all.

Within 14 days since the receipt, with reasons, to the superior of the supervisor, who hears both and whose decision is
final. Rules: objection, not_objecting.
"""

from dataclasses import replace
from datetime import datetime

from appraisal.access import Actor
from appraisal.case import Case
from appraisal.errors import AppraisalError, NothingToDecide, WrongStep
from appraisal.objection.commands import (
    AnswerObjection,
    DecideObjection,
    NameDecider,
    Object,
    ObjectionCommand,
    RefuseAcknowledgement,
    WithdrawObjection,
)
from appraisal.objection.deciding import barred, with_decider
from appraisal.objection.errors import (
    AlreadyObjected,
    DecidesOwnRating,
    InvalidRuling,
    NotHeard,
    ObjectionOver,
    ObjectionsNotTaken,
    ObjectionTooLate,
)
from appraisal.objection.objections import Complaint, Given, Objection, ObjectionEnd, Ruling
from appraisal.objection.times import with_objection
from appraisal.text import checked, reason
from appraisal.vocabulary import Step

OF_OBJECTION = ("answer_objection", "withdraw_objection", "decide_objection", "name_decider")
"""What is asked of an objection that is open."""


def applied(case: Case, command: ObjectionCommand, actor: Actor, at: datetime) -> Case:
    """The case after this command, which belongs to its step; an AppraisalError says why it does not fit."""
    match command:
        case RefuseAcknowledgement(words):
            return _refused(case, reason(words, "words"), at)
        case Object(complaint):
            return _objected(case, complaint, at)
        case WithdrawObjection():
            return settled(case, ObjectionEnd.WITHDRAWN, at)
        case AnswerObjection(account):
            objection = _open(case)
            if objection.given:
                raise NothingToDecide("The account has been given.", "", "Load the case again.")
            answered = replace(case, objection=replace(objection, given=Given(account.checked(), actor.id, at)))
            return answered.entering(Step.OBJECTION, at) if case.step is Step.HEARING else answered
        case DecideObjection():
            return _decided(case, command, actor, at)
        case NameDecider(person):
            if person in barred(case.parties):
                raise DecidesOwnRating(
                    "Neither the employee nor whoever rated can decide on this.", "person", "Name somebody else."
                )
            named = replace(_open(case), named=person)
            return replace(case, objection=named, parties=with_decider(case.parties.alone(), person))


def why(command: ObjectionCommand) -> str:
    """What the record keeps as the reason: the own words of whoever gives the command."""
    match command:
        case RefuseAcknowledgement(words):
            return reason(words, "words")
        case Object(complaint):
            return reason(complaint.reason)
        case AnswerObjection(account):
            return reason(account.text, "text")
        case WithdrawObjection(words):
            return checked(words, "reason", required=False)
        case DecideObjection() | NameDecider():
            return reason(command.reason)


def demand_objectable(case: Case, at: datetime) -> None:
    """Nothing if the employee can object to the rating now; an AppraisalError says why not."""
    if case.object_by is None or case.timetable.objection is None:
        raise ObjectionsNotTaken(
            "No objection is taken in Jenjang in this cycle.",
            "",
            "Object on paper to your supervisor's superior; ask HR.",
        )
    if case.objection:
        raise _already()
    if at > case.object_by:
        until = case.object_by.isoformat(timespec="seconds")
        raise ObjectionTooLate(
            f"The time to object ended at {until}.", "", "Speak to HR if you could not do it in time."
        )


def out_of_turn(case: Case, kind: str) -> AppraisalError | None:
    """Why this order does not fit an objection as it stands, where there is more to say than that the case is elsewhere."""
    objection = case.objection
    if objection is None:
        return None
    if kind == "object":
        return _already()
    if kind == "decide_objection" and case.step is Step.HEARING:
        until = case.window.due.isoformat(timespec="seconds")
        return NotHeard(
            f"The supervisor has not been heard: there is time to answer until {until}.",
            "",
            "Wait for the answer, or until that time is over.",
        )
    if kind in OF_OBJECTION and objection.ended:
        return ObjectionOver(
            f"This objection is over ({objection.ended}); that is final.", "", "Load the case again to see its end."
        )
    return None


def _already() -> AppraisalError:
    what = "You have objected to this rating already; there is one objection to a rating."
    return AlreadyObjected(what, "", "What became of it stands on the page of your appraisal.")


def settled(case: Case, end: ObjectionEnd, at: datetime, ruling: Ruling | None = None) -> Case:
    """The case once its objection is over: the rating is final, and the nomination follows it. Who took part still sees it."""
    over = replace(_open(case), ruling=ruling, ended=end)
    return replace(case, objection=over).entering(Step.NOMINATION, at)


def _refused(case: Case, words: str, at: datetime) -> Case:
    if case.refused:
        raise WrongStep("You have refused to acknowledge already.", "", "You may still object, until the time is over.")
    refused = replace(case, refused=words)
    can_object = case.object_by is not None and at <= case.object_by and case.objection is None
    return refused if can_object else refused.entering(Step.NOMINATION, at)


def _objected(case: Case, complaint: Complaint, at: datetime) -> Case:
    demand_objectable(case, at)
    assert case.results, "what is delivered is rated"
    assert case.behaviour, "in both respects"
    found = complaint.checked(len(case.plan.targets) if case.plan else 0)
    parties = with_decider(replace(case.parties, rater=case.reviewed_by), None)
    objection = Objection(found, at, case.results, case.behaviour)
    planned = replace(case, timetable=with_objection(case.timetable, at), objection=objection, parties=parties)
    return planned.entering(Step.HEARING, at)


def _decided(case: Case, command: DecideObjection, actor: Actor, at: datetime) -> Case:
    objection = _open(case)
    if actor.id in barred(case.parties):
        raise DecidesOwnRating("Nobody decides on an objection to the own rating.", "", "Leave it to somebody else.")
    results, behaviour = command.results or objection.results, command.behaviour or objection.behaviour
    changed = (results, behaviour) != (objection.results, objection.behaviour)
    if not changed and (command.results or command.behaviour):
        raise InvalidRuling("These are the ratings as they stand.", "results", "Change one, or uphold the rating.")
    ruling = Ruling(results, behaviour, reason(command.reason), actor.id, at)
    return settled(case, ObjectionEnd.CHANGED if changed else ObjectionEnd.UPHELD, at, ruling)


def _open(case: Case) -> Objection:
    if case.objection is None or case.objection.ended:
        raise NothingToDecide("There is no open objection.", "", "Load the case again.")
    return case.objection
