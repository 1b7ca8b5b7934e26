"""Results of assessments from files, as the imports write them: added or corrected, never deleted."""

from sqlalchemy import insert, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.ids import new_id
from adapters.database.periods import update_rows
from adapters.database.tables import career
from adapters.database.writes.roster_examined import Examined
from adapters.database.writes.roster_known import PERSON
from appraisal.roster.assessments import read_assessments
from appraisal.roster.difference import assessment_differences
from appraisal.roster.importing import Import, ImportOrder
from appraisal.roster.roster import AssessmentEntry, Sheet

ASSESSMENT = table_of(career.Assessment)


async def examine_assessments(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    """Scores against the record; none of a day after that from which the file is valid."""
    people = {row.nip: row for row in await session.execute(select(PERSON.c.nip, PERSON.c.id, PERSON.c.name))}
    names = {nip: row.name for nip, row in people.items()}
    query = select(ASSESSMENT, PERSON.c.nip).join(PERSON, PERSON.c.id == ASSESSMENT.c.person_id)
    rows = (await session.execute(query)).all()
    known = [AssessmentEntry(row.nip, row.assessed_on, row.score, row.source) for row in rows]
    keys = {(row.nip, row.assessed_on, row.source): row.id for row in rows}
    entries, problems = read_assessments(sheet, names, order.effective_on)

    async def write(_: Import) -> None:
        changed = [
            {"row": keys[key], "new_score": entry.score}
            for entry in entries
            if (key := (entry.nip, entry.on, entry.source)) in keys
        ]
        fresh = [
            {
                "id": new_id(),
                "person_id": people[entry.nip].id,
                "assessed_on": entry.on,
                "score": entry.score,
                "source": entry.source,
                "import_id": order.batch,
            }
            for entry in entries
            if (entry.nip, entry.on, entry.source) not in keys
        ]
        await update_rows(session, ASSESSMENT, changed)
        if fresh:
            await session.execute(insert(ASSESSMENT), fresh)

    return Examined(problems, assessment_differences(entries, known, names), write)
