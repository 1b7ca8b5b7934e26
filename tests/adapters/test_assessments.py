"""Results of assessments from files, against a real database."""

from datetime import date

from adapters.database.engine import Sessions
from appraisal.roster.roster import ImportKind
from tests.adapters.roster_drive import apply, bring, preview, rows
from tests.roster_files import HEAD, people

LATER = date(2026, 5, 1)


async def test_assessments_are_kept_and_corrected(sessions: Sessions) -> None:
    await bring(sessions, "orang", people(), on=date(2026, 1, 1))
    kept_of = "SELECT person.nip, score, source FROM assessment JOIN person ON person.id = person_id"
    for batch, score in (("satu", "84,5"), ("dua", "80")):
        sheet = [["nipBaru", "tanggal", "nilai", "sumber"], [HEAD, "05-01-2026", score, "Assessment Center"]]
        state = await preview(sessions, batch, sheet, on=LATER, kind=ImportKind.ASSESSMENTS)
        assert (state.findings.errors, state.findings.differences) == (0, 1)
        assert (await apply(sessions, state)).applied
        ((nip, kept_score, source),) = await rows(sessions, kept_of)
        assert (nip, float(str(kept_score)), source) == (HEAD, float(score.replace(",", ".")), "Assessment Center")
