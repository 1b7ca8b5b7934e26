"""People, units, catalogues and the calendar from files: upload, watch the check, read the preview, apply or discard."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from starlette.datastructures import UploadFile

from adapters.database.reads import attendance_refusals, directory
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import import_columns, refusals, terms
from api.pages.departure_words import OWN_CASES
from api.pages.forms import Sent, revision_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.routes import departures, imports
from api.routes.appraisals import Key
from api.routes.imports import LARGEST_FILE, Choice
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.people.departure import OwnCases
from appraisal.roster.codes import ProblemCode
from appraisal.roster.importing import Decision, Phase
from appraisal.roster.messages import MESSAGES
from appraisal.roster.roster import ImportKind

router = page_router()
LARGEST_BODY = LARGEST_FILE + 64 * 1024
"""Bytes: the file and the fields around it."""
UNDER_WAY = (Phase.CHECKING, Phase.APPLYING)
MOST_SHOWN = 300
"""Problems, and differences of one kind, on one page; the counts are always of all."""


@dataclass(frozen=True, slots=True)
class File:
    """What was sent."""

    name: str
    content: bytes
    kind: str
    effective_on: str


async def _sent(request: Request) -> File:
    async with request.form(max_files=1, max_fields=10) as form:
        upload, kind, on = form.get("file"), form.get("kind", ""), form.get("effective_on", "")
        name, content = "", b""
        if isinstance(upload, UploadFile):
            name, content = upload.filename or "", await upload.read(LARGEST_FILE + 1)
    return File(name, content, str(kind)[:20], str(on)[:20])


@router.get("/people/import")
async def choose(page: OfficerPage) -> Response:
    """The upload, what a file must hold, and the last imports."""
    return await _form(page, "people", page.jenjang.today().isoformat(), {})


@router.post("/people/import", max_body_size=LARGEST_BODY)
async def upload(page: OfficerPage, file: Annotated[File, Depends(_sent)]) -> Response:
    """Take the file in. Nothing changes before its preview has been seen and applied."""
    errors = {}
    if not file.name or not file.content:
        errors["file"] = page.gettext("Choose a file that holds something.")
    if file.kind not in tuple(ImportKind):
        errors["kind"] = page.gettext("Say what the file holds.")
    try:
        effective_on = date.fromisoformat(file.effective_on) if file.effective_on else None
    except ValueError:
        errors["effective_on"] = page.gettext("Write the day like 2027-01-04.")
        effective_on = None
    if errors:
        return await _form(page, file.kind, file.effective_on, errors)
    try:
        kind, account = ImportKind(file.kind), page.person.account
        batch = await imports.begin(page.jenjang, account, file.name, file.content, kind, effective_on)
    except Problem as problem:
        return await _form(
            page, file.kind, file.effective_on, {"file": refusals.sentence(page.words, problem)}, problem.status
        )
    return page.go(f"/people/import/{batch}")


@router.get("/people/import/columns/{kind}.csv")
async def template(kind: Annotated[ImportKind, Path()], page: OfficerPage) -> Response:
    """An empty file with the right heading and one example row."""
    columns, text = import_columns.COLUMNS[kind], io.StringIO()
    csv.writer(text).writerows([[name for name, *_ in columns], [example for _, example, _ in columns]])
    headers = {"Content-Disposition": f'attachment; filename="jenjang-{kind}.csv"'}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/people/import/{batch}")
async def show(batch: Key, page: OfficerPage) -> Response:
    """How far the import is; once checked, its preview."""
    return await _preview(page, batch, {})


@router.get("/people/import/{batch}/progress")
async def progress(batch: Key, page: OfficerPage) -> Response:
    """Whether it is still being checked or applied; if not, the page again."""
    found = await _found(page, batch)
    if found["phase"] not in UNDER_WAY:
        return page.go(f"/people/import/{batch}")
    return page.fragment("_import_progress.html", batch=batch, found=found)


@router.post("/people/import/{batch}/application")
async def apply(batch: Key, page: OfficerPage, fields: Sent) -> Response:
    """Apply all of it, or nothing."""
    expected = revision_of(fields)
    own = OwnCases.CLOSE if fields.get("own_cases") == OwnCases.CLOSE else OwnCases.GO_ON
    ends, why = fields.get("ends_missing") == "yes", fields.get("reason", "")[:4000]
    choice = Choice(ends_missing=ends, expected_revision=expected, own_cases=own, reason=why)
    return await _decided(page, batch, await imports.applying(page.jenjang, batch, actor(page.person), choice))


@router.post("/people/import/{batch}/discard")
async def discard(batch: Key, page: OfficerPage) -> Response:
    """Throw the file away; nothing has changed."""
    return await _decided(page, batch, Decision(actor(page.person), False))


async def _decided(page: Page, batch: str, decision: Decision) -> Response:
    try:
        status = await imports.decide(page.jenjang, batch, decision)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        where = problem.where if problem.where in ("ends_missing", "reason") else ""
        return await _preview(page, batch, {where: refusals.sentence(page.words, problem)}, problem.status)
    if status.phase is Phase.PREVIEWED:
        text = page.gettext("The record has changed since the preview. Nothing was applied; look at the new preview.")
        return page.go(f"/people/import/{batch}", text, "warning")
    done = page.gettext("The import is applied.") if decision.apply else page.gettext("The import is discarded.")
    return page.go(f"/people/import/{batch}", done)


async def _form(
    page: Page, kind: str, effective_on: str, errors: dict[str, str], status: int | None = None
) -> Response:
    async with page.jenjang.reading() as session:
        last = await directory.roster_imports(session)
    context = {"kind": kind, "effective_on": effective_on, "errors": errors, "last": last, "terms": terms}
    code = status or (422 if errors else 200)
    return await page.show("import.html", code, columns=import_columns.COLUMNS, kinds=tuple(ImportKind), **context)


async def _found(page: Page, batch: str) -> dict[str, Any]:
    async with page.jenjang.reading() as session:
        found = await directory.roster_import(session, batch)
    if found is None and not await page.jenjang.uploads.holds(batch):
        raise NOT_FOUND
    return found or {"id": batch, "phase": Phase.CHECKING}


async def _preview(page: Page, batch: str, errors: dict[str, str], status: int = 200) -> Response:
    found = await _found(page, batch)
    if found["phase"] in UNDER_WAY:
        return await page.show("import_checking.html", batch=batch, found=found)
    problems = told(page, found)
    choices = [(one, *map(page.gettext, OWN_CASES[one])) for one in (OwnCases.GO_ON, OwnCases.CLOSE)]
    groups = _grouped(found["differences"])
    context = {
        "found": found,
        "problems": problems[:MOST_SHOWN],
        "wrong": sum(problem["severity"] == "error" for problem in problems),
        "doubtful": sum(problem["severity"] != "error" for problem in problems),
        "groups": {kind: (len(rows), rows[:MOST_SHOWN]) for kind, rows in groups.items()},
        "missing": len(groups.get("person_left", [])),
        "changes": sum(len(rows) for kind, rows in groups.items() if kind != "person_left"),
        "open": found["phase"] == Phase.PREVIEWED,
        "errors": errors,
        "own_cases": choices,
        "departed": await departures.shown(page.jenjang, batch),
        "refused": [
            (who, course, refusals.of_name(page.words, code)) for who, course, code in await _refused(page, batch)
        ],
        "most": MOST_SHOWN,
        "terms": terms,
    }
    return await page.show("import_preview.html", status, **context)


async def _refused(page: Page, batch: str) -> tuple[tuple[str, str, str], ...]:
    """The seats that did not take what the file says of them."""
    async with page.jenjang.reading() as session:
        return await attendance_refusals.refusals(session, batch)


async def problems_of(page: Page, batch: str) -> list[dict[str, Any]]:
    """Everything that is wrong with the file; nothing while it is being checked."""
    return told(page, await _found(page, batch))


def told(page: Page, found: dict[str, Any]) -> list[dict[str, Any]]:
    return [_told(page, problem) for problem in found.get("problems") or ()]


def _told(page: Page, problem: dict[str, Any]) -> dict[str, Any]:
    """The problem in the page's language, from the templates that the rules keep."""
    message, args = MESSAGES[ProblemCode(problem["code"])], problem["args"]
    sentences = (page.gettext(text).format(**args) for text in (message.what, message.remedy))
    what, remedy = sentences
    return {**problem, "what": what, "remedy": remedy}


def _grouped(differences: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The differences by kind, in the order of terms.DIFFERENCES."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for difference in differences:
        groups.setdefault(difference["kind"], []).append(difference)
    order = tuple(terms.DIFFERENCES)
    return dict(sorted(groups.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))
