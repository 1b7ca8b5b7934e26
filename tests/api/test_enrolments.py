"""A seat over HTTP and on its pages: passed on, attended, counted, corrected, looked back on; its letter and calendar file."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from icalendar import Calendar
from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.reads.hours import ENTRY
from adapters.database.tables import process
from adapters.policy_files import shipped
from tests.api import scene
from tests.api.printed import pages_of
from tests.api.seated import begins, give_seats, seat
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.api.test_papers import text_of
from tests.stack import Stack

NOTICE = table_of(process.Notice)
A4 = (414, 585)
"""In dots at the resolution of tests.api.printed."""
QUICK = {
    "respond": "PT4S",
    "remind": "PT2S before",
    "silence": "accepted",
    "look_back": "PT1S",
    "answer": "P1D",
    "early": "PT0S",
}
"""The look back comes a moment after a course that is over, and after the time to answer."""


async def launched(stack: Stack, *people: str, **enrolment: str) -> str:
    """A cycle whose policy speaks of seats like this."""
    hr = await stack.visitor(officer="hr")
    document = {**(shipped("open") or {}), "enrolment": {**QUICK, **enrolment}}
    saved = await hr.put("/api/v1/policies/seats", json={"document": document, "based_on": 0, "reason": "Pelatihan."})
    assert saved.status_code == 200, saved.text
    return await launch(stack, people=list(people), policy="seats")


async def told(stack: Stack, cycle: str, who: str) -> list[tuple[str, str]]:
    query = select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == f"enrolment/{cycle}/{who}/1")
    async with stack.sessions() as session:
        return [tuple(row) for row in await session.execute(query.order_by(NOTICE.c.revision, NOTICE.c.recipient))]


async def entries(stack: Stack, who: str) -> list[int]:
    query = select(ENTRY.c.hours).where(ENTRY.c.person_id == who).order_by(ENTRY.c.revision)
    async with stack.sessions() as session:
        return list(await session.scalars(query))


def event_of(file: httpx2.Response) -> tuple[Any, Any]:
    """The calendar file as another program reads it; its lines are as RFC 5545 wants them, folded and ended."""
    assert file.headers["content-type"].startswith("text/calendar")
    lines = file.content.split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert [line for line in lines if b"\n" in line or len(line) > 75] == []
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.events
    return calendar, event


async def test_a_declined_seat_goes_to_the_next_and_the_files_say_so(stack: Stack, tmp_path: Path) -> None:
    cycle = await launched(stack, "ani", "citra", "eko", "gita", respond="P3D", remind="P1D before")
    next_month = stack.services.today() + timedelta(days=30)
    await begins(stack, "t1", next_month)
    await give_seats(stack, cycle, "ani", refused=("citra", "eko", "gita"))
    ani, citra, hr = await stack.visitor("ani"), await stack.visitor("citra"), await stack.visitor(officer="hr")
    path = f"/api/v1/enrolments/{cycle}"
    letter = await ani.get(f"{path}/ani/letter.pdf")
    assert letter.status_code == 200, letter.text
    words = text_of(letter)
    for said in (
        "SURAT PEMANGGILAN PESERTA PELATIHAN",
        "dipanggil untuk mengikuti pelatihan",
        "SPP/",
        "Ani Contoh",
        "Analisis data",
        "20 jam pelajaran",
    ):
        assert said in words
    ((width, height, inked),) = await pages_of(letter.content, tmp_path)
    assert (width, height) == A4, "one sheet of paper"
    assert 0.02 < inked < 0.3, "neither empty nor a black sheet"
    calendar, event = event_of(await ani.get(f"{path}/ani/invitation.ics"))
    assert (calendar["method"], int(event["sequence"]), event["status"]) == ("REQUEST", 0, "CONFIRMED")
    assert (event.start, event.end) == (next_month, next_month + timedelta(days=3))
    uid = event["uid"]
    early = await hr.post(f"{path}/ani/attendance", json={"attended": True})
    scene.refused(early, 409, "course_not_begun")
    scene.refused(await ani.post(f"{path}/ani/refusal", json={"reason": " "}), 422, "missing_reason")
    await forms_that_say_too_little(stack, cycle, ani)
    declined = await ani.post(f"{path}/ani/refusal", json={"reason": "Bertugas di Kotabumi."})
    assert declined.status_code == 200, declined.text
    following = await seat(stack, cycle, "citra")
    assert following.seat.follows == "ani"
    assert "giliran berikutnya" in following.reason
    assert await told(stack, cycle, "citra") == [("citra", "seat_offered")]
    scene.refused(await ani.post(f"{path}/ani/acceptance"), 409, "already_closed")
    scene.refused(await ani.get(f"{path}/ani/letter.pdf"), 409, "not_issued_yet")
    calendar, event = event_of(await ani.get(f"{path}/ani/invitation.ics"))
    assert (calendar["method"], int(event["sequence"]), event["status"]) == ("CANCEL", 1, "CANCELLED")
    assert event["uid"] == uid
    rows = {row["employee_id"]: row for row in (await hr.get("/api/v1/enrolments")).json()}
    assert (rows["ani"]["successor"], rows["ani"]["nobody_left"]) == ("Citra Contoh", False)
    assert rows.keys() == {"ani", "citra"}, "gita was left without too, but there is one seat"
    await read_and_accept(stack, cycle, "citra", citra)
    scene.refused(await citra.post(f"{path}/citra/refusal", json={"reason": "Sakit."}), 409, "seat_answered")
    assert (await hr.post(f"{path}/citra/withdrawal", json={"reason": "Sakit."})).status_code == 200
    assert (await seat(stack, cycle, "gita")).seat.follows == "citra"
    await (await stack.visitor("gita")).post(f"{path}/gita/refusal", json={"reason": "Cuti."})
    assert ("hr", "seat_free") in await told(stack, cycle, "gita"), "eko is a PPPK without a gap: it would not help"
    page = (await hr.get("/enrolments")).text
    assert "tidak ada yang menunggu" in page


async def read_and_accept(stack: Stack, cycle: str, who: str, visitor: httpx2.AsyncClient) -> None:
    """The invitation on its page, in both languages, accepted there."""
    url = f"/enrolments/{cycle}/{who}"
    page = (await visitor.get(url)).text
    assert "Anda dipanggil" in page
    abroad = await english(stack, who)
    assert "You are invited" in (await abroad.get(url)).text
    await abroad.post("/language", data={"language": "id", "next": "/"})
    sent = {"action": "accept_seat", "key": hidden(page, "key")}
    accepted = await visitor.post(url, data=sent, follow_redirects=False)
    assert accepted.status_code == 303, accepted.text


async def test_a_course_is_attended_counted_once_corrected_and_looked_back_on(stack: Stack) -> None:
    cycle = await launched(stack, "ani", "eko")
    await begins(stack, "t1", stack.services.today() - timedelta(days=5), seats=2)
    await give_seats(stack, cycle, "ani", "eko")
    ani, budi, hr = await stack.visitor("ani"), await stack.visitor("budi"), await stack.visitor(officer="hr")
    path = f"/api/v1/enrolments/{cycle}"
    once = {"attendances": [{"cycle": cycle, "employee": who, "attended": True} for who in ("ani", "eko")]}
    assert (await hr.post("/api/v1/enrolments/attendances", json=once)).json() == {"recorded": 2, "refused": []}
    twice = (await hr.post("/api/v1/enrolments/attendances", json=once)).json()
    assert [(one["employee"], one["code"]) for one in twice["refused"]] == [
        ("ani", "attendance_recorded"),
        ("eko", "attendance_recorded"),
    ]
    once_more = scene.refused(
        await hr.post(f"{path}/ani/attendance", json={"attended": False}), 409, "attendance_recorded"
    )
    assert (once_more["title"], once_more["where"]) == ("The attendance is recorded already.", "attended")
    assert (await entries(stack, "ani"), await entries(stack, "eko")) == ([20], [20])
    certificate = {"number": "SR/12/2026", "evidence": ["https://bukti.example/sr12"]}
    assert (await hr.post(f"{path}/ani/certificate", json=certificate)).status_code == 200
    assert (await hr.post(f"{path}/ani/hours", json={"hours": 19, "reason": "Pulang awal."})).status_code == 200
    assert await entries(stack, "ani") == [20, -1]
    too_many = await hr.post(f"{path}/eko/hours", json={"hours": 25, "reason": "Salah ketik."})
    problem = scene.refused(too_many, 422, "hours_exceeded")
    assert (problem["where"], "would make 25 JP in 2027; a PPPK may have 24" in problem["title"]) == ("hours", True)
    assert await entries(stack, "eko") == [20], "a PPPK has 24 at most, and nothing was kept"
    assert (await hr.post(f"{path}/eko/hours", json={"hours": 24, "reason": "Ditambah."})).status_code == 200
    mine = (await ani.get("/api/v1/enrolments/mine")).json()
    this_year = stack.services.today().year
    assert {one["year"]: (one["counted"], one["granted"]) for one in mine["years"]} == {2027: (19, 0)} | (
        {this_year: (0, 0)} if this_year != 2027 else {}
    )
    shown = (await ani.get("/trainings")).text
    assert "masih kurang 1 JP" in shown
    assert "Pulang awal." in shown
    await look_back(stack, cycle)
    assert "SR/12/2026" in (await budi.get("/trainings")).text


async def look_back(stack: Stack, cycle: str) -> None:
    """Both are asked; each sees the own answer, HR both."""
    ani, budi, hr = await stack.visitor("ani"), await stack.visitor("budi"), await stack.visitor(officer="hr")
    path = f"/api/v1/enrolments/{cycle}/ani"
    async with asyncio.timeout(20):
        while not (await seat(stack, cycle, "ani")).asked:
            await asyncio.sleep(0.1)
    assert {("ani", "look_back_wanted"), ("budi", "look_back_wanted")} <= set(await told(stack, cycle, "ani"))
    assert "Analisis data" in (await budi.get("/waiting")).text
    assert (await ani.post(f"{path}/look-back", json={"helped": "yes", "words": "Laporan lebih cepat."})).is_success
    form = {"action": "look_back", "helped": "partly", "words": "Sebagian.", "key": "a1"}
    assert (await budi.post(f"/enrolments/{cycle}/ani", data=form, follow_redirects=False)).status_code == 303
    views = {}
    for name, visitor in (("ani", ani), ("budi", budi), ("hr", hr)):
        found = (await visitor.get(path)).json()["enrolment"]
        views[name] = [bool(found[view]) for view in ("own_view", "superiors_view")]
    assert views == {"ani": [True, False], "budi": [False, True], "hr": [True, True]}
    page = (await hr.get("/enrolments?training=t1")).text
    assert "Laporan lebih cepat." in page
    (course,) = (await hr.get("/api/v1/enrolments/courses")).json()
    assert (course["own_views"], course["superiors_views"]) == ({"yes": 1}, {"partly": 1})


async def forms_that_say_too_little(stack: Stack, cycle: str, ani: httpx2.AsyncClient) -> None:
    """Each comes back with a sentence, and nothing has changed."""
    before = await seat(stack, cycle, "ani")
    for form, said in (
        ({"action": "decline_seat", "reason": ""}, "Jelaskan alasannya dalam satu kalimat."),
        ({"action": "record_attendance", "attended": "yes"}, "Ini bukan tugas Anda."),
        ({"action": "record_attendance"}, "Pilih apakah pegawai hadir."),
    ):
        answer = await ani.post(f"/enrolments/{cycle}/ani", data=form)
        assert answer.status_code == 422
        assert said in answer.text, answer.text
    assert await seat(stack, cycle, "ani") == before
