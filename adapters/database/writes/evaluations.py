"""The evaluations of periods, written by their processes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from adapters.database import chain
from adapters.database.announcing import announce_all
from adapters.database.documents import EVALUATION as WHOLE
from adapters.database.engine import Session, Sessions
from adapters.database.reads.evaluations import EVALUATION
from adapters.database.upsert import upsert_all
from appraisal.periods.evaluation import Evaluation
from appraisal.periods.evaluation_rules import notices


class SqlEvaluations:
    """Implements activities.period_ports.Evaluations."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def begin(self, evaluations: Sequence[Evaluation]) -> tuple[str, ...]:
        async with self._sessions.begin() as session:
            await chain.begin(session, [(one.id, one.events[0]) for one in evaluations])
            await _keep(session, evaluations)
            known = select(EVALUATION.c.id, EVALUATION.c.revision)
            known = known.where(EVALUATION.c.id.in_([one.id for one in evaluations]))
            return tuple(row.id for row in await session.execute(known) if row.revision > 0)


async def keep_evaluation(session: Session, evaluation: Evaluation) -> None:
    """Add what it has not on record yet, and bring its row up to date."""
    if await chain.append(session, evaluation.id, evaluation.events):
        await _keep(session, (evaluation,))


async def _keep(session: Session, evaluations: Sequence[Evaluation]) -> None:
    await upsert_all(session, EVALUATION, [_row(one) for one in evaluations], newer="revision")
    await announce_all(session, ((one.id, notices(one), one.events[-1].at) for one in evaluations))


def _row(evaluation: Evaluation) -> dict[str, Any]:
    dates, parties = evaluation.dates, evaluation.parties
    return {
        "id": evaluation.id,
        "cycle_id": evaluation.cycle,
        "employee_id": parties.employee,
        "number": dates.number,
        "stage": evaluation.stage,
        "unit_id": parties.unit,
        "supervisor_id": parties.supervisor,
        "superior_id": parties.line[1] if len(parties.line) > 1 else None,
        "acting": [[one.represented, one.by, one.signs] for one in parties.acting],
        "holder_id": evaluation.holder,
        "begins_at": dates.begins,
        "ends_at": dates.ends,
        "last_day": dates.last_day,
        "due_at": evaluation.due,
        "reported": bool(evaluation.realisations),
        "results_rating": evaluation.results,
        "behaviour_rating": evaluation.behaviour,
        "predicate": evaluation.predicate,
        "revision": evaluation.revision,
        "document": WHOLE.dump_python(evaluation.stored(evaluation.revision), mode="json"),
    }
