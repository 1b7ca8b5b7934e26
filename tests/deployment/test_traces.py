"""One trace leads from a click to the record, through real programs, and a collector that is away is nobody's trouble."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.service import Service, serving
from tests.faults.load import settle
from tests.faults.people import town, until
from tests.faults.programs import settings_in
from tests.post import Receiver
from tests.traces import Told, above, collecting, sent_to, way_to

CLICK = "POST /api/v1/appraisals/{cycle}/{employee}/targets"


@pytest.mark.slow
async def test_a_click_is_followed_to_its_record(tmp_path: Path) -> None:
    async with collecting() as collector:
        settings = settings_in(tmp_path).model_copy(update={"otlp_traces_endpoint": collector.url})
        await settle(settings)
        async with serving(settings, print) as service, town(service.settings, service.local_url) as people:
            cycle = await people.launch(["ani"], "open")
            await people.do(cycle, "ani", "targets", "ani")
            request, *path = await until(lambda: followed(collector))
            spans, collector.status = sent_to(collector), 503
            await people.do(cycle, "ani", "approval", "budi")
        lines = said_in(service)
    assert [one.name for one in path] == ["tell perform", "perform", "store_case", "INSERT event"]
    assert [one.service for one in path] == ["jenjang-api"] + ["jenjang-worker"] * 3
    read = [one for one in spans if one.parent == request.id and one.name.startswith("SELECT")]
    assert read, "what the request itself looked up"
    of_request = [line for line in lines if line.get("request_id") == request.about["jenjang.request_id"]]
    assert {line["trace_id"] for line in of_request} == {f"{request.trace:032x}"}
    begun = one_named(spans, "CycleWorkflow")
    assert way_to(begun, spans) == ["POST /api/v1/cycles", "start CycleWorkflow", "CycleWorkflow"]
    case = one_named(spans, "AppraisalWorkflow")
    (launched,) = [one for one in spans if one.id in case.links]
    assert (case.parent, launched.trace) == (0, begun.trace)


async def followed(collector: Receiver) -> list[Told] | None:
    """The way from the click to the record, as soon as all of it has arrived."""
    spans = sent_to(collector)
    clicks = {one.trace for one in spans if one.name == CLICK and not one.parent}
    stored = [above(one, spans) for one in spans if one.trace in clicks and one.name == "INSERT event"]
    return stored[0] if stored and stored[0][0].name == CLICK else None


def one_named(spans: list[Told], name: str) -> Told:
    (found,) = [one for one in spans if one.name == name]
    return found


def said_in(service: Service) -> list[dict[str, Any]]:
    """What the API has logged."""
    return [json.loads(line) for line in (service.settings.log_dir / "api.jsonl").read_text().splitlines()]
