"""A year with two periods: one that is planned, reported and rated, and one that nobody touches."""

import asyncio
from datetime import UTC, datetime

from temporalio.client import Client

from demo import forms, office
from tests.faults.people import Town


async def divide(town: Town, client: Client) -> dict[str, str]:
    """A rehearsal with periods, in which ani works and eko does not. Ids of processes by history."""
    await office.divide_the_year(town.hr)
    cycle = await town.launch(["ani", "eko"], "rehearsal", starts_at=datetime.now(UTC).isoformat())
    await town.do(cycle, "ani", "targets", "ani")
    await town.do(cycle, "ani", "approval", "budi")
    ani, budi = await town.person("ani"), await town.person("budi")
    path = f"appraisals/{cycle}/ani/periods/1"
    while not await ani.get(f"appraisals/{cycle}/ani/periods"):
        await asyncio.sleep(0.2)
    await ani.post(f"{path}/actions", {"actions": ["Rapat bulanan.", "Kunjungan.", "Laporan."]})
    for who, stage in ((ani, "report"), (budi, "rating")):
        await who.post(f"{path}/{stage}", forms.fill_period(stage, await who.get(path), 1))
    played = {"period_rated": f"period/{cycle}/ani/1", "period_lapsed": f"period/{cycle}/eko/1"}
    played["cycle_with_periods"] = f"cycle/{cycle}"
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played
