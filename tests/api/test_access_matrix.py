"""Every endpoint of the API, called by everybody who could. An endpoint that is missing here fails the test.

404 where existence is none of their business, 403 where one may see but not do, 401 without signing in. The scene: ani
answered to budi once and answers to citra now; eko works beside her; dewi heads the unit, fajar another one. hr is an
officer of the agency, unit_hr of her unit and other_hr of his. Every row has a case of ani at the step that its endpoint is
about, in a cycle of its own; within a row, whoever may not comes first.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.tables import process
from appraisal.vocabulary import Step
from tests import agency
from tests.api import scene
from tests.api.samples import BODIES, CASE, PLACES
from tests.api.test_appraisal_api import launch
from tests.api.test_periods import launch_with_periods
from tests.stack import Stack, running

CALLERS = (
    *("employee", "colleague", "supervisor", "former", "head", "hr", "other_head", "anonymous"),
    *("unit_hr", "other_hr"),
)
PEOPLE = dict(zip(CALLERS, ("ani", "eko", "citra", "budi", "dewi", None, "fajar", None, None, None), strict=True))
OFFICES = {"hr": None, "unit_hr": "dinkes", "other_hr": "dinsos"}

TABLE = """
endpoint                                       at              empl coll supv form head hr   othd anon unit othr
GET    CASE                                    targets         200  404  200  404  200  200  404  401  200  404
GET    CASE/events                             targets         200  404  200  404  200  200  404  401  200  404
GET    CASE/commands/{command}                 targets         404  404  404  404  404  404  404  401  404  404
GET    CASE/drafts                             targets         200  404  200  404  200  200  404  401  200  404
PUT    CASE/drafts/{form}                      targets         204  404  204  404  204  204  404  401  204  404
DELETE CASE/drafts/{form}                      targets         204  404  204  404  204  204  404  401  204  404
POST   CASE/targets                            targets         200  404  403  404  403  403  404  401  403  404
POST   CASE/approval                           approval        403  404  200  404  403  403  404  401  403  404
POST   CASE/self-assessment                    self_assessment 200  404  403  404  403  403  404  401  403  404
POST   CASE/review                             review          403  404  200  404  403  403  404  401  403  404
POST   CASE/acknowledgement                    calibration     409  404  403  404  403  403  404  401  403  404
POST   CASE/acknowledgement/refusal           calibration     409  404  403  404  403  403  404  401  403  404
POST   CASE/objection                         calibration     409  404  403  404  403  403  404  401  403  404
POST   CASE/objection/withdrawal              calibration     409  404  403  404  403  403  404  401  403  404
POST   CASE/objection/account                 calibration     403  404  409  404  403  403  404  401  403  404
POST   CASE/objection/decision                calibration     403  404  403  404  403  403  404  401  403  404
POST   CASE/objection/decider                 calibration     403  404  403  404  403  409  404  401  409  404
GET    CASE/periods                            period          200  404  200  404  200  200  404  401  200  404
GET    CASE/periods/{number}                   period          200  404  200  404  200  200  404  401  200  404
POST   CASE/periods/{number}/actions           period          200  404  403  404  403  403  404  401  403  404
POST   CASE/periods/{number}/report            period          200  404  403  404  403  403  404  401  403  404
POST   CASE/periods/{number}/rating            period          403  404  200  404  403  403  404  401  403  404
GET    CASE/feedback                           period          200  404  200  404  200  200  404  401  200  404
POST   CASE/feedback                           period          403  404  201  404  201  403  404  401  403  404
GET    cycles/{cycle}/periods                  period          403  403  403  403  403  200  403  401  200  200
GET    periods                                 -               200  200  200  200  200  200  200  401  200  200
GET    CASE/documents                          targets         200  404  200  404  200  200  404  401  200  404
GET    CASE/documents/{kind}.pdf               self_assessment 200  404  200  404  200  200  404  401  200  404
GET    calibrations/{cycle}/{unit}/documents/distribution.pdf calibration     404  404  404  404  409  409  404  401  409  404
GET    calibrations                            calibration     200  200  200  200  200  200  200  401  200  200
GET    calibrations/{cycle}/{unit}             calibration     404  404  404  404  200  200  404  401  200  404
POST   calibrations/{cycle}/{unit}/unit-result calibration     404  404  404  404  403  200  404  401  403  404
POST   calibrations/{cycle}/{unit}/hold        calibration     404  404  404  404  403  200  404  401  403  404
POST   calibrations/{cycle}/{unit}/release     calibration     404  404  404  404  403  200  404  401  403  404
POST   calibrations/{cycle}/{unit}/undo        calibration     404  404  404  404  409  409  404  401  403  404
GET    calibrations/{cycle}/{unit}/board       calibration     404  404  404  404  200  200  404  401  200  404
POST   calibrations/{cycle}/{unit}/board       calibration     404  404  404  404  200  403  404  401  403  404
POST   calibrations/{cycle}/{unit}/decision    calibration     404  404  404  404  200  403  404  401  403  404
GET    calibrations/{cycle}/{unit}/reviewers   calibration     404  404  404  404  200  200  404  401  200  404
GET    calibrations/{cycle}/{unit}/votes       calibration     404  404  404  404  200  200  404  401  200  404
POST   calibrations/{cycle}/{unit}/votes/invitation calibration 404 404  404  404  409  403  404  401  403  404
POST   calibrations/{cycle}/{unit}/votes/opening calibration   404  404  404  404  409  403  404  401  403  404
GET    calibrations/{cycle}/{unit}/ballot      calibration     404  404  404  404  404  404  404  401  404  404
PUT    calibrations/{cycle}/{unit}/ballot      calibration     404  404  404  404  404  404  404  401  404  404
GET    nominations/{cycle}                     calibration     403  403  403  403  403  200  403  401  403  403
POST   nominations/{cycle}/proposals           calibration     403  403  403  403  403  200  403  401  403  403
POST   nominations/{cycle}/decisions           calibration     403  403  403  403  403  409  403  401  403  403
POST   nominations/{cycle}/hold                calibration     403  403  403  403  403  200  403  401  403  403
POST   nominations/{cycle}/release             calibration     403  403  403  403  403  200  403  401  403  403
POST   cycles                                  -               403  403  403  403  403  202  403  401  403  403
GET    cycles                                  -               200  200  200  200  200  200  200  401  200  200
GET    cycles/{cycle}                          targets         403  403  403  403  403  200  403  401  200  200
GET    cycles/{cycle}/cases                    targets         403  403  403  403  403  200  403  401  200  200
GET    cycles/{cycle}/acts                     targets         403  403  403  403  403  200  403  401  403  403
GET    cycles/{cycle}/closing                  targets         403  403  403  403  403  200  403  401  403  403
POST   cycles/{cycle}/closing/signature        targets         403  403  403  403  403  412  403  401  403  403
GET    cycles/{cycle}/participants/candidates  targets         403  403  403  403  403  200  403  401  403  403
POST   cycles/{cycle}/participants             targets         403  403  403  403  403  202  403  401  403  403
GET    cycles/{cycle}/closing/report.pdf       targets         403  403  403  403  403  200  403  401  403  403
GET    cycles/{cycle}/dates/preview            targets         403  403  403  403  403  200  403  401  403  403
POST   cycles/{cycle}/dates                    targets         403  403  403  403  403  409  403  401  403  403
GET    cycles/{cycle}/standstills              targets         403  403  403  403  403  200  403  401  403  403
GET    cycles/{cycle}/standstills/preview      targets         403  403  403  403  403  200  403  401  403  403
POST   cycles/{cycle}/standstills              targets         403  403  403  403  403  422  403  401  403  403
POST   cycles/{cycle}/standstills/{order}/release targets         403  403  403  403  403  404  403  401  403  403
GET    cycles/{cycle}/rules                    targets         200  404  404  404  404  200  404  401  404  404
POST   cycles/{cycle}/rules/reminders          targets         403  403  403  403  403  201  403  401  403  403
POST   cycles/{cycle}/rules/confirmation       targets         200  404  404  404  404  403  404  401  404  404
GET    cycles/{cycle}/rules/confirmations      targets         403  403  403  403  403  200  403  401  403  403
GET    cycles/{cycle}/rules/questions          targets         200  404  404  404  404  200  404  401  404  404
POST   cycles/{cycle}/rules/questions          targets         201  404  404  404  404  403  404  401  404  404
POST   cycles/{cycle}/rules/questions/{question}/answers targets         403  403  403  403  403  404  403  401  403  403
POST   CASE/remedy                             targets         403  404  403  404  403  200  404  401  200  404
GET    CASE/parts                              targets         404  404  404  404  404  404  404  401  404  404
POST   CASE/parts                              targets         403  404  403  404  403  403  404  401  403  404
POST   CASE/reopening                          targets         403  404  403  404  403  409  404  401  409  404
POST   remedies                                targets         403  403  403  403  403  422  403  401  422  422
GET    remedies/{order}                        -               403  403  403  403  403  404  403  401  404  404
GET    policies                                -               403  403  403  403  403  200  403  401  403  403
GET    policies/{name}                         -               403  403  403  403  403  200  403  401  403  403
POST   policies/{name}/preview                 -               403  403  403  403  403  200  403  401  403  403
PUT    policies/{name}                         -               403  403  403  403  403  200  403  401  403  403
GET    webhooks                                -               403  403  403  403  403  200  403  401  403  403
POST   webhooks                                -               403  403  403  403  403  422  403  401  403  403
DELETE webhooks/{hook}                         -               403  403  403  403  403  404  403  401  403  403
POST   webhooks/{hook}/test                    -               403  403  403  403  403  404  403  401  403  403
GET    webhooks/{hook}/deliveries              -               403  403  403  403  403  404  403  401  403  403
GET    schedules                               -               403  403  403  403  403  200  403  401  403  403
PUT    schedules/{unit}                        -               403  403  403  403  403  204  403  401  403  403
DELETE schedules/{unit}                        -               403  403  403  403  403  204  403  401  403  403
GET    calendar/{year}                         -               403  403  403  403  403  200  403  401  403  403
GET    appointments                            -               200  200  200  200  200  200  200  401  200  200
POST   appointments                            -               403  403  403  403  403  201  403  401  403  403
GET    appointments/{appointment}              -               404  404  404  404  404  404  404  401  404  404
POST   appointments/{appointment}/end          -               404  404  404  404  404  404  404  401  404  404
POST   superiors                               -               403  403  403  403  403  201  403  401  403  403
POST   superiors/preview                       -               403  403  403  403  403  200  403  401  403  403
GET    superiors/{order}                       -               403  403  403  403  403  404  403  401  403  403
GET    departures                              -               403  403  403  403  403  200  403  401  403  403
POST   departures                              -               403  403  403  403  403  201  403  401  403  403
POST   departures/preview                      -               403  403  403  403  403  200  403  401  403  403
GET    departures/{order}                      -               403  403  403  403  403  404  403  401  403  403
POST   departures/{order}/return               -               403  403  403  403  403  404  403  401  403  403
GET    superior-reports                        -               200  200  200  200  200  200  200  401  200  200
POST   superior-reports                        -               201  201  201  201  201  403  201  401  403  403
GET    superior-reports/{report}               -               404  404  404  404  404  404  404  401  404  404
POST   superior-reports/{report}/decision      -               404  404  404  404  404  404  404  401  404  404
POST   imports                                 -               403  403  403  403  403  202  403  401  403  403
GET    imports/{batch}                         -               403  403  403  403  403  404  403  401  403  403
POST   imports/{batch}/application             -               403  403  403  403  403  404  403  401  403  403
DELETE imports/{batch}                         -               403  403  403  403  403  404  403  401  403  403
GET    board                                   -               403  403  403  403  403  200  403  401  200  200
GET    board/figures                           -               403  403  403  403  403  200  403  401  200  200
POST   board/look                              -               403  403  403  403  403  200  403  401  403  403
POST   board/repairs                           -               403  403  403  403  403  200  403  401  403  403
GET    me                                      -               200  200  200  200  200  200  200  401  200  200
GET    tasks                                   -               200  200  200  200  200  200  200  401  200  200
GET    appraisals                              -               200  200  200  200  200  200  200  401  200  200
GET    notices                                 -               200  200  200  200  200  200  200  401  200  200
GET    units                                   -               200  200  200  200  200  200  200  401  200  200
GET    units/{unit}/indicators                 -               200  200  200  200  200  200  200  401  200  200
GET    units/{unit}/performance                -               200  200  200  200  200  200  404  401  200  404
POST   units/{unit}/indicators/{indicator}/actuals - 403  403  403  403  201  201  404  401  201  404
GET    cycles/{cycle}/units/{unit}/cascade     targets         200  200  200  200  200  200  404  401  200  404
GET    cycles/{cycle}/units/{unit}/matrix      targets         200  200  200  200  200  200  404  401  200  404
GET    CASE/supports                           targets         200  404  200  404  200  200  404  401  200  404
GET    people                                  -               403  403  403  403  403  200  403  401  200  200
POST   people/{person}/sign-in-links           -               403  403  403  403  403  201  403  401  403  403
GET    officers                                -               403  403  403  403  403  200  403  401  403  403
PUT    officers/{officer}                      -               403  403  403  403  403  204  403  401  403  403
DELETE officers/{officer}                      -               403  403  403  403  403  204  403  401  403  403
POST   tokens                                  -               401  401  401  401  401  401  401  401  401  401
DELETE tokens/current                          -               204  204  204  204  204  204  204  401  204  204
"""
ROWS = [line.replace("CASE", CASE).split() for line in TABLE.strip().splitlines()[1:]]
OPERATION = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/api/docs", "/docs/oauth2-redirect"}
"""For machines and for who writes programs: no case and no person in them."""
Place = tuple[Stack, dict[str, str]]


@pytest.fixture(scope="module")
async def place(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """The scene, once for the whole table."""
    file = tmp_path_factory.mktemp("matrix") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        steps = (Step.TARGETS, Step.APPROVAL, Step.SELF_ASSESSMENT, Step.REVIEW, Step.CALIBRATION)
        cycles = {str(step): await launch(stack, people=["ani"]) for step in steps}
        await scene.move(stack, "ani", "citra")
        for step, cycle in cycles.items():
            await scene.bring(stack, cycle, Step(step), supervisor="citra")
        await scene.set_unit_result(stack, cycles[Step.CALIBRATION])
        cycles["period"] = await launch_with_periods(stack, "ani")
        await scene.bring(stack, cycles["period"], Step.SELF_ASSESSMENT, supervisor="citra")
        yield stack, cycles


async def recorded(stack: Stack, who: str) -> int:
    """How many events are this person's doing: whoever is refused adds none."""
    query = select(func.count()).where(table_of(process.Event).c.actor == who)
    async with stack.sessions() as session:
        return await session.scalar(query) or 0


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
async def test_who_may_do_what(place: Place, row: list[str]) -> None:
    stack, cycles = place
    method, pattern, step, *expected = row
    path = pattern.format(**PLACES, cycle=cycles.get(step, ""))
    found: dict[str, int] = {}
    by_refusal = sorted(zip(CALLERS, expected, strict=True), key=lambda cell: cell[1] < "300")
    for caller, _ in by_refusal:
        visitor = await stack.visitor(PEOPLE[caller], caller if caller in OFFICES else None, OFFICES.get(caller))
        actor = (await visitor.get("/api/v1/me")).json().get("id", "")
        before = await recorded(stack, actor)
        answer = await visitor.request(method, f"/api/v1/{path}", **BODIES.get(f"{method} {pattern}", {}))
        found[caller] = answer.status_code
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert await recorded(stack, actor) == before, f"{caller} was refused and yet something happened"
    assert found == {caller: int(status) for caller, status in zip(CALLERS, expected, strict=True)}


def endpoints(stack: Stack) -> set[str]:
    """Every `METHOD /path` that the application answers, but for those that FastAPI adds itself."""
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(stack.app.routes)
        for method in (getattr(context, "methods", None) or ())
        if method not in ("HEAD", "OPTIONS") and context.path not in OPERATION
    }


async def test_every_endpoint_stands_in_the_table(place: Place) -> None:
    """Pages have a table of their own."""
    known = {f"{row[0]} /api/v1/{row[1]}" for row in ROWS}
    found = {endpoint for endpoint in endpoints(place[0]) if " /api/" in endpoint}
    assert found == known


async def test_what_is_for_machines_names_nobody(place: Place) -> None:
    anonymous = await place[0].visitor()
    for path in sorted(OPERATION):
        answer = await anonymous.get(path)
        assert answer.status_code == 200, path
        assert "Ani Contoh" not in answer.text


async def test_work_follows_the_reporting_line(place: Place) -> None:
    """No case of ani's waits for her former supervisor; there is always one that waits for the new one."""
    stack, _ = place
    budi, citra = await stack.visitor("budi"), await stack.visitor("citra")
    assert "ani" not in [row["employee_id"] for row in (await budi.get("/api/v1/tasks")).json()]
    assert "ani" in [row["employee_id"] for row in (await citra.get("/api/v1/tasks")).json()]
