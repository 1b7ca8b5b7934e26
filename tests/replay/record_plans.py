"""A nomination whose two plans are compared, and one of them taken, for its history."""

from temporalio.client import Client

from tests.faults.people import Town


async def plan_seats(town: Town, client: Client) -> dict[str, str]:
    """Both plans are made, and the optimiser's is taken; the nomination stays open. Its id by history."""
    cycle = await town.launch(["ani", "eko"], "open")
    await town.hr.post(f"nominations/{cycle}/plans")
    await town.hr.post(f"nominations/{cycle}/basis", {"basis": "optimum"})
    await town.hr.post(f"nominations/{cycle}/proposals")
    return {"nomination_planned": f"nomination/{cycle}"}
