"""The board of a calibration session, and its first votes, as people work on them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION
from adapters.database.engine import Session, open_sessions
from adapters.database.tables import process, session
from adapters.database.upsert import insert_missing, upsert, upsert_all
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.votes import Ballot, Vote
from appraisal.calibration.working_board import Change, Proposal, WorkingBoard, changed
from appraisal.vocabulary import Rating

BOARD, PROPOSAL = table_of(session.SessionBoard), table_of(session.SessionProposal)
BALLOT, STATE = table_of(session.SessionBallot), table_of(process.Calibration)


class Boards:
    """Every change holds the board's row to its end, so that of two people at once one sees what the other has done."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def read(self, calibration: str) -> WorkingBoard:
        """The board; an empty one where nobody has proposed anything."""
        async with self._reading() as reading:
            return await _board(reading, calibration)

    async def change(self, calibration: str, seen: int, wishes: tuple[Proposal, ...], by: str, at: datetime) -> Change:
        """Write these wishes, all or none; a refusal (InvalidText) or a conflict writes nothing."""
        async with self._writing.begin() as writing:
            await _hold(writing, calibration)
            made = changed(await _board(writing, calibration), seen, wishes, by, at)
            if made.changed:
                await upsert(writing, BOARD, {"calibration_id": calibration, "revision": made.board.revision})
                await upsert_all(writing, PROPOSAL, [_row(calibration, one) for one in made.changed])
        return made

    async def ballots(self, calibration: str) -> tuple[Ballot, ...]:
        """What has been voted, by voter."""
        async with self._reading() as reading:
            return await _ballots(reading, calibration)

    async def vote(
        self,
        calibration: str,
        ballot: Ballot,
        check: Callable[[Calibration, tuple[str, ...]], Ballot],
        at: datetime,
    ) -> tuple[str, ...]:
        """Keep the ballot in place of an earlier one, if `check` allows it by the state and the voters so far; who has voted."""
        async with self._writing.begin() as writing:
            await _hold(writing, calibration)
            kept = select(STATE.c.document).where(STATE.c.id == calibration).with_for_update(read=True)
            state = CALIBRATION.validate_python((await writing.execute(kept)).scalar_one())
            given = tuple(one.voter for one in await _ballots(writing, calibration))
            votes = [[vote.employee, vote.results, vote.behaviour] for vote in check(state, given).votes]
            values = {"calibration_id": calibration, "voter_id": ballot.voter, "votes": votes, "given_at": at}
            await upsert(writing, BALLOT, values)
        return tuple(sorted({*given, ballot.voter}))


async def _hold(writing: Session, calibration: str) -> None:
    await insert_missing(writing, BOARD, [{"calibration_id": calibration, "revision": 0}])
    await writing.execute(select(BOARD.c.revision).where(BOARD.c.calibration_id == calibration).with_for_update())


async def _board(reading: Session, calibration: str) -> WorkingBoard:
    revision = await reading.scalar(select(BOARD.c.revision).where(BOARD.c.calibration_id == calibration))
    query = select(PROPOSAL).where(PROPOSAL.c.calibration_id == calibration).order_by(PROPOSAL.c.employee_id)
    return WorkingBoard(revision or 0, tuple(_proposal(row) for row in await reading.execute(query)))


def _proposal(row: Any) -> Proposal:
    results, behaviour = (Rating(value) if value else None for value in (row.results, row.behaviour))
    said = (row.employee_id, results, behaviour, row.reason, row.discussed)
    return Proposal(*said, row.revision, row.changed_by, row.changed_at)


def _row(calibration: str, one: Proposal) -> dict[str, Any]:
    return {
        "calibration_id": calibration,
        "employee_id": one.employee,
        "results": one.results,
        "behaviour": one.behaviour,
        "reason": one.reason,
        "discussed": one.discussed,
        "revision": one.revision,
        "changed_by": one.by,
        "changed_at": one.at,
    }


async def _ballots(reading: Session, calibration: str) -> tuple[Ballot, ...]:
    query = select(BALLOT.c.voter_id, BALLOT.c.votes).where(BALLOT.c.calibration_id == calibration)
    rows = await reading.execute(query.order_by(BALLOT.c.voter_id))
    return tuple(Ballot(row.voter_id, tuple(_vote(vote) for vote in row.votes)) for row in rows)


def _vote(stored: list[str]) -> Vote:
    employee, results, behaviour = stored
    return Vote(employee, Rating(results), Rating(behaviour))
