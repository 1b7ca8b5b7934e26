"""The whole service as separate programs in a folder of its own, on ports that nothing uses."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

from console.service import Service
from runtime.settings import Settings
from tests.ports import kept_port


def settings_in(folder: Path) -> Settings:
    """Two calls for the same folder differ in their ports only."""
    return Settings(
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder}/jenjang.db",
        temporal_address=None,
        temporal_port=kept_port(),
        temporal_ui_port=kept_port(),
        port=kept_port(),
        worker_metrics_port=0,
        temporal_metrics_port=0,
        second_step="optional",
    )


def kill(service: Service) -> None:
    """As when the power goes: nobody is told."""
    for child in (service.temporal, *service.workers, service.api):
        if child is not None:
            child.send(signal.SIGKILL)


async def until_past(instant: datetime) -> None:
    """Wait for the clock on the wall."""
    while datetime.now(UTC) < instant:
        await asyncio.sleep(0.1)
