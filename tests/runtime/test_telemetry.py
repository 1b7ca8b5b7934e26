"""One stream of JSON lines, whoever writes, with the ids of the request and without anybody's local variables."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SPEAKER = """
import logging, structlog
from opentelemetry.trace import NonRecordingSpan, SpanContext, use_span
from runtime.telemetry import bound, configure_logging
configure_logging("INFO", process="api", traced=True)
with bound(request_id="r1", command_id="c1"), use_span(NonRecordingSpan(SpanContext(10, 11, False))):
    structlog.get_logger("api.cases").info("accepted", revision=3)
    fields = {"temporal_workflow": {"workflow_id": "appraisal/a/b"}}
    logging.getLogger("temporalio.workflow").warning("late", extra=fields)
try:
    nip = "198001012005011001"
    raise ValueError("no such case\\ninput_value='Siti Aminah'")
except ValueError:
    logging.getLogger("uvicorn.error").exception("failed")
logging.getLogger("httpx2").info("chatter")
"""


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-c", SPEAKER], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_lines_carry_the_ids_of_the_request(lines: list[dict[str, Any]]) -> None:
    ours = lines[0]
    assert (ours["event"], ours["revision"], ours["process"], ours["level"]) == ("accepted", 3, "api", "info")
    assert (ours["request_id"], ours["command_id"]) == ("r1", "c1")
    assert ours["timestamp"].endswith("Z")


def test_lines_name_the_trace_that_they_belong_to(lines: list[dict[str, Any]]) -> None:
    assert [line.get("trace_id") for line in lines] == [f"{10:032x}", f"{10:032x}", None]


def test_lines_of_temporal_keep_their_fields(lines: list[dict[str, Any]]) -> None:
    assert lines[1]["event"] == "late"
    assert lines[1]["temporal_workflow"] == {"workflow_id": "appraisal/a/b"}
    assert lines[1]["request_id"] == "r1"


def test_a_traceback_is_data_and_holds_no_local_variables(lines: list[dict[str, Any]]) -> None:
    assert lines[2]["exception"][0]["exc_value"] == "no such case"
    assert "198001012005011001" not in json.dumps(lines[2])
    assert "Siti Aminah" not in json.dumps(lines[2]), "libraries quote what they were given behind the first line"


def test_libraries_that_talk_of_themselves_are_quiet(lines: list[dict[str, Any]]) -> None:
    assert len(lines) == 3
