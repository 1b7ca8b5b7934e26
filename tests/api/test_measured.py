"""How was I measured: what the page tells whom and when, and that a unit's numbers give no colleague away."""

from typing import Any

from adapters.policy_files import shipped
from appraisal.vocabulary import Step
from tests.api.scene import REVIEW, bring, set_unit_result
from tests.api.test_acting import until
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

BOSSES = {"ani": "budi", "eko": "budi", "budi": "citra", "citra": "dewi"}
VERY_GOOD = {
    "results": "DI_ATAS",
    "behaviour": "DI_ATAS",
    "results_reason": "Melampaui.",
    "behaviour_reason": "Teladan.",
}
ADJUSTED = {"employee": "ani", "results": "DI_BAWAH", "behaviour": "SESUAI", "reason": "Bukti dukung tidak lengkap."}
SPREAD = 'id="spread-title"'


async def reviewed(stack: Stack) -> str:
    """A cycle that shows numbers from three people on; the unit's four have been reviewed, eko as very good."""
    hr = await stack.visitor(officer="hr")
    policy: dict[str, Any] = {**(shipped("open") or {}), "shown_from": 3}
    saved = await hr.put("/api/v1/policies/few", json={"document": policy, "based_on": 0, "reason": "Unit kecil."})
    assert saved.status_code == 200, saved.text
    cycle = await launch(stack, people=list(BOSSES), policy="few")
    for employee, supervisor in BOSSES.items():
        if employee != "eko":
            await bring(stack, cycle, Step.CALIBRATION, supervisor, employee)
            continue
        await bring(stack, cycle, Step.REVIEW, supervisor, employee)
        budi = await stack.visitor(supervisor)
        answer = await budi.post(f"/api/v1/appraisals/{cycle}/eko/review", json={**REVIEW, **VERY_GOOD})
        assert answer.status_code == 200, answer.text
    await set_unit_result(stack, cycle)
    return cycle


async def calibrate(stack: Stack, cycle: str) -> None:
    """The head settles all four, and lowers ani's rating with a reason."""
    dewi = await stack.visitor("dewi")
    order = {"members": sorted(BOSSES), "adjustments": [ADJUSTED]}
    answer = await dewi.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json=order)
    assert answer.status_code == 200, answer.text

    async def moved() -> bool:
        case = (await dewi.get(f"/api/v1/appraisals/{cycle}/ani")).json()["case"]
        return bool(case["calibrated"])

    await until(moved)


async def test_each_reader_is_told_what_is_his_to_know(stack: Stack) -> None:
    cycle = await reviewed(stack)
    ani, budi, hr = await stack.visitor("ani"), await stack.visitor("budi"), await stack.visitor(officer="hr")
    url = f"/appraisals/{cycle}/ani/measured"
    before = (await ani.get(url)).text
    assert 'id="seen-heading"' in before
    assert REVIEW["results_reason"] not in before, "until the unit is calibrated nobody tells the employee"
    assert 'id="because-targets"' in before
    assert REVIEW["results_reason"] in (await budi.get(url)).text
    assert (await (await stack.visitor("gita")).get(url)).status_code == 404

    await calibrate(stack, cycle)
    after = (await ani.get(url)).text
    for said in (REVIEW["results_reason"], ADJUSTED["reason"], "Dewi Lestari Contoh", "Sesuai LKjIP.", SPREAD):
        assert said in after
    assert "Eko Contoh" not in after
    assert SPREAD in (await hr.get(url)).text
    assert SPREAD not in (await budi.get(url)).text, "he rated two of the three others: the third would be told"
    assert SPREAD not in (await budi.get(f"/appraisals/{cycle}/budi/measured")).text
    assert SPREAD not in (await hr.get(f"/appraisals/{cycle}/budi/measured")).text, "HR's print is no way around it"
