"""Everything that one person has to do by some time, for a calendar: what it is and when, and nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime

from adapters.database.desk.accounts import Visitor, digest
from adapters.database.engine import Session
from adapters.database.reads import case_rows, directory, enrolment_rows, evaluations, heads_words, voice_rounds
from adapters.ics import DueDate
from api.pages import labels
from api.pages.words import N_, Words
from api.services import Services
from appraisal.training.enrolment import Stage

MOST = 200
"""Of each kind; whoever has more to do than that does not need a calendar to know it."""
REPORT, RATE = N_("Report on the period"), N_("Rate a period")
HEADS_WORD, ASKED = N_("Trainings proposed for my people"), N_("You are asked about colleagues")
ANSWER, LOOK_BACK = N_("Answer the invitation to a training"), N_("Say whether a training helped")


@dataclass(frozen=True, slots=True)
class Found:
    """Something to do in a cycle: what, when, and where. `key` says which one it is, the how-many-th version `revision`."""

    key: str
    cycle: str
    due_at: datetime | None
    what: str
    path: str
    revision: int = 0


async def due_dates(jenjang: Services, visitor: Visitor, words: Words) -> tuple[DueDate, ...]:
    """Due dates of the person alone, not of an office that the person holds: a calendar is easily shown to others."""
    async with jenjang.reading() as session:
        found = await _found(session, visitor.id, jenjang.now(), jenjang.today())
        cycles = {row["id"]: row["name"] for row in await directory.cycles(session)}
    public, site = jenjang.settings.public_url, jenjang.settings.site
    entries = [
        DueDate(
            f"{digest(one.key)[:32]}@{site}",
            one.revision,
            one.due_at,
            f"{words.gettext(one.what)} ({cycles[one.cycle]})",
            f"{public}{one.path}",
        )
        for one in found
        if one.due_at is not None
    ]
    return tuple(sorted(entries, key=lambda one: (one.due_at, one.uid)))


async def _found(session: Session, me: str, now: datetime, today: date) -> tuple[Found, ...]:
    steps = await case_rows.waiting_for(session, (me,), limit=MOST)
    periods = await evaluations.waiting_periods(session, me, now, MOST)
    seats = await enrolment_rows.waiting(session, me, today, MOST)
    owed = await heads_words.owed(session, me, now)
    asked = await voice_rounds.owed_by(session, me, now)
    return (
        *(_step(one, me) for one in steps),
        *(_period(one, me) for one in periods),
        *(_seat(one) for one in seats),
        *(
            Found(f"words/{one.cycle}/{me}", one.cycle, one.until, HEADS_WORD, f"/nominations/{one.cycle}/words")
            for one in owed
        ),
        *(_voice(one, me) for one in asked),
    )


def _step(one: case_rows.CaseRow, me: str) -> Found:
    place = "appraisals" if one.employee_id == me else "waiting"
    path = f"/{place}/{one.cycle_id}/{one.employee_id}"
    return Found(f"{one.id}/{one.step}", one.cycle_id, one.due_at, labels.STEPS[one.step], path, one.revision)


def _period(one: evaluations.PeriodRow, me: str) -> Found:
    path = f"/appraisals/{one.cycle_id}/{one.employee_id}/periods/{one.number}"
    what = REPORT if one.employee_id == me else RATE
    return Found(f"{one.id}/{one.stage}", one.cycle_id, one.due_at, what, path, one.revision)


def _seat(one: enrolment_rows.EnrolmentRow) -> Found:
    invited = one.stage == Stage.INVITED
    due, what = (one.respond_by, ANSWER) if invited else (one.answers_by, LOOK_BACK)
    return Found(f"{one.id}/{what}", one.cycle_id, due, what, f"/enrolments/{one.cycle_id}/{one.employee_id}")


def _voice(one: voice_rounds.InvitationRow, me: str) -> Found:
    path = f"/voices/{one.cycle_id}/{one.employee_id}/answer"
    return Found(f"voice/{one.cycle_id}/{one.employee_id}/{me}", one.cycle_id, one.due_at, ASKED, path)
