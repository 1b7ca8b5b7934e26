"""Results on their way to SIASN as the database keeps them: whose they are, what they tell, what came of each try."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from adapters.database.engine import Sessions
from adapters.database.reads import case_rows, siasn_list
from adapters.database.reads.siasn_list import Figures, PushRow, Wanted
from adapters.database.writes.siasn import SqlPushes, order_left
from appraisal.access import Actor
from appraisal.papers.people import Official
from appraisal.periods.periods import Every
from appraisal.siasn.course import Attended
from appraisal.siasn.push import (
    LOST,
    MOST_TRIES,
    Attempt,
    Chosen,
    Failure,
    Matter,
    Owner,
    PushOrder,
    Stand,
    Which,
    push_id,
)
from appraisal.siasn.result import Period, Result
from appraisal.siasn.talent import Mapped
from appraisal.vocabulary import Predicate, Rating
from tests import agency
from tests.closed_careers import FIRST, LAST, attended, boxed, was_not_there
from tests.closed_results import APPRAISAL, UNRATED, closed, rated_period

AT, ALL = datetime(2027, 1, 5, 3, tzinfo=UTC), Wanted()
GIVEN = {"ani": ("budi", "SESUAI", "DI_ATAS"), "dewi": ("bupati", "SESUAI", "SESUAI"), "gita": UNRATED}
ANI, PERIOD, DEWI, GITA = (f"push/2026/{one}" for one in ("ani/0", "ani/1", "dewi/0", "gita/0"))
BUDI = Official("Budi Contoh", f"{3:018d}", "III/d", "Pengawas Imunisasi", "Bidang P2P")
BUPATI = Official("Bupati Contoh", "", "", "Bupati", "Pemerintah Kabupaten")


@pytest.fixture
async def pushes(sessions: Sessions) -> SqlPushes:
    """A cycle of 2026 that has closed: three cases, of which one has no rating, and a quarter."""
    await agency.build(sessions)
    cycle = await closed(sessions, GIVEN)
    await rated_period(sessions, cycle, "ani", "budi", date(2026, 6, 30))
    return SqlPushes(sessions, ZoneInfo("Asia/Jakarta"))


def order(name: str, which: Which | None = Which.ALL, *chosen: Chosen) -> PushOrder:
    return PushOrder(name, Actor("hr", hr=True), "c2026", 2026, which, chosen)


async def listed(sessions: Sessions, wanted: Wanted = ALL, after: Chosen | None = None) -> list[PushRow]:
    async with sessions() as session:
        return list(await siasn_list.listed(session, "c2026", wanted, after))


async def test_what_each_result_tells(pushes: SqlPushes, sessions: Sessions) -> None:
    assert await pushes.enlist(order("o1"), AT) == 4
    assert await pushes.results([GITA, ANI, PERIOD, DEWI]) == (
        (GITA, Failure.UNRATED),
        (ANI, Result(2026, f"{4:018d}", Rating.SESUAI, Rating.DI_ATAS, BUDI)),
        (PERIOD, Result(2026, f"{4:018d}", Rating.DI_ATAS, Rating.SESUAI, BUDI, Period(Every.QUARTER, 4, 6))),
        (DEWI, Result(2026, f"{1:018d}", Rating.SESUAI, Rating.SESUAI, BUPATI)),
    )
    async with sessions.begin() as session:
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.employee_id == "ani").values(step="review"))
    assert await pushes.results([ANI]) == ((ANI, Failure.OPEN_AGAIN),)


async def test_an_order_has_what_it_means_and_nothing_that_another_one_has_in_hand(pushes: SqlPushes) -> None:
    assert await pushes.enlist(order("o1", None, Chosen("ani", 1)), AT) == 1
    assert await pushes.enlist(order("o2"), AT) == 3
    assert await pushes.enlist(order("o2"), AT + timedelta(hours=1)) == 3
    assert (await pushes.waiting("o1"), await pushes.waiting("o2")) == ((PERIOD,), (ANI, DEWI, GITA))
    assert await pushes.enlist(order("o3"), AT + LOST) == 0
    assert await pushes.enlist(order("o4"), AT + LOST + timedelta(seconds=1)) == 4
    assert (await pushes.waiting("o1"), len(await pushes.waiting("o4"))) == ((), 4)


async def test_what_came_of_each_try(pushes: SqlPushes, sessions: Sessions) -> None:
    await pushes.enlist(order("o1"), AT)
    later = AT + timedelta(minutes=1)
    sent = Attempt(ANI, later, None, "d" * 64, "r1")
    tries = [sent, Attempt(GITA, later, Failure.UNRATED), Attempt(DEWI, later, Failure.BROKEN, "e" * 64)]
    await pushes.keep("another", tries)
    await pushes.keep("o1", tries)
    await pushes.keep("o1", tries[:1])
    assert await pushes.waiting("o1") == (PERIOD, DEWI)
    await pushes.keep_outage("o1", Failure.CLOSED, later)
    found = {f"push/2026/{row.person_id}/{row.period}": row for row in await listed(sessions)}
    assert {push: (row.stand, row.failure, row.owner, row.tries) for push, row in found.items()} == {
        ANI: (Stand.SENT, None, None, 1),
        PERIOD: (Stand.WAITING, Failure.CLOSED, Owner.SIASN, 0),
        DEWI: (Stand.WAITING, Failure.CLOSED, Owner.SIASN, 1),
        GITA: (Stand.LISTED, Failure.UNRATED, Owner.HR, 1),
    }
    assert (found[ANI].sent_at, found[ANI].digest, found[ANI].answer, found[DEWI].digest) == (later, "d" * 64, "r1", "")
    for _ in range(MOST_TRIES - 1):
        await pushes.keep("o1", tries[2:])
    (dewi,) = await listed(sessions, Wanted("listed", Failure.BROKEN))
    assert (dewi.person_id, dewi.tries) == ("dewi", MOST_TRIES)
    async with sessions() as session:
        figures = await siasn_list.figures(session, "c2026")
        record = [(event["kind"], event["actor"], event["changes"]) for event in await case_rows.events(session, ANI)]
    assert figures == Figures(
        *(0, 1, 1, 2),
        ((Stand.LISTED, Failure.BROKEN, 1), (Stand.LISTED, Failure.UNRATED, 1), (Stand.WAITING, Failure.CLOSED, 1)),
    )
    assert record == [
        ("push_ordered", "hr", []),
        ("push_sent", "siasn", [["digest", "", "d" * 64], ["answer", "", "r1"]]),
    ]


async def test_what_is_sent_again_keeps_when_it_arrived_before(pushes: SqlPushes, sessions: Sessions) -> None:
    await pushes.enlist(order("o1", None, Chosen("ani")), AT)
    await pushes.keep("o1", [Attempt(ANI, AT, None, "d" * 64, "r1")])
    await pushes.enlist(order("o2", Which.ALL), AT + timedelta(days=1))
    await pushes.keep("o2", [Attempt(ANI, AT + timedelta(days=1), Failure.REFUSED, "e" * 64, "Tidak aktif")])
    (ani,) = await listed(sessions, Wanted("listed"))
    assert (ani.sent_at, ani.digest, ani.answer, ani.failure) == (AT, "d" * 64, "Tidak aktif", Failure.REFUSED)


async def test_the_list_is_by_name_and_pages_without_a_name(pushes: SqlPushes, sessions: Sessions) -> None:
    rows = await listed(sessions)
    assert [row.key for row in rows] == [Chosen("ani"), Chosen("ani", 1), Chosen("dewi"), Chosen("gita")]
    assert await listed(sessions, after=Chosen("ani", 1)) == rows[2:]
    assert await listed(sessions, Wanted("new")) == rows
    async with sessions() as session:
        assert await siasn_list.one(session, "c2026", Chosen("ani", 1)) == rows[1]
        assert await siasn_list.one(session, "c2026", Chosen("ani", 2)) is None


COURSE, BOX = Chosen("ani", matter=Matter.COURSE, course="t1"), Chosen("dewi", matter=Matter.TALENT)


async def test_a_course_that_was_attended_and_a_box_go_out_beside_the_ratings(
    pushes: SqlPushes, sessions: Sessions
) -> None:
    seat = await attended(sessions, "c2026", "ani", "SR/1")
    await boxed(sessions, ("dewi", 7))
    await boxed(sessions, ("dewi", 8), number=2)
    course, box = push_id(2026, COURSE), push_id(2026, BOX)
    assert await pushes.enlist(replace(order("o1"), matter=Matter.COURSE), AT) == 1
    assert await pushes.enlist(order("o2", None, BOX), AT) == 1
    told = ("Analisis data", FIRST, LAST, 20, 2026, "Liwa", "", "SR/1")
    assert await pushes.results([box, course]) == (
        (box, Mapped(f"{1:018d}", 2026, 8, Predicate.BAIK, Decimal("84.5"))),
        (course, Attended(f"{4:018d}", *told)),
    )
    await pushes.keep("o1", [Attempt(course, AT, None, "d" * 64, "k1")])
    rows = await listed(sessions)
    assert [row.key for row in rows] == [COURSE, Chosen("ani"), Chosen("ani", 1), Chosen("dewi"), BOX, Chosen("gita")]
    assert (rows[0].course, rows[0].stand, rows[0].unit_id) == ("Analisis data", Stand.SENT, "dinkes")
    assert await listed(sessions, after=rows[3].key) == rows[4:]
    assert await listed(sessions, Wanted(matter=Matter.TALENT)) == rows[4:5]
    async with sessions() as session:
        assert await siasn_list.figures(session, "c2026", Matter.COURSE) == Figures(0, 0, 1, 0, ())
        assert (await siasn_list.figures(session, "c2026")).new == 4
    await was_not_there(sessions, seat)
    assert await pushes.results([course]) == ((course, Failure.NOT_ATTENDED),)
    assert [row.key for row in await listed(sessions, Wanted(matter=Matter.COURSE))] == [COURSE], "it is not forgotten"


async def test_of_an_order_there_is_left_what_waits(pushes: SqlPushes, sessions: Sessions) -> None:
    await pushes.enlist(order("o1", None, Chosen("ani"), Chosen("dewi")), AT)
    await pushes.keep("o1", [Attempt(ANI, AT, None, "d" * 64, "r1")])
    async with sessions() as session:
        assert await order_left(session, "o1") == order("o1", None)
        assert await order_left(session, "o2") is None
    assert await pushes.enlist(order("o1", None), AT) == 2
    assert await pushes.waiting("o1") == (DEWI,)
