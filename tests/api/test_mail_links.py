"""A mail's link opens the very step, also for whoever must sign in first: by password, or by a one-time link."""

import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import unquote

import httpx2
import pytest
from temporalio.testing import ActivityEnvironment

from activities.notices import NoticeActivities
from adapters.calendar import known_holidays
from adapters.database.desk.accounts import LINK
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.writes.deliveries import SqlDeliveries
from adapters.mail import Server, SmtpMail
from adapters.webhooks import Webhooks
from api.letters import Letters
from appraisal.delivery import Hours
from appraisal.policy.spans import Calendar
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_appraisal_api import launch
from tests.api.test_signing_in import PASSWORD, account, issue
from tests.keys import sealer
from tests.post import Postbox, mail_server, text_of
from tests.stack import Stack

SITE = "http://jenjang.test"
FORM = {"sec-fetch-site": "same-origin"}


async def mails(stack: Stack, at: datetime) -> Postbox:
    """What is sent by mail at this instant."""
    calendar = SqlCalendars(stack.sessions, stack.services.today)
    async with mail_server() as box:
        server = Server("127.0.0.1", box.port, "none", "j@x.example")
        mail = SmtpMail(server, "x", Letters(SITE, "Asia/Jakarta").write, lambda: at)
        hours = Hours("Asia/Jakarta", time(7, 30), time(16), time(8))
        doing = NoticeActivities(
            SqlDeliveries(stack.sessions, True, sealer), mail, Webhooks(lambda: at), calendar, hours
        )
        await ActivityEnvironment().run(doing.plan_deliveries, at)
        await ActivityEnvironment().run(doing.send_mails, at)
    return box


async def mailed_link(stack: Stack) -> str:
    """Ani hands in her targets; the address in the mail that budi gets on the next working day."""
    cycle = await launch(stack)
    await scene.bring(stack, cycle, Step.APPROVAL)
    monday = datetime.now(UTC).date() + timedelta(days=1)
    off = tuple(holiday.day for holiday in known_holidays((monday.year, monday.year + 1)))
    days = Calendar("Asia/Jakarta", time(7, 30), time(16), off)
    day: date = days.add_working_days(monday, 1)
    box = await mails(stack, days.moment(day, time(9)))
    (letter,) = box.to("budi@contoh.example")
    found = re.search(rf"{SITE}(/waiting/\S+)", text_of(letter))
    assert found is not None
    assert found[1] == f"/waiting/{cycle}/ani"
    return found[1]


async def sent_to_sign_in(visitor: httpx2.AsyncClient, path: str) -> str:
    """Whoever opens the link without a session is asked to sign in; the page that keeps the address."""
    answer = await visitor.get(path)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == f"/sign-in?next={path}"
    form = await visitor.get(answer.headers["location"])
    assert f'name="next" value="{path}"' in form.text
    return form.text


async def assert_is_the_step(visitor: httpx2.AsyncClient, path: str) -> None:
    page = await visitor.get(path)
    assert page.status_code == 200
    assert "Ani Contoh" in page.text


async def test_by_password(stack: Stack) -> None:
    path = await mailed_link(stack)
    await account(stack, "budi")
    visitor = await stack.visitor()
    await sent_to_sign_in(visitor, path)
    fields = {"login": "budi@contoh.example", "password": "wrong", "next": path, "lang": ""}
    again = await visitor.post("/sign-in", data=fields, headers=FORM)
    assert again.status_code == 401
    assert f'name="next" value="{path}"' in again.text
    answer = await visitor.post("/sign-in", data=fields | {"password": PASSWORD}, headers=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    await assert_is_the_step(visitor, path)


async def test_by_a_one_time_link_and_a_new_password(stack: Stack) -> None:
    path = await mailed_link(stack)
    visitor = await stack.visitor()
    await sent_to_sign_in(visitor, path)
    link = f"/sign-in/link/{await issue(stack, LINK, person='budi')}"
    answer = await visitor.post(link, headers=FORM)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == f"/account?welcome=1&next={path}"
    welcome = await visitor.get(answer.headers["location"])
    assert f'<a href="{path}">' in welcome.text
    fields = {"password": "pendek", "again": "pendek", "next": path}
    short = await visitor.post("/account/password", data=fields, headers=FORM)
    assert f'name="next" value="{path}"' in short.text
    done = await visitor.post(
        "/account/password", data=fields | {"password": PASSWORD, "again": PASSWORD}, headers=FORM
    )
    assert (done.status_code, done.headers["location"]) == (303, path)
    await assert_is_the_step(visitor, path)


async def test_a_session_that_was_opened_forgets_where_it_was_to_lead(stack: Stack) -> None:
    visitor = await stack.visitor()
    await visitor.get("/sign-in?next=/inbox")
    assert visitor.cookies.get("jenjang_next") is not None
    await visitor.post(f"/sign-in/link/{await issue(stack, LINK)}", headers=FORM)
    assert visitor.cookies.get("jenjang_next") is None
    second = await visitor.post(f"/sign-in/link/{await issue(stack, LINK)}", headers=FORM)
    assert second.headers["location"] == "/account?welcome=1"


@pytest.mark.parametrize(
    "foreign", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_a_cookie_leads_to_no_other_site(stack: Stack, foreign: str) -> None:
    visitor = await stack.visitor()
    visitor.cookies.set("jenjang_next", foreign.replace("\\", "%5C"))
    answer = await visitor.post(f"/sign-in/link/{await issue(stack, LINK)}", headers=FORM)
    assert answer.headers["location"] == "/account?welcome=1"
    page = await visitor.get(f"/account?welcome=1&next={foreign}")
    assert '<a href="/">' in page.text
    assert 'name="next" value=""' in page.text
