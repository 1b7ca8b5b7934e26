"""Who acts for whom: the list with its ends, and one form for HR and for whoever is away."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Query, Response

from adapters.database.reads import acting_list, directory
from api.errors import Problem, problem_of
from api.pages import refusals
from api.pages.choosing import is_key, offered
from api.pages.forms import Fields, Sent, day_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes import appointments
from api.routes.appointments import Wanted
from api.routes.appraisals import Key
from appraisal.errors import AppraisalError
from appraisal.people.acting import ActingKind

router = page_router()

KINDS: dict[str, str] = {ActingKind.PLT: "Plt", ActingKind.PLH: "Plh", ActingKind.DELEGATE: N_("Delegate")}
FIELDS = {"ends_at": "last_day", "begins_at": "first_day", "represented": "represented", "position": "position"}
"""Where the rules point to -> the field of the form; the person who acts where nothing is said."""
Text = Annotated[str, Query(max_length=100)]


@router.get("/appointments")
async def show(page: MyPage) -> Response:
    """Who acts now and who will; all for HR, else what concerns the visitor."""
    rows = await appointments.listed(page.jenjang, page.person, page.now)
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
    mine = tuple(row.id for row in rows if page.person.hr or row.represented_id == page.person.id)
    return await page.show("appointments.html", rows=rows, units=units, kinds=KINDS, endable=mine)


@router.get("/appointments/new")
async def choose(page: MyPage, search: Text = "", kind: Text = "", represented: Text = "") -> Response:
    """The form. A search without JavaScript keeps what was chosen so far in the address."""
    today = page.jenjang.today().isoformat()
    values = {"search": search.strip(), "kind": kind, "represented": represented, "first_day": today, "signs": "yes"}
    return await _form(page, values, {})


@router.post("/appointments/new")
async def make(page: MyPage, fields: Sent) -> Response:
    """Search for somebody, or appoint."""
    if fields.get("action") == "search":
        return await _form(page, fields, {})
    try:
        order = appointments.order_of(page.jenjang, page.person, _wanted(page, fields), fields.get("key") or None)
        made = await appointments.make(page.jenjang, order)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = FIELDS.get(problem.where, "person" if problem.where != "" else "")
        return await _form(page, fields, {field: refusals.sentence(page.words, problem)}, problem.status)
    text = page.gettext(
        "%(name)s is appointed. What waits follows at once, and comes back by itself.", name=made.person
    )
    return page.go("/appointments", text)


@router.post("/appointments/{appointment}/end")
async def end(appointment: Key, page: MyPage, fields: Sent) -> Response:
    """End it now."""
    ended = await appointments.end_now(page.jenjang, page.person, appointment, fields.get("key") or None)
    return page.go("/appointments", page.gettext("%(name)s does not act any more.", name=ended.person))


def _wanted(page: Page, fields: Fields) -> Wanted:
    """The form as the API takes it; days are whole days of the agency, the last one included."""
    kind = fields.get("kind") if page.person.hr else ActingKind.DELEGATE
    person, last = fields.get("person", ""), day_of(fields.get("last_day", ""), "ends_at")
    delegate = kind == ActingKind.DELEGATE
    if kind not in tuple(ActingKind):
        raise Problem(422, "invalid_choice", "", "kind", "")
    if not is_key(person):
        raise Problem(422, "nobody_chosen", "", "person", "")
    first = day_of(fields.get("first_day", ""), "begins_at")
    named = fields.get("represented" if delegate else "position", "") if page.person.hr else ""
    return Wanted(
        kind=ActingKind(kind),
        person=person,
        begins_at=max(_midnight(page, first), page.now) if first == page.jenjang.today() else _midnight(page, first),
        ends_at=_midnight(page, last + timedelta(days=1)),
        position=named if named and not delegate and is_key(named) else None,
        represented=named if named and delegate and is_key(named) else None,
        signs=fields.get("signs") == "yes",
        reason=fields.get("reason", "")[:4000],
    )


def _midnight(page: Page, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(page.jenjang.settings.zone)).astimezone(UTC)


async def _form(page: Page, values: Fields, errors: dict[str, str], status: int = 200) -> Response:
    today = page.jenjang.today()
    near = values.get("represented") or page.person.person
    async with page.jenjang.reading() as session:
        positions = await acting_list.leading_positions(session, today) if page.person.hr else ()
        names = await directory.person_names(session, (values.get("represented", ""),))
    vacant = page.gettext("vacant")
    options = tuple((row.id, f"{row.unit}: {row.title} ({row.holder or vacant})") for row in positions)
    shown: dict[str, Any] = {name: values.get(name, "") for name in _SHOWN}
    return await page.show(
        "appointment_new.html",
        status,
        values=shown,
        errors=errors,
        candidates=await offered(page, values.get("search", ""), near),
        positions=options,
        names=names,
        kinds=KINDS,
        key=next_key(values, errors),
        own=page.person.person is not None,
    )


_SHOWN = ("search", "kind", "position", "represented", "person", "first_day", "last_day", "signs", "reason")
