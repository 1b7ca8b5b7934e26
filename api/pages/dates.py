"""Other dates for a cycle that runs: choose a policy and say why, look at what would change, then order it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Response

from adapters.database.reads import case_rows, directory
from api.errors import Problem, problem_of
from api.pages import refusals, terms
from api.pages.drawing import time_line
from api.pages.forms import Fields, Reader, Sent
from api.pages.launch import version_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.policies import policy_names
from api.routes.appraisals import Key
from api.routes.cycles import known
from api.routes.dates import OtherDates, at_work, looked_at, order
from api.security import actor
from appraisal.errors import AlreadyClosed, AppraisalError, StillStarting
from workflows.identity import cycle_id

router = page_router()
PASSED_ON = (AlreadyClosed, StillStarting)
"""Refusals that no other entry in the form would help with."""


@router.get("/cycles/{cycle}/dates")
async def fill_in(cycle: Key, page: OfficerPage) -> Response:
    """The form. A cycle that cannot have other dates says so at once."""
    await at_work(page.jenjang, cycle)
    return await _form(page, cycle, {}, {}, 200)


@router.post("/cycles/{cycle}/dates/preview")
async def look(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Each step before and after, with the cases that stand at it. Nothing has happened yet."""
    if fields.get("back"):  # back from the preview to change something
        return await _form(page, cycle, fields, {}, 200)
    wanted, errors = await _read(page, fields)
    if wanted is None:
        return await _form(page, cycle, fields, errors)
    try:
        found = await looked_at(page.jenjang, cycle, wanted.policy)
    except PASSED_ON:
        raise
    except AppraisalError as refusal:
        return await _form(page, cycle, fields, _told(page, problem_of(refusal)))
    drawn = time_line(found.timetable, found.starts_at)
    name = (await known(page.jenjang, cycle))["name"]
    return await page.show(
        "dates_preview.html",
        cycle=cycle,
        name=name,
        found=found,
        line=drawn,
        wanted=wanted,
        key=_key(fields),
        terms=terms,
    )


@router.post("/cycles/{cycle}/dates")
async def change(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Order it. A second click is the same order."""
    wanted, errors = await _read(page, fields)
    if wanted is None:
        return await _form(page, cycle, fields, errors)
    try:
        ordered = await order(page.jenjang, actor(page.person), cycle, wanted, _key(fields))
    except PASSED_ON:
        raise
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        return await _form(page, cycle, fields, _told(page, problem), problem.status)
    told = page.gettext(
        "The new dates hold. Everybody with an open case, each calibration and the nomination follow now."
    )
    if ordered.revision is None:
        told = page.gettext("The order has been taken and is being stored. The new dates show here in a moment.")
    return page.go(f"/cycles/{cycle}", told)


def _key(fields: Fields) -> str:
    """The key of the order: made with the form, so that the form sent twice is one order."""
    key = fields.get("key", "")
    return key if key.isascii() and key.isalnum() and len(key) <= 32 else uuid.uuid4().hex


async def _read(page: Page, fields: Fields) -> tuple[OtherDates | None, dict[str, str]]:
    reader = Reader(fields, page.words)
    policy = fields.get("policy", "")
    if policy not in await policy_names(page.jenjang):
        reader.errors["policy"] = page.gettext("Choose a policy.")
    why = reader.reason("reason", page.gettext("Reason"))
    if reader.errors:
        return None, reader.errors
    version = version_of(fields.get("policy_version", ""))
    return OtherDates(policy=policy, policy_version=version, reason=why), {}


async def _form(page: Page, cycle: str, fields: Fields, errors: dict[str, str], status: int = 422) -> Response:
    found = await known(page.jenjang, cycle)
    shown: dict[str, Any] = {"policies": await policy_names(page.jenjang), "key": _key(fields), "terms": terms}
    return await page.show("dates_new.html", status, cycle=found, fields=fields, errors=errors, **shown)


def _told(page: Page, problem: Problem) -> dict[str, str]:
    """The refusal beside its field; whatever is wrong with dates is about the policy."""
    return {"reason" if problem.where == "reason" else "policy": refusals.sentence(page.words, problem)}


@dataclass(frozen=True, slots=True)
class Told:
    """How many have heard of the new dates."""

    groups: int
    cases: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The last change of dates. `who` is empty where it is nobody on record; `told` is None while it is under way."""

    who: str
    at: datetime
    why: str
    told: Told | None


async def last_change(page: Page, cycle: str) -> Changed | None:
    """What the cycle's record says of its last change of dates; None where there was none."""
    async with page.jenjang.reading() as session:
        events = await case_rows.events(session, cycle_id(cycle))
        ordered = next((event for event in reversed(events) if event["kind"] == "rescheduled"), None)
        if ordered is None:
            return None
        names = await directory.person_names(session, (ordered["actor"],))
    later = (event for event in events if event["revision"] > ordered["revision"] and event["kind"] == "dates_told")
    counts = next(({name: after for name, _, after in event["changes"]} for event in later), None)
    told = Told(int(counts["groups"]), int(counts["cases"])) if counts else None
    return Changed(names.get(ordered["actor"], ""), ordered["at"], ordered["reason"], told)
