"""`jenjang promote`: from now on this build gets the work."""

import asyncio

from runtime.errors import CannotStart
from runtime.readiness import temporal_serves
from runtime.settings import load_settings
from runtime.temporal import connect
from runtime.versions import gets_the_work, promoted, version_of

PATIENCE = 120.0


class CannotPromote(CannotStart):
    """There is no such build, or nobody of it at work."""


async def promote() -> None:
    """Give the work to the workers of this build (JENJANG_BUILD_ID), once one of them is there. Open cases follow."""
    settings = load_settings()
    version = version_of(settings)
    if version is None:
        raise CannotPromote("JENJANG_BUILD_ID is not set: workers have no versions, and each gets work at once.")
    if not await temporal_serves(settings.temporal(), settings.temporal_namespace):
        raise CannotPromote(f"No Temporal server answers at {settings.temporal()}. Start it first.")
    client = await connect(settings)
    try:
        async with asyncio.timeout(PATIENCE):
            for done in (promoted, gets_the_work):
                while not await done(client, version):
                    await asyncio.sleep(1)
    except TimeoutError:
        raise CannotPromote(
            f"No worker of the build {version.build_id} has come within {PATIENCE:.0f} s. Start one with this "
            "JENJANG_BUILD_ID, then promote it."
        ) from None
    print(f"The build {version.build_id} gets the work now.")
