"""Results of a closed cycle that go out to SIASN's double: one arrives, one is listed."""

from temporalio.client import Client

from tests.closed_results import UNRATED, closed
from tests.replay.here import Here


async def send_out(town: Here, client: Client) -> dict[str, str]:
    """HR's order and what follows. Ids of processes by history."""
    cycle = await closed(town.stack.sessions, {"ani": ("budi", "SESUAI", "SESUAI"), "eko": UNRATED})
    order = (await town.hr.post(f"cycles/{cycle}/siasn", {"which": "new"}))["id"]
    await client.get_workflow_handle(f"siasn/{order}").result()
    return {"siasn": f"siasn/{order}"}
