"""The embedded Temporal server: where it comes from, what it keeps, and what it says when it cannot start."""

from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import Client

from runtime.embedded import EmbeddedServerError, embedded_temporal, find_temporal, free_port


@workflow.defn
class Waiting:
    @workflow.run
    async def run(self) -> None:
        await workflow.sleep(timedelta(days=365))


async def test_an_open_process_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "var" / "temporal.db"
    async with embedded_temporal(file) as address:
        client = await Client.connect(address)
        await client.start_workflow(Waiting.run, id="cycle/2026", task_queue="nobody")
    async with embedded_temporal(file) as address:
        client = await Client.connect(address)
        description = await client.get_workflow_handle("cycle/2026").describe()
        assert description.status is not None
        assert description.status.name == "RUNNING"


async def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    port = free_port()
    async with embedded_temporal(None, port):
        with pytest.raises(EmbeddedServerError, match=f"Port {port} is in use"):
            async with embedded_temporal(None, port):
                pass


async def test_a_server_that_ends_at_once_tells_its_last_words(tmp_path: Path) -> None:
    broken = tmp_path / "temporal"
    broken.write_text("#!/bin/sh\necho no disk left\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(EmbeddedServerError, match=r"stopped at once\. no disk left"):
        async with embedded_temporal(None, binary=broken, log=tmp_path / "log"):
            pass


def test_the_program_that_the_user_names_comes_first(tmp_path: Path) -> None:
    named = tmp_path / "temporal"
    named.write_text("#!/bin/sh\n")
    with pytest.raises(EmbeddedServerError, match="JENJANG_TEMPORAL_BINARY"):
        find_temporal(named)
    named.chmod(0o755)
    assert find_temporal(named) == str(named)
    assert find_temporal().endswith("/temporal")
