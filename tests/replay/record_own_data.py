"""Requests about own data, for their histories: one that HR lets grow late, one that it answers in time, and an erasure."""

import asyncio

from temporalio.client import Client

from tests.replay.here import Here
from workflows.identity import data_request_id

WRONG = {"kind": "correction", "area": "identity", "words": "Nama salah eja.", "should_be": "Ani Contoh"}
SEE = {"kind": "access", "area": "appraisal", "words": "Semua penilaian saya."}
ERASE = {"kind": "erasure", "area": "other", "words": "Saya pensiun.", "parts": ["drafts", "record"]}
WITHIN = 2
"""Seconds that HR has."""


async def ask_about_data(town: Here, client: Client) -> dict[str, str]:
    """Ids of processes by history."""
    ani, played = await town.person("ani"), dict[str, str]()
    for name, question, waits, answer in (
        ("data_request_in_time", SEE, 0.0, {"decision": "done", "reason": "Sudah ditunjukkan."}),
        ("data_request_erased", ERASE, 0.0, {"decision": "done", "reason": "Draf sudah dihapus."}),
        (
            *("data_request_late_and_refused", WRONG, WITHIN * 1.5),
            {"decision": "refused", "reason": "Sudah benar.", "ground": "Akta kelahiran."},
        ),
    ):
        request = (await ani.post("data-requests", question))["id"]
        await asyncio.sleep(waits)
        await town.hr.post(f"data-requests/{request}/decision", answer)
        played[name] = data_request_id(str(question["kind"]), request)
        await client.get_workflow_handle(played[name]).result()
    return played
