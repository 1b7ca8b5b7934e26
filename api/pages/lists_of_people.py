"""The lists of people and of what is said about them, and the days off: the rows of their files, as their pages show them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from adapters.database.desk.identities import IdentityRow
from adapters.database.reads import calendars, directory, enrolment_rows, joiners, offices, socialisation
from adapters.database.reads.acting_list import AppointmentRow
from adapters.database.reads.directory import PersonRow
from adapters.database.reads.enrolment_rows import EnrolmentRow
from adapters.database.reads.joiners import CandidateRow
from adapters.database.reads.offices import OfficerRow
from adapters.database.reads.socialisation import ReaderRow
from adapters.database.reads.unreached import Unreached, unreached
from api import career, export
from api.career import Listed
from api.export import Listing, Pages, Row
from api.pages import career_words, terms
from api.pages.acting import KINDS
from api.pages.calendar import Year, days_of
from api.pages.career import filter_of
from api.pages.departure_words import CAUSES
from api.pages.enrolment_words import HELPED, STAGES
from api.pages.identities import enders_of
from api.pages.imports import problems_of
from api.pages.render import MyPage, OfficerPage, OverseerPage
from api.pages.sign_on_words import FOUND_BY
from api.pages.superior_reports import PHASES
from api.pages.unreached import why
from api.pages.words import N_
from api.routes import appointments, departures, superior_reports
from api.routes.appraisals import Key
from api.routes.dates import at_work
from api.routes.socialisation import rules_of
from api.security import scope

Search = Annotated[str, Query(max_length=100)]
Found = tuple[PersonRow, str]
"""Somebody, and the name of the superior."""
Ending = tuple[IdentityRow, str]
"""A link of accounts, and who has ended it."""


async def _people(page: OverseerPage, search: Search = "") -> Pages:
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, today)

    async def read(last: Found | None) -> Sequence[Found]:
        after = (last[0].name, last[0].id) if last else None
        async with page.jenjang.reading() as session:
            found = await directory.people(session, today, search.strip(), after, export.PAGE, scope(page.person))
            above = tuple({row.supervisor_id for row in found if row.supervisor_id})
            superiors = await directory.person_names(session, above)
        return [(row, superiors.get(row.supervisor_id or "", "")) for row in found]

    def told(found: Found) -> Row:
        row, superior = found
        account = page.gettext("yes") if row.has_account else page.gettext("no")
        return (row.name, terms.EMPLOYMENTS[row.employment], row.title, units.get(row.unit_id, ""), superior, account)

    return export.paged(read, told)


async def _candidates(cycle: Key, page: OfficerPage, search: Search = "") -> Pages:
    await at_work(page.jenjang, cycle)
    today = page.jenjang.today()
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, today)

    async def read(last: CandidateRow | None) -> Sequence[CandidateRow]:
        after = (last.name, last.id) if last else None
        async with page.jenjang.reading() as session:
            return await joiners.candidates(session, cycle, today, search.strip(), export.PAGE, after)

    return export.paged(read, lambda row: (row.name, row.title, units.get(row.unit_id, "")))


async def _readers(cycle: Key, page: OfficerPage) -> Pages:
    rules = (await rules_of(page.jenjang, page.person, cycle)).rules
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())

    async def read(last: ReaderRow | None) -> Sequence[ReaderRow]:
        async with page.jenjang.reading() as session:
            return await socialisation.readers(session, cycle, rules, last.key if last else None, export.PAGE)

    def told(row: ReaderRow) -> Row:
        read_by_now = page.gettext("confirmed") if row.confirmed_at else page.gettext("not yet")
        return (row.name, units.get(row.unit_id, row.unit_id), read_by_now, row.confirmed_at)

    return export.paged(read, told)


async def _appointments(page: MyPage) -> Pages:
    rows = await appointments.listed(page.jenjang, page.person, page.now, None)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())

    def told(row: AppointmentRow) -> Row:
        signs = page.gettext("prepares and signs") if row.signs else page.gettext("prepares only")
        place = (row.represented or row.position, units.get(row.unit_id or "", ""))
        return (row.person, page.gettext(KINDS[row.kind]), *place, signs, row.begins_at, row.ends_at, row.reason)

    return export.at_once(map(told, rows))


async def _departures(page: OfficerPage) -> Pages:
    found = await departures.away(page.person, page.jenjang)
    return export.at_once(
        (row.person, page.gettext(CAUSES[row.cause]), row.effective_on, row.returns_on, row.reason) for row in found
    )


async def _reports(page: MyPage) -> Pages:
    rows = await superior_reports.listed(page.jenjang, page.person, None)
    nobody, open_ = page.gettext("nobody"), page.gettext("left open")
    return export.at_once(
        (
            *(row.person, row.before or nobody, row.proposed or open_, row.words, page.gettext(PHASES[row.phase])),
            *(row.reported_at, row.due_at, row.superior, row.reason, row.decided_at),
        )
        for row in rows
    )


async def _officers(page: OfficerPage) -> Pages:
    async with page.jenjang.reading() as session:
        found = await offices.appointed(session, page.jenjang.today())
    agency, dissolved = page.gettext("the whole agency"), page.gettext("a unit that is dissolved: without effect")
    shut, support = page.gettext("account shut"), page.gettext("support: looks on, changes nothing")

    def of(one: OfficerRow) -> str:
        return support if one.support else agency if one.unit_id is None else one.unit or dissolved

    return export.at_once((one.name, of(one), shut if one.disabled else "") for one in found)


async def _identities(page: OfficerPage, search: Search = "") -> Pages:
    async def read(last: Ending | None) -> Sequence[Ending]:
        after = (last[0].linked_at, last[0].id) if last else None
        found = await page.jenjang.identities.listed(search.strip(), after, export.PAGE)
        enders = await enders_of(page, found)
        return [(row, enders.get(row.ended_by, page.gettext("HR")) if row.ended_by else "") for row in found]

    def told(found: Ending) -> Row:
        row, ender = found
        return (row.name, page.gettext(FOUND_BY[row.found_by]), row.linked_at, row.ended_at, ender, row.subject)

    return export.paged(read, told)


async def _unreached(page: OfficerPage) -> Pages:
    async def read(last: Unreached | None) -> Sequence[Unreached]:
        async with page.jenjang.reading() as session:
            return await unreached(session, (last.name, last.id) if last else None, export.PAGE)

    return export.paged(read, lambda row: (row.name, row.email, row.created_at, why(page.words, row.error)))


async def _careers(page: MyPage, kind: str = "", unit: str = "", box: str = "", which: str = "") -> Pages:
    found = await career.board(page.jenjang, page.person, filter_of(kind, unit, box, which))
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())

    def told(one: Listed) -> Row:
        proposal, words = one.proposal, page.words
        what = career_words.what(words, proposal.kind, proposal.about, proposal.value, proposal.grounds)
        why = " ".join(career_words.grounds(words, proposal.grounds))
        state = page.gettext(career_words.VERDICTS[one.decided.verdict]) if one.decided and not one.waits else ""
        return (one.name, one.title, units.get(one.unit, ""), what, why, state)

    return export.at_once(map(told, found.rows))


async def _days_off(page: OfficerPage, year: Year = None) -> Pages:
    chosen = year or page.jenjang.today().year
    async with page.jenjang.reading() as session:
        days = await days_of(session, await calendars.almanac_of(session, (chosen,)), chosen)
    known, uncertain = page.gettext("comes with Jenjang"), page.gettext("not certain")
    return export.at_once(
        (
            *(one.day, page.words.weekday(one.day), one.name, page.gettext(terms.DAY_KINDS[one.kind])),
            *(one.source or known, uncertain if one.estimated else ""),
        )
        for one in days
    )


async def _seats(page: OfficerPage, training: Search = "", stage: Search = "") -> Pages:
    async def read(last: EnrolmentRow | None) -> Sequence[EnrolmentRow]:
        async with page.jenjang.reading() as session:
            after = last.key if last else None
            return await enrolment_rows.listed(session, training, stage, after, export.PAGE)

    def told(row: EnrolmentRow) -> Row:
        views = ((HELPED[view] if view else "") for view in (row.own_view, row.superiors_view))
        helped = (page.gettext(view) if view else "" for view in views)
        place = (row.employee, row.course, row.starts_on, row.ends_on, page.gettext(STAGES[row.stage]))
        return (*place, row.hours, row.certificate, row.successor, *helped)

    return export.paged(read, told)


async def _problems(batch: Key, page: OfficerPage) -> Pages:
    weights = {"error": page.gettext("error"), "warning": page.gettext("warning")}
    return export.at_once(
        (one["row"] or None, one["column"], weights[one["severity"]], one["what"], one["remedy"])
        for one in await problems_of(page, batch)
    )


EMPLOYEE, UNIT, NAME, POSITION, REASON = N_("Employee"), N_("Unit"), N_("Name"), N_("Position"), N_("Reason")
PEOPLE = (NAME, N_("Employment"), POSITION, UNIT, N_("Superior"), N_("Has an account"))
READERS = (EMPLOYEE, UNIT, N_("Confirmed"), N_("When"))
ACTING = (N_("Who acts"), N_("Kind"), N_("Acts for"), UNIT, N_("Right"), N_("from"), N_("until"), REASON)
DEPARTURES = (NAME, N_("Why"), N_("First day"), N_("Back on"), REASON)
REPORTS = (
    *(EMPLOYEE, N_("Superior on record"), N_("Superior as reported"), N_("In the words of the employee"), N_("State")),
    *(N_("Reported"), N_("Due"), N_("Superior named by HR"), REASON, N_("Decided")),
)
IDENTITIES = (NAME, N_("Found"), N_("Linked"), N_("Ended"), N_("Ended by"), N_("Id there"))
UNREACHED = (NAME, N_("E-mail"), N_("Mail of"), N_("Why"))
OFFICERS = (NAME, N_("HR officer of, or support"), N_("Account"))
DAYS_OFF = (N_("Date"), N_("Day"), NAME, N_("Kind"), N_("Source"), N_("Certain?"))
SEATS = (
    *(EMPLOYEE, N_("Training"), N_("First day"), N_("Last day"), N_("State"), N_("Hours that count")),
    *(N_("Certificate"), N_("Seat passed on to"), N_("Helped, says the employee"), N_("Helped, says the superior")),
)
CAREERS = (EMPLOYEE, POSITION, UNIT, N_("What is proposed"), REASON, N_("Decision"))
PROBLEMS = (N_("Row"), N_("Column"), N_("Kind"), N_("What is wrong"), N_("What to do"))
LISTS = (
    Listing("/people", N_("People"), PEOPLE, _people),
    Listing("/cycles/{cycle}/participants", N_("Who does not take part"), (NAME, POSITION, UNIT), _candidates),
    Listing("/cycles/{cycle}/rules", N_("Who has read the rules"), READERS, _readers),
    Listing("/appointments", N_("Who acts for whom"), ACTING, _appointments),
    Listing("/people/departures", N_("Departures and absences"), DEPARTURES, _departures),
    Listing("/superior-reports", N_("Reports of a wrong superior"), REPORTS, _reports),
    Listing("/people/officers", N_("HR officers"), OFFICERS, _officers),
    Listing("/people/identities", N_("Linked accounts"), IDENTITIES, _identities),
    Listing("/people/unreached", N_("Whom mail does not reach"), UNREACHED, _unreached),
    Listing("/calendar", N_("Days off"), DAYS_OFF, _days_off),
    Listing("/enrolments", N_("Seats in trainings"), SEATS, _seats),
    Listing("/career", N_("Career"), CAREERS, _careers),
    Listing("/people/import/{batch}", N_("Problems of the file"), PROBLEMS, _problems),
)
