"""Results on their way to SIASN as the database keeps them: whose they are, what they tell, what came of each try."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from adapters.database import reads, siasn_list
from adapters.database.engine import Sessions
from adapters.database.siasn import SqlPushes
from adapters.database.siasn_list import Figures, PushRow, Wanted
from appraisal.access import Actor
from appraisal.paper_people import Official
from appraisal.periods import Every
from appraisal.siasn import Period, Result
from appraisal.siasn_push import LOST, MOST_TRIES, Attempt, Chosen, Failure, Owner, PushOrder, Stand, Which
from appraisal.vocabulary import Rating
from tests import agency
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


async def listed(sessions: Sessions, wanted: Wanted = ALL, after: tuple[str, int] | None = None) -> list[PushRow]:
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
        record = [(event["kind"], event["actor"], event["changes"]) for event in await reads.events(session, ANI)]
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
    assert [row.key for row in rows] == [("ani", 0), ("ani", 1), ("dewi", 0), ("gita", 0)]
    assert await listed(sessions, after=("ani", 1)) == rows[2:]
    assert await listed(sessions, Wanted("new")) == rows
    async with sessions() as session:
        assert await siasn_list.one(session, "c2026", "ani", 1) == rows[1]
        assert await siasn_list.one(session, "c2026", "ani", 2) is None
