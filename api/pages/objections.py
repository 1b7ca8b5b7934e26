"""Objecting in plain steps, not acknowledging, taking it back; and HR naming who decides."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Response

from api import orders
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import case_view, refusals
from api.pages.case_context import Values
from api.pages.case_view import View
from api.pages.choosing import LONGEST_SEARCH, is_key, offered
from api.pages.forms import Fields, Reader, Sent, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes.appraisals import Key
from api.routes.objections import demand_known
from api.security import actor
from appraisal.access import Action, can
from appraisal.commands import Command
from appraisal.errors import AppraisalError, WrongStep
from appraisal.objection.commands import NameDecider, Object, RefuseAcknowledgement, WithdrawObjection
from appraisal.objection.objecting import demand_objectable
from appraisal.objection.objections import Complaint
from appraisal.sources.sources import RULES
from appraisal.vocabulary import Step

router = page_router()
PATH = "/appraisals/{cycle}/{employee}"
FIELDS = {"results": "results", "targets": "results", "reason": "reason", "words": "words", "person": "person"}
"""Where the rules point to -> the field of the form; evidence names its link."""


@router.get(PATH + "/objection")
async def choose(cycle: Key, employee: Key, page: MyPage) -> Response:
    """The form; or why no objection is possible now."""
    view = await _own(page, cycle, employee)
    _demand_rated(view, page)
    return await _form(page, view, {}, {})


@router.post(PATH + "/objection")
async def object_to(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """What is objected to, why, and what shows it."""
    view, reader = await _own(page, cycle, employee), Reader(fields, page.words)
    if view.case.results is None:  # so there was never a form that could be shown again
        _demand_rated(view, page)
    count = len(view.case.plan.targets) if view.case.plan else 0
    complaint = Complaint(
        results="results" in fields,
        behaviour="behaviour" in fields,
        reason=reader.reason("reason", page.gettext("Why")),
        targets=tuple(n for n in range(1, count + 1) if f"target_{n}" in fields),
        evidence=reader.links("evidence", page.gettext("evidence")),
    )
    if not reader.errors and await _given(page, view, reader, Object(complaint)):
        text = page.gettext("Your objection is on record. Your superior is asked first; you are told the decision.")
        return page.go(view.url, text)
    return await _form(page, view, fields, reader.errors, 422)


@router.post(PATH + "/refusal")
async def refuse(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """The employee does not acknowledge the result."""
    view = await _own(page, cycle, employee)
    return await _at_once(page, view, fields, RefuseAcknowledgement(fields.get("words", "")))


@router.post(PATH + "/withdrawal")
async def withdraw(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """The employee takes the objection back."""
    view = await _own(page, cycle, employee)
    return await _at_once(page, view, fields, WithdrawObjection(fields.get("reason", "")))


@router.get(PATH + "/decider")
async def whom(
    cycle: Key, employee: Key, page: MyPage, search: Annotated[str, Query(max_length=LONGEST_SEARCH)] = ""
) -> Response:
    """Where HR names who decides."""
    return await _deciders(page, await _for_hr(page, cycle, employee), {"search": search}, {})


@router.post(PATH + "/decider")
async def name(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """Search for somebody, or name."""
    view, reader = await _for_hr(page, cycle, employee), Reader(fields, page.words)
    if fields.get("action") == "search":
        return await _deciders(page, view, fields, {})
    person, why = fields.get("person", ""), reader.reason("reason", page.gettext("Reason"))
    try:
        if not is_key(person):
            raise Problem(422, "nobody_chosen", "", "person", "")
        await demand_known(page.jenjang, person)
    except (AppraisalError, Problem) as failed:
        reader.errors["person"] = refusals.sentence(page.words, failed)
    if not reader.errors and await _given(page, view, reader, NameDecider(person, why)):
        return page.go(view.url, page.gettext("Named. It stands in the story of the case, with your reason."))
    return await _deciders(page, view, fields, reader.errors, 422)


def _demand_rated(view: View, page: Page) -> None:
    """Nothing if there is a rating that can be objected to now; a refusal otherwise, also once the case was opened again."""
    demand_objectable(view.case, page.now)
    if view.case.results is None:
        raise WrongStep("There is no rating to object to now.", "", "Come back when the result has been delivered.")


async def _own(page: Page, cycle: str, employee: str) -> View:
    view = await case_view.load(page, cycle, employee)
    if not view.own:
        raise NOT_FOUND
    return view


async def _for_hr(page: Page, cycle: str, employee: str) -> View:
    view = await case_view.load(page, cycle, employee)
    allowed = can(actor(page.person), Action.NAME_DECIDER, view.facts.parties).allowed
    if not allowed or view.case.step is not Step.OBJECTION:
        raise NOT_FOUND
    return view


async def _given(page: Page, view: View, reader: Reader, command: Command) -> bool:
    """Whether the order is taken; a refusal stands beside its field."""
    case = (view.case.cycle, view.case.parties.employee)
    try:
        await orders.give(page.jenjang, page.person, case, command, key_of(reader.fields), None)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        field = "evidence" if problem.where.startswith("evidence") else FIELDS.get(problem.where, "")
        reader.errors[field] = refusals.sentence(page.words, problem)
        return False
    return True


async def _at_once(page: Page, view: View, fields: Fields, command: Command) -> Response:
    """An order with a text and nothing to correct but that text: back to the case, with the refusal if there is one."""
    reader = Reader(fields, page.words)
    if await _given(page, view, reader, command):
        return page.go(view.url, page.gettext("It is on record, with your words."))
    return page.go(view.url, next(iter(reader.errors.values())), "danger")


async def _form(page: Page, view: View, fields: Fields, errors: Mapping[str, str], status: int = 200) -> Response:
    shown = {"view": view, "values": Values(fields), "errors": dict(errors), "source": RULES["objection"].source}
    return await page.show("objection.html", status, key=next_key(fields, errors), **shown)


async def _deciders(page: Page, view: View, fields: Fields, errors: Mapping[str, str], status: int = 200) -> Response:
    values = {name: fields.get(name, "") for name in ("search", "person", "reason")}
    near, employee = view.case.parties.supervisor, view.case.parties.employee
    found = await offered(page, values["search"], near, values["person"], employee)
    shown = {"view": view, "values": values, "errors": dict(errors), "candidates": found}
    return await page.show("objection_decider.html", status, key=next_key(fields, errors), **shown)
