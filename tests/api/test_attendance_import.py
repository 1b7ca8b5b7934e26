"""A file of attendance: previewed, applied, told to the seats; and once more, which changes nothing."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import select

from adapters.database.reads.hours import PERSON
from appraisal.training.enrolment import Stage
from tests.adapters.test_files import xlsx
from tests.api.seated import begins, give_seats, seat
from tests.api.test_enrolments import entries, launched
from tests.api.test_hr_pages import hidden, somebody, upload
from tests.roster_files import as_csv
from tests.stack import Stack

HEADING = ["nipBaru", "tahun", "kode", "hadir", "nomorSertifikat"]
PEOPLE = ("ani", "eko")


async def test_seats_hear_what_a_file_says_once_and_the_same_file_again_changes_nothing(stack: Stack) -> None:
    cycle = await launched(stack, *PEOPLE, look_back="P300D")
    await begins(stack, "t1", stack.services.today() - timedelta(days=4), seats=2)
    await give_seats(stack, cycle, *PEOPLE)
    hr = await somebody(stack)
    async with stack.sessions() as session:
        nips = {row.id: row.nip for row in await session.execute(select(PERSON.c.id, PERSON.c.nip))}
    sheet = [
        HEADING,
        [nips["ani"], "2027", "t1", "ya", "SR/1/2027"],
        [nips["eko"], "2027", "t1", "tidak", ""],
    ]
    wrong = await upload(hr, as_csv([*sheet, sheet[1]]), kind="attendance")
    assert "Row 2 has the same person and course." in wrong
    assert "Apply all of it" not in wrong, "all or nothing"

    preview = await upload(hr, as_csv(sheet), kind="attendance")
    applying = re.search(r'action="(/people/import/\w+/application)"', preview)
    assert applying is not None
    assert "Who was not there" in preview
    assert "SR/1/2027" in preview
    assert (await seat(stack, cycle, "ani")).stage is not Stage.ATTENDED, "nothing is recorded by a preview"
    assert (await hr.post(applying[1], data={"revision": hidden(preview, "revision")})).status_code == 303
    async with asyncio.timeout(30):
        while {(await seat(stack, cycle, who)).stage for who in PEOPLE} != {Stage.ATTENDED, Stage.ABSENT}:
            await asyncio.sleep(0.1)
    ani = await seat(stack, cycle, "ani")
    assert ani.certificate is not None
    assert (ani.hours, ani.certificate.number) == (20, "SR/1/2027")
    assert await entries(stack, "ani") == [20]

    again = await upload(hr, xlsx([list(row) for row in sheet]), kind="attendance")
    assert "The file changes nothing" in again
    other = [HEADING, [nips["ani"], "2027", "t1", "tidak", ""], [nips["eko"], "2027", "t1", "tidak", ""]]
    told = await upload(hr, as_csv(other), kind="attendance")
    assert "The attendance is recorded already, and otherwise: ya." in told
    assert await entries(stack, "ani") == [20]
