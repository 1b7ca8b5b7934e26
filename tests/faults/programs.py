"""The whole service as separate programs in a folder of its own, on ports that nothing uses."""

from pathlib import Path

from runtime.embedded import free_port
from runtime.settings import Settings


def settings_in(folder: Path) -> Settings:
    """Two calls for the same folder differ in their ports only."""
    return Settings(
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder}/jenjang.db",
        temporal_address=None,
        temporal_port=free_port(),
        temporal_ui_port=free_port(),
        port=free_port(),
        worker_metrics_port=0,
        temporal_metrics_port=0,
    )
