"""Somebody moves within the year: the case shows both parts, the earlier superior says what he saw, the later one reads it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from adapters.database.columns import table_of
from adapters.database.tables import organisation, process
from adapters.database.writes.participants import SqlParticipants
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.stack import Stack

ASSIGNMENT, POSITION = table_of(organisation.Assignment), table_of(organisation.Position)
CYCLE, NOTICE = table_of(process.Cycle), table_of(process.Notice)


async def transfer(stack: Stack, cycle: str, person: str, supervisor: str = "fajar", unit: str = "dinsos") -> date:
    """The cycle began long ago, and since yesterday the person works elsewhere; cases follow, as they do after an import."""
    day = stack.services.today() - timedelta(days=1)
    async with stack.sessions.begin() as session:
        began = datetime.combine(day - timedelta(days=90), time(), UTC)
        await session.execute(update(CYCLE).where(CYCLE.c.id == cycle).values(starts_at=began))
        mine = ASSIGNMENT.c.person_id == person
        old = (await session.execute(select(ASSIGNMENT).where(mine))).mappings().one()
        await session.execute(update(ASSIGNMENT).where(mine).values(valid_to=day))
        place = {"id": f"{person}-q", "unit_id": unit, "title": "Arsiparis", "kind": "FUNGSIONAL", "echelon": None}
        await session.execute(POSITION.insert().values(**place))
        fresh = {**old, "id": f"{person}-b", "position_id": f"{person}-q", "supervisor_id": supervisor}
        await session.execute(ASSIGNMENT.insert().values(**fresh | {"valid_from": day}))
    await scene.follow(stack)
    return day


@pytest.mark.every_database
async def test_the_year_of_somebody_who_moved_has_parts_and_both_superiors_have_their_say(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await scene.bring(stack, cycle, Step.REVIEW)
    day = await transfer(stack, cycle, "ani")
    path, url = f"/api/v1/appraisals/{cycle}/ani", f"/appraisals/{cycle}/ani"
    hr, budi, fajar, ani = [await english(stack, person) for person in (None, "budi", "fajar", "ani")]
    known = (await hr.get(path)).json()["case"]
    assert [(part["unit"], part["superior"], part["until"]) for part in known["parts"]] == [
        ("p2p", "budi", day.isoformat()),
        ("dinsos", "fajar", None),
    ]
    assert (known["parties"]["line"][0], known["step"]) == ("fajar", "review")
    async with stack.sessions() as session:
        told = select(NOTICE.c.recipient).where(NOTICE.c.kind == "part_to_state")
        assert (await session.scalars(told)).all() == ["budi"]
    # The earlier superior sees the own part and the targets, and nothing else of the case.
    assert (await budi.get(url)).status_code == 404
    scene.refused(await budi.get(path), 404, "not_found")
    form = (await budi.get(f"{url}/part")).text
    assert "What you saw of the work of Ani Contoh" in form
    assert "Bidang P2P" in form
    since = hidden(form, "since")
    empty = await budi.post(f"{url}/part", data={"since": since, "text": " "})
    assert (empty.status_code, 'href="#text"' in empty.text) == (422, True)
    said = {"since": since, "text": "Sangat <teliti>.", "results": "DI_ATAS", "behaviour": ""}
    done = await budi.post(f"{url}/part", data=said)
    assert done.status_code == 303, done.text
    assert "Sangat &lt;teliti&gt;." in (await budi.get(f"{url}/part")).text
    for reader, shown in ((fajar, True), (hr, True), (ani, False)):
        page = (await reader.get(url)).text
        assert "Pengelola Data, Bidang P2P, with Budi Contoh" in page
        assert "Arsiparis, Dinas Sosial, with Fajar Contoh" in page
        assert "The employee has moved to another position" in page
        assert ("Sangat &lt;teliti&gt;." in page) is shown
    assert "Sangat &lt;teliti&gt;." in (await fajar.get(f"/waiting/{cycle}/ani")).text
    reviewed = await fajar.post(f"{path}/review", json=scene.REVIEW)
    assert reviewed.status_code == 200, reviewed.text
    scene.refused(await budi.post(f"{path}/parts", json={"since": since, "text": "Terlambat."}), 409, "wrong_step")
    assert "The review has been handed in" in (await budi.get(f"{url}/part")).text
    assert (await (await english(stack, "eko")).get(f"{url}/part")).status_code == 404


async def test_looking_again_changes_nothing(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await transfer(stack, cycle, "ani")
    before = await scene.kept(stack, cycle)
    assert [event["kind"] for event in before.events][-1] == "split_period"
    assert await SqlParticipants(stack.sessions, stack.services.today).split() == ()
