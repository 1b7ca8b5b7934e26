"""People, units, catalogues and the calendar from files: upload, look at the preview, apply or discard."""

from datetime import date
from typing import Annotated, Any

from fastapi import File, Form, Response, UploadFile
from pydantic import BaseModel, Field
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from adapters.database.reads import directory
from api.errors import NOT_FOUND, Problem
from api.orders import refusal, unreachable
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.people.departure import OwnCases
from appraisal.roster.importing import Decision, ImportOrder, Missing, Phase, not_previewed
from appraisal.roster.roster import ImportKind
from workflows.identity import import_id
from workflows.roster_import import ImportStatus, RosterImportWorkflow

router = json_router("/imports", ("imports",))
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes; 10,000 people are about 2 MiB."""
TOO_LARGE = Problem(413, "too_large", "The file is larger than 10 MiB.", "file", "Split it, or remove columns.")
CHECKING = {"phase": "checking", "problems": [], "differences": []}
"""What an import looks like until its file has been read."""


class Uploaded(BaseModel):
    """The id of the import."""

    id: str


class Choice(BaseModel):
    """Apply the import. `ends_missing` also ends the assignment of whoever is on record and not in the file.

    Their open cases go on by their dates, or are closed as unrateable (`close`, with a reason).
    `expected_revision` is that of the preview which was looked at; a newer one is refused.
    """

    ends_missing: bool = False
    own_cases: OwnCases = OwnCases.GO_ON
    reason: str = Field(default="", max_length=4000)
    expected_revision: int | None = Field(default=None, ge=0, lt=2**31)


async def begin(
    jenjang: Services, account: str, filename: str, content: bytes, kind: ImportKind, effective_on: date | None
) -> str:
    """Keep the file and start its import; the id of both."""
    if len(content) > LARGEST_FILE:
        raise TOO_LARGE
    batch = await jenjang.uploads.keep(account, filename.replace("\0", ""), content, jenjang.now())
    order = ImportOrder(batch, kind, effective_on or jenjang.today(), account)
    await jenjang.temporal.start_workflow(
        RosterImportWorkflow.run, order, id=import_id(batch), task_queue=jenjang.settings.task_queue
    )
    return batch


async def known(jenjang: Services, batch: str) -> dict[str, Any]:
    """The import as far as it is, or NOT_FOUND."""
    async with jenjang.reading() as session:
        found = await directory.roster_import(session, batch)
    if found is None and not await jenjang.uploads.holds(batch):
        raise NOT_FOUND
    return found or {"id": batch, **CHECKING}


async def decide(jenjang: Services, batch: str, decision: Decision, key: str | None = None) -> ImportStatus:
    """Apply or discard; the rules' refusals come back as they are."""
    if (await known(jenjang, batch))["phase"] == Phase.CHECKING:
        raise not_previewed(Phase.CHECKING)
    handle = jenjang.temporal.get_workflow_handle(import_id(batch))
    try:
        return await handle.execute_update(RosterImportWorkflow.decide, decision, id=key)
    except WorkflowUpdateFailedError as failed:
        raise refusal(failed.cause) from failed
    except RPCError as failed:
        raise unreachable(failed) from failed


async def applying(jenjang: Services, batch: str, by: Actor, choice: Choice) -> Decision:
    """The decision to apply it; whoever is ended leaves on the day of the file."""
    on: date | None = (await known(jenjang, batch)).get("effective_on")
    missing = None
    if choice.ends_missing and on is not None:
        missing = Missing(choice.own_cases, jenjang.start_of(on), choice.reason.strip())
    return Decision(by, True, choice.ends_missing, choice.expected_revision, missing)


@router.post("", status_code=202, max_body_size=LARGEST_FILE + 64 * 1024)
async def upload(
    file: Annotated[UploadFile, File()],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    kind: Annotated[ImportKind, Form()] = ImportKind.PEOPLE,
    effective_on: Annotated[date | None, Form()] = None,
) -> Uploaded:
    """Upload a CSV or XLSX file. Nothing changes before its preview has been seen and applied."""
    content = await file.read(LARGEST_FILE + 1)
    batch = await begin(jenjang, visitor.account, file.filename or "upload", content, kind, effective_on)
    response.headers["Location"] = f"/api/v1/imports/{batch}"
    return Uploaded(id=batch)


@router.get("/{batch}")
async def preview(batch: Key, visitor: Officer, jenjang: Jenjang) -> dict[str, Any]:
    """Phase, every problem by row and column, and the differences to what is on record."""
    return await known(jenjang, batch)


@router.post("/{batch}/application")
async def apply(
    batch: Key,
    choice: Annotated[Choice, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> ImportStatus:
    """Apply all of it, or, when the rules refuse, nothing."""
    decision = await applying(jenjang, batch, actor(visitor), choice)
    return await decide(jenjang, batch, decision, idempotency_key)


@router.delete("/{batch}")
async def discard(batch: Key, visitor: Officer, jenjang: Jenjang) -> ImportStatus:
    """Throw the file away; nothing has changed."""
    return await decide(jenjang, batch, Decision(actor(visitor), False))
