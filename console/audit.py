"""Is the record whole? Every event's hash covers the one before it; this follows the chains."""

from adapters.database import chain
from adapters.database.engine import open_engine, open_sessions
from runtime.errors import CannotStart
from runtime.settings import load_settings


class RecordBroken(CannotStart):
    """The record of some process was changed outside Jenjang."""


async def audit(subject: str = "") -> None:
    """Check the record of one process, or of all.

    Args:
        subject: A process, like appraisal/{cycle}/{employee}; all when left out.
    """
    engine = open_engine(load_settings().database_url)
    found: list[str] = []
    try:
        async with open_sessions(engine)() as session:
            checked = (subject,) if subject else await chain.subjects(session)
            for name in checked:
                revision = await chain.broken(session, name)
                if revision is not None:
                    found.append(f"{name} at revision {revision}")
    finally:
        await engine.dispose()
    if found:
        raise RecordBroken(f"The record does not hold: {'; '.join(found[:20])}. Compare it with a backup.")
    print(f"The record is whole: {len(checked)} processes checked.")
