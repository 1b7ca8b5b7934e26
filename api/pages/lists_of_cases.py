"""The lists of cases and of decisions about many: the rows of their files, filtered as their pages are."""

from collections.abc import Sequence

from adapters.database.reads import directory, group_boards
from adapters.database.reads.case_rows import After
from adapters.database.reads.closing import Line as Leaving
from adapters.database.reads.group_boards import BoardMember, BoardProposal
from adapters.database.reads.open_cases import Stuck
from api import export
from api.closing_report import named, why
from api.errors import NOT_FOUND
from api.export import Listing, Pages, Row
from api.pages import (
    board,
    board_words,
    calibration_view,
    case_list,
    closing,
    closing_words,
    seat_words,
    terms,
    waiting_list,
)
from api.pages.calibration import Cycle, led
from api.pages.labels import ALARMS, EXITS, OUTCOMES, PREDICATES, RATINGS, STEPS, UNIT_RESULTS, office
from api.pages.nominations import reason
from api.pages.render import MyPage, OfficerPage, OverseerPage, Page
from api.pages.words import N_
from api.routes.appraisals import Key
from api.routes.closing import whole
from api.routes.cycles import known
from api.routes.work import after, place
from appraisal.calibration.calibration import Rated
from appraisal.predicates import predicate


def _one_of(page: Page, names: dict[str, str], key: str | None) -> str:
    """A word of the field; nothing where there is no key."""
    return named(page.words, names, key) if key else ""


def _somebody(page: Page, name: str | None, who: str | None, otherwise: str = "") -> str:
    """A person's name, or HR where it stands in a person's place."""
    hr = office(who)
    return page.gettext(hr) if hr else name or otherwise


async def _board(page: OverseerPage, asked: board.Filter) -> Pages:
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())

    async def read(last: board.Line | None) -> Sequence[board.Line]:
        after = After(last.case.due_at, last.case.id) if last else None
        async with page.jenjang.reading() as session:
            return await board.lines(page, session, units, asked.wanted, after, export.PAGE)

    def told(line: board.Line) -> Row:
        case, nobody = line.case, page.gettext("nobody")
        holder = _somebody(page, case.holder, case.holder_id, nobody)
        wrong = [page.gettext(board_words.TROUBLES[trouble.kind]) for trouble in case.troubles]
        late = [page.gettext(board_words.STUCK[Stuck.LATE])] if line.late.total_seconds() > 0 else []
        where = (_one_of(page, STEPS, case.step), holder, _somebody(page, line.handed_to, case.escalated_to))
        when = (case.since, line.waited.days, case.due_at, _one_of(page, ALARMS, case.next_alarm), case.next_at)
        so_far = (case.notices, case.escalated, "; ".join((*late, *wrong)))
        return (case.employee, line.unit, *where, *when, *so_far, case.id)

    return export.paged(read, told)


async def _cases(cycle: Key, page: OverseerPage, wanted: case_list.Filter) -> Pages:
    await known(page.jenjang, cycle)

    async def read(last: case_list.Line | None) -> Sequence[case_list.Line]:
        return await case_list.lines(page, cycle, wanted, after(place(last.row) if last else None), export.PAGE)

    def told(line: case_list.Line) -> Row:
        row, nobody = line.row, "" if line.row.outcome else page.gettext("nobody")
        holder = _somebody(page, line.holder, row.holder_id, nobody)
        where = (_one_of(page, STEPS, row.step), holder, _somebody(page, line.handed_to, row.escalated_to))
        when = (row.since, row.due_at, _one_of(page, ALARMS, row.next_alarm), row.next_at)
        result = (_one_of(page, PREDICATES, row.predicate), _one_of(page, OUTCOMES, row.outcome))
        return (row.employee, line.unit, *where, *when, *result)

    return export.paged(read, told)


async def _closing(cycle: Key, page: OfficerPage, asked: closing.Filter) -> Pages:
    found, words = await whole(page.jenjang, cycle), page.words
    units = {one.unit_id: one.unit for one in found.units}

    async def read(last: Leaving | None) -> Sequence[Leaving]:
        return found.page(asked.exit, asked.unit, last.key if last else None, export.PAGE)

    def told(line: Leaving) -> Row:
        where = (named(words, STEPS, line.step), _somebody(page, line.holder, line.holder_id), line.since)
        end = (named(words, EXITS, line.exit), named(words, STEPS, line.leaves_from), line.leaves_at)
        return (line.employee, units.get(line.unit_id, line.unit_id), *where, *end, why(words, line))

    return export.paged(read, told)


async def _waiting(page: MyPage) -> Pages:
    async def read(last: waiting_list.Waiting | None) -> Sequence[waiting_list.Waiting]:
        return await waiting_list.lines(page, after(place(last.row) if last else None), export.PAGE)

    def told(one: waiting_list.Waiting) -> Row:
        row = one.row
        return (row.employee, one.cycle, _one_of(page, STEPS, row.step), row.opens_at, row.due_at, one.instead_of)

    return export.paged(read, told)


async def _calibrations(page: MyPage, cycle: Cycle = "") -> Pages:
    found = await led(page, cycle)
    units, cycles, heads = found["units"], found["cycles"], found["heads"]
    return export.at_once(
        (
            *(units.get(row["unit_id"], row["unit_id"]), cycles.get(row["cycle_id"], "")),
            *(heads.get(row["head_id"]) or page.gettext("nobody"), _one_of(page, terms.GROUP_PHASES, row["phase"])),
            *(row["opens_at"], row["due_at"], _one_of(page, UNIT_RESULTS, row["unit_result"]), row["round"]),
        )
        for row in found["rows"]
    )


async def _members(cycle: Key, unit: Key, page: MyPage) -> Pages:
    view = await calibration_view.load(page, cycle, unit)

    def rated(results: str, behaviour: str, which: str) -> Row:
        return tuple(_one_of(page, *one) for one in ((RATINGS, results), (RATINGS, behaviour), (PREDICATES, which)))

    def waits(one: BoardMember) -> Row:
        reviewer = view.name(one.supervisor) or page.gettext("HR")
        review = rated(one.results, one.behaviour, one.predicate)
        return (one.name, reviewer, *review, one.results_reason, one.behaviour_reason, *("",) * 4, None)

    def decided(one: Rated, number: int) -> Row:
        before = one.member
        review = rated(before.results, before.behaviour, predicate(before.results, before.behaviour))
        after = (*rated(one.results, one.behaviour, one.predicate), one.reason, number)
        return (view.name(before.employee) or before.employee, "", *review, "", "", *after)

    last = view.decision
    settled = [decided(one, last.round) for one in last.ratings] if last else []
    return export.at_once([*map(waits, view.board.members), *settled])


async def _nominations(cycle: Key, page: OfficerPage, undecided: bool = False) -> Pages:
    async with page.jenjang.reading() as session:
        first = await group_boards.nomination_board(session, cycle, None, 1)
        units = await directory.unit_names(session, page.jenjang.today())
    if first is None:
        raise NOT_FOUND
    courses = {one.course.id: one.course.name for one in first.courses}

    async def read(last: BoardProposal | None) -> Sequence[BoardProposal]:
        after = (last.rank, last.employee) if last else None
        async with page.jenjang.reading() as session:
            found = await group_boards.nomination_board(session, cycle, after, export.PAGE, undecided)
        return found.proposals if found else ()

    def told(one: BoardProposal) -> Row:
        training = courses.get(one.training, one.training) if one.training else page.gettext("No training")
        why = (training, reason(page, one), _one_of(page, terms.DECISIONS, one.decision), one.decision_reason)
        who = (one.rank, one.name, units.get(one.unit or "", ""), _one_of(page, PREDICATES, one.predicate))
        word = one.word if one.word and one.word.holds else None
        said = page.gettext(seat_words.AGREES if word.agrees else seat_words.OBJECTS) if word else ""
        return (*who, *why, said, word.reason if word else "")

    return export.paged(read, told)


EMPLOYEE, UNIT, STEP, DUE, PREDICATE = N_("Employee"), N_("Unit"), N_("Step"), N_("Due"), N_("Predicate")
CASES = (
    *(EMPLOYEE, UNIT, STEP, N_("Holder"), N_("Also handed to"), N_("Since"), DUE),
    *(N_("What the clock does next"), N_("At"), PREDICATE, N_("Outcome")),
)
WAITING = (EMPLOYEE, N_("Cycle"), STEP, N_("Opens"), DUE, N_("In place of"))
CALIBRATIONS = (
    *(UNIT, N_("Cycle"), N_("Head"), N_("State"), N_("Opens"), DUE),
    *(N_("Result of the unit"), N_("Decided rounds")),
)
MEMBERS = (
    *(EMPLOYEE, N_("Reviewed by"), N_("Results"), N_("Behaviour"), PREDICATE),
    *(N_("Reason for the results"), N_("Reason for the behaviour")),
    *(N_("Results as calibrated"), N_("Behaviour as calibrated"), N_("Predicate as calibrated")),
    *(N_("Reason for the change"), N_("Round")),
)
NOMINATIONS = (
    *(N_("Rank"), EMPLOYEE, UNIT, PREDICATE, N_("Training"), N_("Why"), N_("Decision"), N_("Reason")),
    *(N_("Word of the head"), N_("Reason of the head")),
)
LISTS = (
    Listing("/board", N_("Board"), board_words.COLUMNS, _board),
    Listing("/cycles/{cycle}", N_("Cases"), CASES, _cases),
    Listing("/cycles/{cycle}/closing", N_("Closing"), closing_words.COLUMNS, _closing),
    Listing("/waiting", N_("Waiting for me"), WAITING, _waiting),
    Listing("/calibrations", N_("Calibrations"), CALIBRATIONS, _calibrations),
    Listing("/calibrations/{cycle}/{unit}", N_("Calibration"), MEMBERS, _members),
    Listing("/nominations/{cycle}", N_("Nominations"), NOMINATIONS, _nominations),
)
