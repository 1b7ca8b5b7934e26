"""What processes leave in the tables: each state as its row."""

from datetime import UTC, datetime
from typing import Any

from adapters.database.documents import CALIBRATION, CASE, POLICY, REMEDY, TIMETABLE
from adapters.database.documents import CYCLE as WHOLE_CYCLE
from adapters.database.reads.objections import OPEN
from appraisal.bulk import Bulk
from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.cycle import Cycle
from appraisal.objection.objections import ObjectionEnd
from appraisal.predicates import predicate


def bulk_row(bulk: Bulk) -> dict[str, Any]:
    """An order for many cases, and how far it is."""
    order, scope = bulk.order, bulk.order.scope
    return {
        "id": order.id,
        "remedy": REMEDY.dump_python(order.remedy, mode="json"),
        "ordered_by": order.actor.id,
        "ordered_at": bulk.at,
        "cases": bulk.taken + len(bulk.refused) if scope else len(order.cases),
        "done": bulk.done,
        "taken": bulk.taken,
        "refused": [list(pair) for pair in bulk.refused],
        "revision": bulk.revision,
        "cycle_id": scope.cycle if scope else None,
        "unit_id": scope.unit if scope else None,
        "releases": scope.of or None if scope else None,
        "groups": [list(pair) for pair in bulk.groups],
    }


def calibration_row(calibration: Calibration) -> dict[str, Any]:
    """A unit's calibration."""
    following = calibration.next_alarm
    return {
        "id": calibration.id,
        "cycle_id": calibration.cycle,
        "unit_id": calibration.unit,
        "head_id": calibration.head,
        "superior_id": calibration.line[0] if calibration.line else None,
        "escalated_to": calibration.escalated_to,
        "phase": calibration.phase,
        "unit_result": calibration.unit_result,
        "round": calibration.round,
        "opens_at": calibration.schedule.window.opens,
        "due_at": calibration.schedule.window.due,
        "ends_at": calibration.schedule.window.end,
        "next_alarm": following[1] if following else None,
        "next_at": following[0] if following else None,
        "revision": calibration.revision,
        "document": CALIBRATION.dump_python(calibration.stored(calibration.revision), mode="json"),
    }


def objection_row(case: Case) -> dict[str, Any]:
    """The columns of a case about its objection."""
    objection = case.objection
    changed = objection is not None and objection.ended is ObjectionEnd.CHANGED
    return {
        "rater_id": case.parties.rater,
        "decider_id": case.parties.decider,
        "objection": (objection.ended or OPEN) if objection else None,
        "predicate_objected": predicate(objection.results, objection.behaviour) if objection and changed else None,
    }


def appraisal_row(case: Case) -> dict[str, Any]:
    """A case: whom it waits for and until when as columns, which lists use, and all of it as a document."""
    window = case.window if case.open else None
    following = case.next_alarm
    return {
        "id": case.id,
        "cycle_id": case.cycle,
        "employee_id": case.parties.employee,
        "unit_id": case.parties.unit,
        "supervisor_id": case.parties.supervisor,
        "superior_id": case.parties.line[1] if len(case.parties.line) > 1 else None,
        "head_id": case.parties.head,
        "step": case.step,
        "holder_id": case.holder,
        "escalated_to": case.escalated_to,
        "preparer_id": case.preparer,
        "acting": [[one.represented, one.by, one.signs] for one in case.parties.acting],
        "since": case.since,
        "opens_at": window.opens if window else None,
        "due_at": window.due if window else None,
        "ends_at": window.end if window else None,
        "next_alarm": following[1] if following else None,
        "next_at": following[0] if following else None,
        "returned": case.returned,
        "escalated": case.escalated,
        "results_rating": case.results,
        "behaviour_rating": case.behaviour,
        "predicate": case.predicate,
        "calibrated": case.calibrated is not None and bool(case.calibrated.reason),
        "outcome": case.outcome,
        "training_id": case.nominated.training if case.nominated else None,
        "handed_to_hr": case.parties.handed_to_hr,
        "handed_to_unit_hr": case.parties.handed_to_unit_hr,
        "taken_by": case.parties.taken_by,
        "held": case.held is not None,
        "held_until": case.held.until if case.held else None,
        "exit": case.exit,
        **objection_row(case),
        "revision": case.revision,
        "document": CASE.dump_python(case.stored(case.revision), mode="json"),
        "updated_at": datetime.now(UTC),
        "earlier": list(case.parties.earlier),
        "waits_upstream": case.waits_upstream,
    }


def cycle_row(cycle: Cycle) -> dict[str, Any]:
    """A cycle with its policy and its dates."""
    launch, table = cycle.launch, cycle.timetable
    return {
        "id": cycle.id,
        "year": launch.year,
        "name": launch.name,
        "phase": cycle.phase,
        "policy": POLICY.dump_python(launch.policy, mode="json"),
        "timetable": TIMETABLE.dump_python(table, mode="json") if table else None,
        "participants": cycle.participants,
        "started": cycle.started,
        "starts_at": launch.starts_at,
        "closes_at": table.closes if table else None,
        "calendar_version": cycle.calendar,
        "unconfirmed_years": list(cycle.unconfirmed),
        "revision": cycle.revision,
        "document": WHOLE_CYCLE.dump_python(cycle.stored(cycle.revision), mode="json"),
    }
