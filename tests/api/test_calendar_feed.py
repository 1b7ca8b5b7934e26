"""Somebody's due dates in a calendar: what stands in it, what does not, and who gets it."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from adapters.database.desk.accounts import TOKEN
from api.security import COOKIE
from appraisal.vocabulary import Step
from tests.api.scene import APPRAISAL, bring
from tests.api.seated import begins, give_seats
from tests.api.test_pages import browser
from tests.api.test_periods import launch_with_periods
from tests.api.test_signing_in import account, issue
from tests.stack import Stack

JAKARTA = ZoneInfo("Asia/Jakarta")


def events(answer: httpx2.Response) -> dict[str, Any]:
    """What a calendar reads from it, by the end of the address that each leads to."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Jakarta"]
    return {str(one["url"]).removeprefix("http://127.0.0.1:8080"): one for one in calendar.walk("VEVENT")}


async def address_of(stack: Stack, person: str = "ani", age: timedelta = timedelta(0)) -> str:
    """The address of this person's calendar, made so long ago."""
    mine = await account(stack, person, None)
    secret = await stack.services.credentials.make_feed(mine, datetime.now(UTC) - age)
    return f"/due-dates/{secret}.ics"


async def test_each_due_date_is_there_in_ones_zone_and_names_nobody(stack: Stack) -> None:
    cycle = await launch_with_periods(stack, "ani", "budi", "eko")
    await bring(stack, cycle, Step.APPROVAL)
    program, address = await stack.visitor(), await address_of(stack, "budi")
    first = await program.get(address)
    found = events(first)
    assert set(found) >= {f"/appraisals/{cycle}/budi", f"/waiting/{cycle}/ani"}
    assert len({one["uid"] for one in found.values()}) == len(found)
    for name in ("ani", "budi", "eko"):
        assert name not in re.sub(r"^URL:.*\r\n( .*\r\n)*", "", first.text, flags=re.MULTILINE | re.IGNORECASE).lower()

    waits = found[f"/waiting/{cycle}/ani"]
    assert str(waits["summary"]) == "Persetujuan target (Tahun 2026)"
    assert waits["dtstart"].params["TZID"] == "Asia/Jakarta"
    async with stack.sessions() as session:
        query = select(APPRAISAL.c.due_at).where(APPRAISAL.c.id == f"appraisal/{cycle}/ani")
        due_at = await session.scalar(query)
    assert due_at is not None
    assert waits.decoded("dtstart") == due_at.astimezone(JAKARTA).replace(microsecond=0)

    again = await program.get(address, headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    async with stack.sessions.begin() as session:
        later = {"due_at": due_at + timedelta(days=3), "revision": APPRAISAL.c.revision + 1}
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.id == f"appraisal/{cycle}/ani").values(**later))
    changed = await program.get(address, headers={"if-none-match": first.headers["etag"]})
    moved = events(changed)[f"/waiting/{cycle}/ani"]
    assert moved["uid"] == waits["uid"]
    assert moved["sequence"] > waits["sequence"]
    assert moved.decoded("dtstart") - waits.decoded("dtstart") == timedelta(days=3)


async def test_periods_and_trainings_are_due_too(stack: Stack) -> None:
    cycle = await launch_with_periods(stack, "ani", "eko")
    await begins(stack, "t1", stack.services.today() + timedelta(days=40), seats=1)
    await give_seats(stack, cycle, "ani")
    found = events(await (await stack.visitor()).get(await address_of(stack)))
    assert str(found[f"/enrolments/{cycle}/ani"]["summary"]) == "Jawab undangan pelatihan (Tahun 2026)"


async def test_an_address_is_made_shown_once_and_ended_by_its_owner(stack: Stack) -> None:
    ani, program = await browser(stack, "ani"), await stack.visitor()
    addresses = []
    for _ in range(2):
        page = await ani.post("/account/calendar")
        found = re.search(r'value="http://127.0.0.1:8080(/due-dates/[\w-]{40,}\.ics)"', html.unescape(page.text))
        assert found is not None
        addresses.append(found[1])
    statuses = [(await program.get(address)).status_code for address in addresses]
    assert statuses == [404, 200], "the second ended the first"
    assert addresses[1] not in (await ani.get("/account/calendar")).text
    assert (await ani.post("/account/calendar/end")).status_code == 303
    assert (await program.get(addresses[1])).status_code == 404
    deeds = [str(one.deed) for one in await stack.services.security.listed(3)]
    assert sorted(deeds) == ["feed_ended", "feed_made", "feed_made"]


async def test_it_opens_due_dates_and_nothing_else(stack: Stack) -> None:
    program = await stack.visitor()
    secret = (await address_of(stack)).removeprefix("/due-dates/").removesuffix(".ics")
    bearer = await program.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})
    assert bearer.status_code == 401
    cookie = await program.get("/api/v1/me", headers={"cookie": f"{COOKIE}={secret}"})
    assert cookie.status_code == 401


@pytest.mark.parametrize("why", ["a token", "old", "shut"])
async def test_nothing_else_opens_it(stack: Stack, why: str) -> None:
    address = await address_of(stack, age=timedelta(days=366 if why == "old" else 0))
    if why == "a token":
        address = f"/due-dates/{await issue(stack, TOKEN)}.ics"
    if why == "shut":
        await stack.services.accounts.disable(await account(stack, "ani", None), True)
    assert (await (await stack.visitor()).get(address)).status_code == 404


async def test_ending_everything_ends_it_and_a_key_is_no_calendars(stack: Stack) -> None:
    mine, now = await account(stack), datetime.now(UTC)
    _, key = await stack.services.credentials.make_key(mine, "x", ["read"], now, timedelta(days=9))
    address, program = await address_of(stack), await stack.visitor()
    assert (await program.get(f"/due-dates/{key}.ics")).status_code == 404
    assert (await program.get(address)).status_code == 200
    await stack.services.credentials.end_everything(mine, mine, now)
    assert (await program.get(address)).status_code == 404


async def test_whoever_is_no_person_has_no_due_dates(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    for method, path in (("GET", ""), ("POST", ""), ("POST", "/end")):
        assert (await hr.request(method, f"/account/calendar{path}")).status_code == 404
