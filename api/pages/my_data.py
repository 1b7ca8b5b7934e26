"""My data: what is held about oneself, to take away."""

import shutil
import tempfile
from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from adapters.database.desk.security_record import Deed
from api import own_data
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes.data_requests import NO_EMPLOYEE

router = page_router()
NAME = "data-saya.zip"
FILES: dict[str, str] = {
    "person": N_("name, NIP, address for mail, employment and grade"),
    "assignments": N_("positions and superiors, with their periods"),
    "account": N_("the account"),
    "sign_ins_and_keys": N_("where you are signed in, and keys for programs"),
    "linked_accounts": N_("accounts of the agency that open yours"),
    "security_record": N_("what opened or shut the account"),
    "notices": N_("notices to you"),
    "drafts": N_("what you are typing and have not sent"),
    "acting": N_("who acts for you, and for whom you act"),
    "superior_reports": N_("your reports that a superior is wrong"),
    "data_requests": N_("your requests about own data"),
    "erasures": N_("what was erased at your request"),
    "rules_confirmed": N_("which rules you have confirmed"),
    "rules_questions": N_("your questions about rules"),
    "development": N_("your development needs"),
    "readers": N_("who has looked at your appraisals"),
    own_data.CASES: N_("one file for each cycle: targets, reports, ratings, feedback, what others said without names"),
    own_data.TRAININGS: N_("seats, hours and refusals"),
    own_data.CAREER: N_("credit, awards and what follows from them"),
}
"""What is in the archive, in order."""
MISSING: tuple[str, ...] = (
    N_("ratings and decisions that are not told to you yet"),
    N_("who has said what about you where answers are anonymous: nobody knows, nothing of it is kept"),
    N_("assessment scores, notes of calibrations, and HR's orders about departures: ask HR"),
    N_("what you have written about others"),
)


@router.get("/my-data")
async def show(page: MyPage) -> Response:
    """What is held, and the way to have it."""
    if page.person.person is None:
        raise NO_EMPLOYEE
    return await page.show("my_data.html", files=FILES, missing=MISSING)


@router.get("/my-data/archive.zip")
async def take(page: MyPage) -> Response:
    """The archive; that it was taken is on the security record."""
    if page.person.person is None:
        raise NO_EMPLOYEE
    folder = Path(tempfile.mkdtemp(prefix="jenjang-"))
    try:
        index = page.render("my_data_index.html", files=FILES, missing=MISSING)
        await own_data.write(page.jenjang, page.person, folder / NAME, index)
        await page.jenjang.security.add(Deed.OWN_DATA_TAKEN, page.now, page.person.account, page.origin)
    except BaseException:
        shutil.rmtree(folder)
        raise
    done = BackgroundTask(shutil.rmtree, folder)
    return FileResponse(folder / NAME, media_type="application/zip", filename=NAME, background=done)
