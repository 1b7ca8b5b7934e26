"""Who may do what. One table, asked by the API with the organisation as of today and again by the process with its own facts."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.errors import ActsOnOwnCase, NotAllowed
from appraisal.parties import HR, Parties, unit_hr


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person's id (or the name of a process), and whether as an HR officer or as the system itself.

    `hr` is an officer of the whole agency; one of a unit has its `units`. Who looks on as `support` is nothing else then.
    """

    id: str
    hr: bool = False
    system: bool = False
    units: tuple[str, ...] = ()
    support: bool = False


CLOCK, CYCLE, ORGANISATION = (Actor(name, system=True) for name in ("clock", "cycle", "organisation"))


class Relation(StrEnum):
    """How an actor stands to a case."""

    EMPLOYEE = "employee"
    SUPERVISOR = "supervisor"
    LINE = "line"
    STAND_IN = "stand_in"
    ACTING = "acting"
    PREPARER = "preparer"
    HEAD = "head"
    EARLIER = "earlier"
    RATER = "rater"
    DECIDER = "decider"
    HR = "hr"
    UNIT_HR = "unit_hr"
    SUPPORT = "support"
    SYSTEM = "system"


class Action(StrEnum):
    """What can be asked for."""

    VIEW = "view"
    SUBMIT_TARGETS = "submit_targets"
    APPROVE_TARGETS = "approve_targets"
    RETURN_TARGETS = "return_targets"
    SUBMIT_SELF_ASSESSMENT = "submit_self_assessment"
    SUBMIT_REVIEW = "submit_review"
    ENDORSE_REVIEW = "endorse_review"
    RETURN_REVIEW = "return_review"
    ACKNOWLEDGE = "acknowledge"
    REFUSE_ACKNOWLEDGEMENT = "refuse_acknowledgement"
    OBJECT = "object"
    WITHDRAW_OBJECTION = "withdraw_objection"
    ANSWER_OBJECTION = "answer_objection"
    DECIDE_OBJECTION = "decide_objection"
    NAME_DECIDER = "name_decider"
    CALIBRATE = "calibrate"
    NOMINATE = "nominate"
    SAY_WORD = "say_word"
    FOLLOW_LINE = "follow_line"
    SPLIT_PERIOD = "split_period"
    STATE_PART = "state_part"
    PROPOSE_VOICES = "propose_voices"
    INVITE_VOICES = "invite_voices"
    VIEW_VOICES = "view_voices"
    PLAN_ACTIONS = "plan_actions"
    REPORT_PERIOD = "report_period"
    RATE_PERIOD = "rate_period"
    GIVE_FEEDBACK = "give_feedback"
    VIEW_SEAT = "view_seat"
    ANSWER_SEAT = "answer_seat"
    RECORD_SEAT = "record_seat"
    LOOK_BACK = "look_back"
    NUDGE = "nudge"
    EXTEND = "extend"
    HOLD = "hold"
    RELEASE = "release"
    TAKE_OVER = "take_over"
    SEND_BACK = "send_back"
    CLOSE_UNRATEABLE = "close_unrateable"
    RESCHEDULE = "reschedule"
    REOPEN = "reopen"
    VIEW_CALIBRATION = "view_calibration"
    ATTEND_CALIBRATION = "attend_calibration"
    DECIDE_CALIBRATION = "decide_calibration"
    HOLD_GROUP = "hold_group"
    SET_UNIT_RESULT = "set_unit_result"
    VIEW_UNIT = "view_unit"
    RECORD_ACTUAL = "record_actual"
    OVERSEE = "oversee"
    UNDO_CALIBRATION = "undo_calibration"
    TAKE_BACK = "take_back"
    PUT_BACK = "put_back"
    ADMINISTER = "administer"
    EDIT_PLAN = "edit_plan"
    ENTER_GAP = "enter_gap"
    ANSWER_REQUEST = "answer_request"


_EMPLOYEE = (Relation.EMPLOYEE,)
_REVIEWER = (Relation.SUPERVISOR, Relation.STAND_IN, Relation.ACTING)
_SECOND_LEVEL = (Relation.DECIDER, Relation.STAND_IN)
_SYSTEM, _OFFICE = (Relation.SYSTEM,), (Relation.HR, Relation.UNIT_HR)

RIGHTS: dict[Action, tuple[Relation, ...]] = {
    Action.VIEW: (
        *(*_EMPLOYEE, *_REVIEWER, Relation.PREPARER, Relation.LINE, Relation.HEAD),
        *(Relation.RATER, Relation.DECIDER, Relation.SUPPORT, *_OFFICE, *_SYSTEM),
    ),
    Action.SUBMIT_TARGETS: _EMPLOYEE,
    Action.APPROVE_TARGETS: _REVIEWER,
    Action.RETURN_TARGETS: (*_REVIEWER, Relation.PREPARER),
    Action.SUBMIT_SELF_ASSESSMENT: _EMPLOYEE,
    Action.SUBMIT_REVIEW: _REVIEWER,
    Action.ENDORSE_REVIEW: _SECOND_LEVEL,
    Action.RETURN_REVIEW: _SECOND_LEVEL,
    Action.ACKNOWLEDGE: _EMPLOYEE,
    Action.REFUSE_ACKNOWLEDGEMENT: _EMPLOYEE,
    Action.OBJECT: _EMPLOYEE,
    Action.WITHDRAW_OBJECTION: _EMPLOYEE,
    Action.ANSWER_OBJECTION: (Relation.RATER, Relation.SUPERVISOR, Relation.ACTING),
    Action.DECIDE_OBJECTION: _SECOND_LEVEL,
    Action.NAME_DECIDER: _OFFICE,
    Action.CALIBRATE: _SYSTEM,
    Action.NOMINATE: _SYSTEM,
    Action.SAY_WORD: (Relation.HEAD,),
    Action.FOLLOW_LINE: _SYSTEM,
    Action.SPLIT_PERIOD: _SYSTEM,
    Action.STATE_PART: (Relation.EARLIER,),
    Action.PROPOSE_VOICES: _EMPLOYEE,
    Action.INVITE_VOICES: _REVIEWER,
    Action.VIEW_VOICES: (*_EMPLOYEE, *_REVIEWER, Relation.HEAD),
    Action.PLAN_ACTIONS: _EMPLOYEE,
    Action.REPORT_PERIOD: _EMPLOYEE,
    Action.RATE_PERIOD: (Relation.SUPERVISOR, Relation.ACTING),
    Action.GIVE_FEEDBACK: (Relation.SUPERVISOR, Relation.ACTING, Relation.LINE),
    Action.VIEW_SEAT: (*_EMPLOYEE, Relation.SUPERVISOR, Relation.ACTING, Relation.LINE, Relation.SUPPORT, *_OFFICE),
    Action.ANSWER_SEAT: _EMPLOYEE,
    Action.RECORD_SEAT: (Relation.HR, *_SYSTEM),
    Action.LOOK_BACK: (*_EMPLOYEE, Relation.SUPERVISOR, Relation.ACTING),
    Action.NUDGE: _OFFICE,
    Action.EXTEND: _OFFICE,
    Action.HOLD: _OFFICE,
    Action.RELEASE: _OFFICE,
    Action.TAKE_OVER: (Relation.LINE, Relation.STAND_IN, Relation.HR),
    Action.SEND_BACK: _OFFICE,
    Action.CLOSE_UNRATEABLE: _OFFICE,
    Action.RESCHEDULE: _SYSTEM,
    Action.REOPEN: _OFFICE,
    Action.VIEW_CALIBRATION: (Relation.HEAD, Relation.STAND_IN, Relation.LINE, *_OFFICE, Relation.SYSTEM),
    Action.ATTEND_CALIBRATION: (Relation.HEAD, Relation.STAND_IN, *_OFFICE),
    Action.DECIDE_CALIBRATION: (Relation.HEAD, Relation.STAND_IN),
    Action.HOLD_GROUP: (Relation.HR,),
    Action.SET_UNIT_RESULT: (Relation.LINE, Relation.HR),
    Action.VIEW_UNIT: (Relation.HEAD, Relation.ACTING, Relation.LINE, *_OFFICE),
    Action.RECORD_ACTUAL: (Relation.HEAD, Relation.ACTING, *_OFFICE),
    Action.OVERSEE: _OFFICE,
    Action.UNDO_CALIBRATION: (Relation.HEAD, Relation.STAND_IN, Relation.HR),
    Action.TAKE_BACK: _SYSTEM,
    Action.PUT_BACK: _SYSTEM,
    Action.ADMINISTER: (Relation.HR,),
    Action.EDIT_PLAN: (*_EMPLOYEE, Relation.SUPERVISOR, Relation.ACTING),
    Action.ENTER_GAP: (Relation.SUPERVISOR, Relation.ACTING, *_OFFICE),
    Action.ANSWER_REQUEST: _OFFICE,
}
"""Who may do it. The system changes a case only through calibration, nomination, the organisation and the cycle's dates.

What keeps cases moving (extending, holding, sending back ...) is for HR, of the agency or of the unit; taking over a step for
superiors as well, and for whoever was called in. What concerns the whole agency is for its own officers. None of it is for
whoever is appraised: an officer's own case is another officer's business. The result of a unit is set by those above its
head; HR may record it for them. Whoever works in a unit reads its performance as well.
"""


def relations(actor: Actor, parties: Parties | None) -> tuple[Relation, ...]:
    """How the actor stands to the case. Whoever is appraised is nothing else in the own case, but for HR's right to see.

    Rule: nobody_judges_himself.
    """
    if actor.system:
        return (Relation.SYSTEM,)
    if actor.support:
        return (Relation.SUPPORT,) if parties is None or actor.id != parties.employee else ()
    of_unit = bool(actor.units) if parties is None else parties.unit in actor.units
    office = (Relation.HR,) if actor.hr else (Relation.UNIT_HR,) if of_unit else ()
    if parties is None:
        return office
    if actor.id == parties.employee:
        return (Relation.EMPLOYEE, *office)
    called = (parties.escalated_to, parties.taken_by)
    officers_called = actor.hr and (HR in called or parties.handed_to_hr)
    above = parties.line[1:]
    acts_above = any(one.by == actor.id and one.represented in above for one in parties.acting)
    held = (
        (Relation.SUPERVISOR, actor.id == parties.supervisor),
        (Relation.LINE, actor.id in above or acts_above),
        (Relation.ACTING, actor.id == parties.reviewer != parties.supervisor),
        (Relation.PREPARER, actor.id == parties.preparer),
        (Relation.STAND_IN, actor.id in called or officers_called or called_as_unit_hr(actor, parties)),
        (Relation.HEAD, actor.id == parties.head),
        (Relation.EARLIER, actor.id in parties.earlier),
        (Relation.RATER, actor.id == parties.rater),
        (Relation.DECIDER, actor.id == parties.decider or (actor.hr and parties.decider == HR)),
    )
    return (*(relation for relation, holds in held if holds), *office)


def called_as_unit_hr(actor: Actor, parties: Parties) -> bool:
    """Whether HR of the case's unit was called in, and this is an officer of it."""
    ours = unit_hr(parties.unit) in (parties.escalated_to, parties.taken_by)
    return parties.unit in actor.units and (ours or parties.handed_to_unit_hr)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of the table, with the reason in words."""

    allowed: bool
    reason: str


def can(actor: Actor, action: Action, parties: Parties | None = None) -> Decision:
    """Whether the actor may do this to a case with these parties (None: to the agency as a whole)."""
    held, wanted = relations(actor, parties), RIGHTS[action]
    if Relation.EMPLOYEE in held and action is not Action.VIEW:
        held = (Relation.EMPLOYEE,)  # an officer's own case is another officer's business
    granting = tuple(relation for relation in held if relation in wanted)
    if granting:
        return Decision(True, f"as {granting[0]}")
    return Decision(False, f"{action} is for {', '.join(wanted)}; you are {', '.join(held) or 'not part of this'}")


def demand(actor: Actor, action: Action, parties: Parties) -> None:
    """Nothing if the actor may do this to the case; ActsOnOwnCase or NotAllowed otherwise."""
    decision = can(actor, action, parties)
    if decision.allowed:
        return
    acts = any(one.by == actor.id for one in parties.acting)
    if acts and actor.id == parties.employee and Relation.SUPERVISOR in RIGHTS[action]:
        raise ActsOnOwnCase(
            "You act for your superior, but not on your own case.", "", "It has gone to the next superior."
        )
    raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask whoever holds the step, or HR.")
