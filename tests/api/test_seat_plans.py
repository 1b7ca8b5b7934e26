"""HR has two plans made, compares them and takes one; whoever was quicker is told from the slower."""

import asyncio

from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import organisation
from tests.api.scene import acknowledged, refused
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden, reviewed, somebody
from tests.stack import Stack

API = "/api/v1/nominations"
TRAINING = table_of(organisation.Training)


async def test_hr_compares_two_plans_and_takes_one_unless_somebody_was_quicker(stack: Stack) -> None:
    cycle = await launch(stack)
    await reviewed(stack, cycle, "ani", "eko")
    await acknowledged(stack, cycle, "ani", "eko")
    async with stack.sessions.begin() as session:
        await session.execute(update(TRAINING).where(TRAINING.c.id == "t2").values(seats=0))
    hr, url = await somebody(stack), f"/nominations/{cycle}/plans"
    assert "Make both plans" in (await hr.get(url)).text
    assert (await hr.get(f"{API}/{cycle}/plans")).json()["comparison"] is None
    refused(await hr.post(f"{API}/{cycle}/basis", json={"basis": "optimum"}), 409, "nothing_to_decide")
    refused(await hr.post(f"{API}/{cycle}/basis", json={"basis": "best"}), 422, "invalid_request")

    made = await hr.post(url, data={"key": "k1"})
    assert made.status_code == 303
    assert made.headers["location"].startswith(url)
    async with asyncio.timeout(30):
        while not (plans := (found := await hr.get(f"{API}/{cycle}/plans")).json())["comparison"]:
            assert "are being made" in (await hr.get(f"{url}?asked=0")).text
            await asyncio.sleep(0.2)
    assert found.headers["etag"] == f'"{plans["revision"]}"'
    assert plans["comparison"]["people"] == 2
    for plan in ("rule", "optimum"):
        assert (plans["comparison"][plan]["seats"], plans["comparison"][plan]["points"]) == (1, 400)
    assert float(plans["gaps"]["optimum"]) < 0.01
    assert (await hr.get(f"{API}/{cycle}/plans/differences")).json() == {"people": []}
    page = (await hr.get(url)).text
    assert page.count("By the optimiser") >= 1
    assert "no plan reaches more than" in page
    assert "both plans give the same seats" in page

    assert (await hr.post(f"{API}/{cycle}/proposals")).status_code == 200
    seen = hidden((await hr.get(url)).text, "revision")
    other = {"decisions": [{"employee": "eko", "approve": False, "training": None, "reason": "Sudah tahun lalu."}]}
    assert (await hr.post(f"{API}/{cycle}/decisions", json=other)).status_code == 200
    late = {"basis": "optimum", "revision": seen}
    stale = await hr.post(f"/nominations/{cycle}/basis", data=late)
    assert stale.status_code == 412
    assert "Somebody has decided on this nomination since you opened it." in stale.text
    by_api = await hr.post(f"{API}/{cycle}/basis", json={"basis": "optimum"}, headers={"if-match": f'"{seen}"'})
    refused(by_api, 412, "stale_nomination")
    everybody = {"seen": "ani:t1", "revision": seen}
    assert (await hr.post(f"/nominations/{cycle}/all", data=everybody)).status_code == 412
    assert (await hr.get(f"{API}/{cycle}/plans")).json()["basis"] == "rule", "nothing of it was done"

    async with asyncio.timeout(30):  # the case of whoever was refused is told, which is an event of its own
        while (await hr.get(f"{API}/{cycle}")).json()["nomination"]["moving"]:
            await asyncio.sleep(0.1)
    late["revision"] = hidden((await hr.get(url)).text, "revision")
    assert (await hr.post(f"/nominations/{cycle}/basis", data=late)).status_code == 303
    board = (await hr.get(f"{API}/{cycle}?undecided=true")).json()
    assert board["nomination"]["basis"] == "optimum"
    assert [(row["employee"], row["training"]) for row in board["proposals"]] == [("ani", "t1")]
    assert "the optimiser: the most needs met in all" in (await hr.get(f"/nominations/{cycle}")).text
    assert (await hr.get("/nominations/0123456789ab/plans")).status_code == 404
