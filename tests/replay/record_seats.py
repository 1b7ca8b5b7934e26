"""Seats in trainings: one is declined; another is not answered, attended, corrected, and looked back on until that is over."""

import asyncio
from datetime import timedelta

from temporalio.client import Client

from tests.api.seated import begins, give_seats, seat
from tests.api.test_enrolments import launched
from tests.replay.here import Here


async def give_seats_away(town: Here, client: Client) -> dict[str, str]:
    """Ids of processes by history. The course is over, so that what comes a year later comes in a moment."""
    stack = town.stack
    cycle = await launched(stack, "ani", "eko", answer="PT4S")
    await begins(stack, "t1", stack.services.today() - timedelta(days=5), seats=2)
    await give_seats(stack, cycle, "ani", "eko")
    ani, eko = await town.person("ani"), await town.person("eko")
    await ani.post(f"enrolments/{cycle}/ani/refusal", {"reason": "Sakit."})
    while (await seat(stack, cycle, "eko")).stage != "accepted":
        await asyncio.sleep(0.1)
    await town.hr.post(f"enrolments/{cycle}/eko/attendance", {"attended": True})
    await town.hr.post(f"enrolments/{cycle}/eko/hours", {"hours": 16, "reason": "Dua hari."})
    while not (await seat(stack, cycle, "eko")).asked:
        await asyncio.sleep(0.1)
    await eko.post(f"enrolments/{cycle}/eko/look-back", {"helped": "yes"})
    named = (("enrolment_declined", "ani"), ("enrolment_silent", "eko"))
    played = {name: (await seat(stack, cycle, who)).id for name, who in named}
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played
