"""Results that are not accepted: one objection is granted, on another nobody acts, and somebody does not acknowledge."""

from datetime import UTC, datetime
from typing import Any

from temporalio.client import Client

from adapters.policy_files import shipped
from demo import office
from tests.faults.people import Town
from tests.faults.year import calibrate, nominate

WISH = {"results": True, "behaviour": False, "targets": [1], "reason": "Bukti tidak dilihat."}
CHANGE = {"decision": "change", "behaviour": "DI_BAWAH", "reason": "Bukti baru kuat."}
SECONDS = {"window": "PT20S", "account": "PT2S", "due": "PT4S", "end": "PT9S", "end_rule": "go_on"}
LADDER = [{"after": "PT1S", "to": "superior"}, {"after": "PT2S", "to": "hr"}]
LINE = {"ani": "budi", "eko": "budi", "budi": "citra"}


async def disagree(town: Town, client: Client) -> dict[str, str]:
    """A leisurely year whose objections take seconds. Ids of processes by history."""
    cycle = await town.launch(list(LINE), await _policy(town), starts_at=datetime.now(UTC).isoformat())
    for employee, supervisor in LINE.items():
        for step in ("targets", "approval", "self_assessment", "review"):
            await town.do(cycle, employee, step, supervisor if step in ("approval", "review") else employee)
    await calibrate(town, cycle)
    await town.until_at(cycle, list(LINE), "acknowledgement")
    for who, path, body in (
        ("budi", "budi/acknowledgement/refusal", {"words": "Tidak sesuai bukti."}),
        ("eko", "eko/objection", WISH),
        ("ani", "ani/objection", WISH),
        ("budi", "ani/objection/account", {"text": "Dari laporan bulanan."}),
        ("citra", "ani/objection/decision", CHANGE),
    ):
        await (await town.person(who)).post(f"appraisals/{cycle}/{path}", body)
    await nominate(town, cycle, list(LINE))
    played = {
        "appraisal_objection_granted": f"appraisal/{cycle}/ani",
        "appraisal_objection_undecided": f"appraisal/{cycle}/eko",
        "appraisal_not_acknowledged": f"appraisal/{cycle}/budi",
    }
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played


async def _policy(town: Town) -> str:
    """The house's policy 'open', but that an objection takes seconds."""
    document: dict[str, Any] = shipped("open") or {}
    objection = {**document["objection"], **SECONDS, "remind": ["PT1S before"], "escalate": LADDER}
    brief = {**document, "name": "brief", "grace": "PT1S", "objection": objection}
    order = {"document": brief, "based_on": 0, "reason": "Keberatan dalam detik."}
    office.expect(await town.hr.http.put("/api/v1/policies/brief", json=order))
    return "brief"
