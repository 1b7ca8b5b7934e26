"""How an evaluation of a period changes: what people order, what the clock does, and who must hear of it."""

from dataclasses import replace
from datetime import datetime

from appraisal.access import CLOCK, Action, Actor, can, demand
from appraisal.assessment import Realisation, SelfAssessment
from appraisal.calling import followed
from appraisal.commands import FollowLine
from appraisal.errors import AlreadyClosed, WrongStep
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.periods.errors import AnotherSuperiorsPeriod, EvidenceMissing, NoTargetsYet
from appraisal.periods.evaluation import (
    Evaluation,
    PeriodCommand,
    PeriodOrder,
    PlanActions,
    RatePeriod,
    ReportPeriod,
    Stage,
)
from appraisal.periods.periods import Evidence
from appraisal.record import Change, Event
from appraisal.targets import Plan
from appraisal.text import checked
from appraisal.vocabulary import Alarm

BELONGS_TO = {"plan_actions": Stage.REPORT, "report_period": Stage.REPORT, "rate_period": Stage.RATING}
"""The stage in which each command makes sense. Who is above whom may change in either."""


def perform(before: Evaluation, order: PeriodOrder, at: datetime, command_id: str) -> Evaluation:
    """The evaluation after this order, with one more event; or an AppraisalError, and it stays as it was."""
    command, actor = order.command, order.actor
    _permitted(before, order)
    after = _changed(before, command, actor)
    instead = isinstance(command, RatePeriod) and actor.id != before.parties.supervisor
    official = before.parties.supervisor if instead else None
    return _recorded(before, after, Event(0, command.kind, actor.id, at, command_id, official))


def _changed(before: Evaluation, command: PeriodCommand, actor: Actor) -> Evaluation:
    """The new state, one line for each thing that can be asked."""
    match command:
        case PlanActions(agreed, actions):
            plan = _measured_by(agreed)
            return replace(before, plan=plan, actions=_planned(plan, actions))
        case ReportPeriod(agreed, actions, realisations):
            plan = _measured_by(agreed)
            told = _reported(before, plan, realisations)
            return replace(before, plan=plan, actions=_planned(plan, actions), realisations=told).entering(Stage.RATING)
        case RatePeriod(agreed, review):
            plan = _measured_by(before.plan or agreed)
            rated = replace(before, plan=plan, review=review.checked(len(plan.targets)), rated_by=actor.id)
            return rated.entering(Stage.CLOSED)
        case FollowLine():
            return replace(before, parties=followed(before.parties, command))


def ring(before: Evaluation, alarm: Alarm, at: datetime) -> Evaluation:
    """The evaluation after this alarm. The end of a stage goes on without what was not handed in."""
    if alarm is Alarm.REMIND:
        after, kind = replace(before, reminded=True), "reminded"
    else:
        after, kind = before.entering(Stage.RATING if before.stage is Stage.REPORT else Stage.CLOSED), "lapsed"
    return _recorded(before, after, Event(0, kind, CLOCK.id, at, f"clock/{before.revision + 1}"))


def _permitted(evaluation: Evaluation, order: PeriodOrder) -> None:
    """Rule: period_reviewer."""
    action = Action(order.command.kind)
    other = order.actor.id != evaluation.parties.employee
    if action is Action.RATE_PERIOD and other and not can(order.actor, action, evaluation.parties).allowed:
        raise AnotherSuperiorsPeriod(
            f"This period is rated by whoever was the superior on {evaluation.dates.last_day.isoformat()}, its last day.",
            "",
            "Read it as the basis of the year; what you see yourself, say as feedback.",
        )
    demand(order.actor, action, evaluation.parties)
    if not evaluation.open:
        raise AlreadyClosed("This period is closed.", "", "Nothing can be changed in it any more.")
    if BELONGS_TO.get(order.command.kind, evaluation.stage) is not evaluation.stage:
        raise WrongStep(f"The evaluation of this period is at: {evaluation.stage}.", "", "Load it again.")


def _measured_by(plan: Plan | None) -> Plan:
    if plan is None:
        raise NoTargetsYet("The targets of the year have not been agreed yet.", "", "Agree on the targets first.")
    return plan


def _planned(plan: Plan, actions: tuple[str, ...]) -> tuple[str, ...]:
    """One action for each target."""
    padded = (*actions[: len(plan.targets)], *("",) * (len(plan.targets) - len(actions)))
    return tuple(checked(action, f"actions[{n}]") for n, action in enumerate(padded))


def _reported(evaluation: Evaluation, plan: Plan, realisations: tuple[Realisation, ...]) -> tuple[Realisation, ...]:
    """One realisation for each target, with evidence where the policy asks for it. Rule: period_evidence."""
    found = SelfAssessment(realisations, "-").checked(len(plan.targets)).realisations
    bare = [n for n, one in enumerate(found) if not one.evidence]
    if bare and evaluation.evidence is Evidence.REQUIRED:
        remedy = "Give an address that begins with https://"
        raise EvidenceMissing("This realisation has no evidence.", f"realisations[{bare[0]}].evidence", remedy)
    return found


def _recorded(before: Evaluation, after: Evaluation, event: Event) -> Evaluation:
    revision = before.revision + 1
    stored = replace(event, revision=revision, changes=_differences(before, after))
    return replace(after, revision=revision, events=(*before.events, stored))


def _differences(before: Evaluation, after: Evaluation) -> tuple[Change, ...]:
    shown = ("stage", "holder", "results", "behaviour", "predicate")
    pairs = ((name, str(getattr(before, name) or ""), str(getattr(after, name) or "")) for name in shown)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def notices(evaluation: Evaluation) -> tuple[Notice, ...]:
    """Who must hear of the newest event: the employee of a beginning and of a rating, and whoever must act now."""
    event, employee = evaluation.events[-1], evaluation.parties.employee
    holder = evaluation.holder or HR
    moved = {name for name, _, _ in event.changes}
    if event.kind in ("period_opened", "rate_period"):
        return (Notice(employee, "period_opened" if evaluation.open else "period_rated", event.revision),)
    if event.kind == "reminded":
        return (Notice(holder, "period_reminded", event.revision),)
    to_rate = evaluation.stage is Stage.RATING and "holder" in moved
    return (Notice(holder, "period_to_rate", event.revision),) if to_rate else ()
