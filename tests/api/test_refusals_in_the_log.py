"""Refused requests stand in the log with who asked and about what, by ids; and nobody writes lines into it."""

from typing import Any

from structlog.testing import capture_logs

from tests.api.test_appraisal_api import launch
from tests.stack import Stack


async def test_a_refusal_says_who_asked_for_what(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    eko, nobody, url = await stack.visitor("eko"), await stack.visitor(), f"/api/v1/appraisals/{cycle}"
    with capture_logs() as logged:
        assert (await eko.get(f"{url}/ani")).status_code == 404
        assert (await nobody.get(f"{url}/ani")).status_code == 401
        assert (await eko.post("/api/v1/board/look")).status_code == 403
        assert (await eko.get("/api/v1/me")).status_code == 200
    lines = [one for one in logged if one["event"] == "request"]
    route = "/api/v1/appraisals/{cycle}/{employee}"
    found = [{name: one.get(name) for name in ("route", "status", "who", "cycle", "employee")} for one in lines]
    assert found == [
        {"route": route, "status": 404, "who": "eko", "cycle": cycle, "employee": "ani"},
        {"route": route, "status": 401, "who": None, "cycle": cycle, "employee": "ani"},
        {"route": "/api/v1/board/look", "status": 403, "who": "eko", "cycle": None, "employee": None},
        {"route": "/api/v1/me", "status": 200, "who": "eko", "cycle": None, "employee": None},
    ]


async def test_nobody_writes_lines_into_the_log(stack: Stack) -> None:
    """What is typed into an address is logged only if it can be an id: no line ends, no names, no NIP."""
    eko, typed = (
        await stack.visitor("eko"),
        ("x%0A%7B%22event%22:%22forged%22%7D", "198001012005011001", "Ani%20Contoh"),
    )
    with capture_logs() as logged:
        for employee in typed:
            assert (await eko.get(f"/api/v1/appraisals/c1/{employee}")).status_code == 404
            assert (await eko.get(f"/appraisals/c1/{employee}")).status_code == 404
    lines: list[Any] = [one for one in logged if one["event"] == "request"]
    assert len(lines) == 6
    assert all(one["cycle"] == "c1" and "employee" not in one for one in lines)
    assert not any(word in str(logged) for word in ("forged", "198001012005011001", "Ani Contoh"))
