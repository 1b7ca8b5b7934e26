"""Policies as HR edits them: a list, a form in words, the dates of a sample year drawn, and then a new version."""

import re
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.desk.policies import PolicyVersion
from api import policies
from api.errors import NOT_FOUND
from api.pages import refusals, terms
from api.pages.drawing import time_line
from api.pages.forms import Fields, Reader, Sent
from api.pages.policy_form import OBJECTION, PolicyReader, fields_of, rows_shown
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.session_form import CHOICES
from api.policies import PolicyNumber, drafted, looked_at
from api.routes.policies import Name, authors
from appraisal.errors import AppraisalError, StalePolicy
from appraisal.objection.policy import OBJECTION_RULES
from appraisal.objection.times import sample
from appraisal.policy.dates import Zone
from appraisal.policy.policy import END_RULES, Policy
from appraisal.vocabulary import GROUP_STEPS, OPEN_STEPS, STAGES

router = page_router()
LONGEST_FIELD = 2000


@router.get("/policies")
async def overview(page: OfficerPage) -> Response:
    """The newest version of each policy: who saved it, when and why."""
    found = await policies.policies(page.jenjang)
    names = await authors(page.jenjang, found)
    return await page.show("policies.html", found=found, names=names, terms=terms)


@router.get("/policies/{name}")
async def edit(name: Name, page: OfficerPage, version: Annotated[PolicyNumber | None, Query()] = None) -> Response:
    """The form, filled in with the newest version, or with the one that is asked for."""
    found = await policies.versions(page.jenjang, name)
    wanted = next((one for one in found if version in (None, one.version)), None)
    if wanted is None:
        raise NOT_FOUND
    fields = fields_of(Policy.read(wanted.document), page.words.language)
    return await _form(page, name, {**fields, "based_on": str(found[0].version)}, {}, 200)


@router.post("/policies/{name}/preview")
async def look(name: Name, page: OfficerPage, fields: Sent) -> Response:
    """What the policy would do in a sample year. Nothing has changed yet."""
    fields = _bounded(fields)
    if fields.get("back"):  # back from the preview to change something
        return await _form(page, name, fields, {}, 200)
    policy, errors = _read(page, name, fields)
    if policy is None:
        return await _form(page, name, fields, errors)
    newest = await policies.versions(page.jenjang, policy.name)
    if policy.version != (newest[0].version if newest else 0) + 1:
        return await _form(page, name, fields, _overtaken(page, fields), 412)
    try:
        return await _preview(page, name, fields, policy, {}, 200)
    except AppraisalError as refusal:
        return await _form(page, name, fields, _told(page, fields, refusal))


@router.post("/policies/{name}")
async def save(name: Name, page: OfficerPage, fields: Sent) -> Response:
    """Save it as the next version, or under another name. A second click is the same edit."""
    fields = _bounded(fields)
    policy, errors = _read(page, name, fields)
    if policy is None:
        return await _form(page, name, fields, errors)
    reader = Reader(fields, page.words)
    why = reader.reason("reason", page.gettext("Reason"))
    try:
        if reader.errors:
            return await _preview(page, name, fields, policy, reader.errors, 422)
        saved = await policies.save(page.jenjang, page.person.id, policy, why)
    except StalePolicy:
        return await _form(page, name, fields, _overtaken(page, fields), 412)
    except AppraisalError as refusal:
        return await _form(page, name, fields, _told(page, fields, refusal))
    told = page.gettext("Version %(version)s of the policy %(name)s is saved.", version=saved.version, name=saved.name)
    return page.go("/policies", told)


def _bounded(fields: Fields) -> dict[str, str]:
    """No field but the reason is a long text; more of it than this is not even shown again."""
    return {name: value if name == "reason" else value[:LONGEST_FIELD] for name, value in fields.items()}


def _read(page: Page, name: str, fields: Fields) -> tuple[Policy | None, dict[str, str]]:
    """The policy of the form as a version of its own, or of the name that it shall be copied under."""
    reader, based_on = PolicyReader(fields, page.words), fields.get("based_on", "")
    document = reader.document()
    number = int(based_on) if re.fullmatch("[0-9]{1,6}", based_on, re.ASCII) else 0
    other = _named(fields.get("save_as", ""))
    if reader.errors:
        return None, reader.errors
    try:
        return drafted(other or name, document, 0 if other else number), {}
    except AppraisalError as refusal:
        return None, reader.refused(refusal)


def _told(page: Page, fields: Fields, refusal: AppraisalError) -> dict[str, str]:
    reader = PolicyReader(fields, page.words)
    reader.document()
    return reader.refused(refusal)


def _overtaken(page: Page, fields: Fields) -> dict[str, str]:
    """Somebody was faster; or the name of the copy is taken."""
    if fields.get("save_as"):
        return {"save_as": page.gettext("There is a policy of this name already. Choose another name.")}
    what, remedy = refusals.SENTENCES["stale_policy"]
    return {"": f"{page.gettext(what)} {page.gettext(remedy)}"}


def _named(text: str) -> str:
    """A name as it stands in addresses: small letters, and hyphens for spaces."""
    return re.sub(r"\s+", "-", text.strip().lower())


async def _preview(
    page: Page, name: str, fields: Fields, policy: Policy, errors: dict[str, str], status: int
) -> Response:
    found = await looked_at(page.jenjang, policy)
    drawn: dict[str, Any] = {
        "line": time_line(found.dates.timetable, found.starts_at),
        "found": found,
        "objection": sample(found.dates.timetable),
        "own_dates": sum(len(own.units) for own in found.dates.units),
    }
    kept = {field: value for field, value in fields.items() if field not in ("reason", "back")}
    shown = {"name": name, "policy": policy, "kept": kept, "reason": fields.get("reason", ""), "terms": terms}
    return await page.show("policy_preview.html", status, errors=errors, **shown, **drawn)


async def _form(page: Page, name: str, fields: Fields, errors: dict[str, str], status: int = 422) -> Response:
    before: tuple[PolicyVersion, ...] = await policies.versions(page.jenjang, name)
    if not before:
        raise NOT_FOUND
    zones = [(str(zone), zone.name) for zone in Zone]
    if (zone := fields.get("zone", "")) and zone not in tuple(Zone):
        zones.append((zone, zone[:60]))
    shown: dict[str, Any] = {
        "rows": {str(step): rows_shown(fields, step) for step in (*STAGES, OBJECTION)},
        "zones": zones,
        "group_steps": GROUP_STEPS,
        "every_case": OPEN_STEPS,
        "end_rules": END_RULES,
        "objection_rules": OBJECTION_RULES,
        "session_choices": CHOICES,
        "before": before,
        "names": await authors(page.jenjang, before),
    }
    return await page.show("policy_edit.html", status, name=name, fields=fields, errors=errors, terms=terms, **shown)
