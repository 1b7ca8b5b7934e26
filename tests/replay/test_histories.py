"""Every recorded history replays with the code of today: what is open in production goes on after an upgrade.

`./run test` runs this under two values of PYTHONHASHSEED. How and when to record again: tests/replay/record.py.
"""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.keys import PLUGIN
from workflows.kinds import WORKFLOWS

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))
TEXTS = {file.stem: file.read_text() for file in HISTORIES}
STARTED = "workflowExecutionStartedEventAttributes"
OF_A_MACHINE = re.compile(r"/home/|/root/|/usr/|/tmp/|\.venv|site-packages|\b\d+@\w|[a-z]+://(?!bukti\.)")


@pytest.mark.parametrize("name", TEXTS)
async def test_it_replays(name: str) -> None:
    await replay(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_it_names_no_machine(name: str) -> None:
    found = json.loads(TEXTS[name])
    assert {value for key, value in _pairs(found) if key == "identity"} == {"recorded"}
    texts = [_decoded(value) if key == "data" else value for key, value in _pairs(found)]
    assert [text for text in texts if OF_A_MACHINE.search(text)] == []


def test_every_workflow_has_a_history() -> None:
    recorded = {json.loads(text)["events"][0][STARTED]["workflowType"]["name"] for text in TEXTS.values()}
    assert recorded == {kind.__name__ for kind in WORKFLOWS}


async def test_a_process_that_does_something_else_would_be_noticed() -> None:
    changed = TEXTS["import_applied"].replace("preview_import", "something_else")
    with pytest.raises(NondeterminismError):
        await replay(changed)


async def replay(text: str) -> None:
    replayer = Replayer(workflows=WORKFLOWS, plugins=[PLUGIN])
    await replayer.replay_workflow(WorkflowHistory.from_json("recorded", text))


def _pairs(value: Any) -> list[tuple[str, str]]:
    """Every text of a JSON document with the key that it stands under."""
    if isinstance(value, dict):
        here = [(key, inner) for key, inner in value.items() if isinstance(inner, str)]
        return here + [pair for inner in value.values() for pair in _pairs(inner)]
    return [pair for inner in value for pair in _pairs(inner)] if isinstance(value, list) else []


def _decoded(data: str) -> str:
    return base64.b64decode(data).decode(errors="replace")
