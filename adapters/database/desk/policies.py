"""The policies that HR has saved. Rows are only added: this module has no way to change or to remove one."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import open_sessions
from adapters.database.tables import policies
from appraisal.errors import StalePolicy

POLICY = table_of(policies.Policy)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version. `author` and `created_at` are empty for what comes with the program."""

    name: str
    version: int
    document: dict[str, Any]
    author: str | None = None
    reason: str = ""
    created_at: datetime | None = None

    def same_as(self, other: "PolicyVersion") -> bool:
        """Whether both say the same, whenever they were saved."""
        return (self.document, self.author, self.reason) == (other.document, other.author, other.reason)


class Policies:
    """Reads and adds versions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def newest(self) -> tuple[PolicyVersion, ...]:
        """The newest version of each policy that has been saved, by name."""
        last = select(POLICY.c.name, func.max(POLICY.c.version).label("version")).group_by(POLICY.c.name).subquery()
        fits = (POLICY.c.name == last.c.name) & (POLICY.c.version == last.c.version)
        query = select(POLICY).join(last, fits).order_by(POLICY.c.name)
        async with self._reading() as session:
            return tuple(PolicyVersion(*row) for row in await session.execute(query))

    async def versions(self, name: str) -> tuple[PolicyVersion, ...]:
        """All saved versions of one policy, newest first."""
        query = select(POLICY).where(POLICY.c.name == name).order_by(POLICY.c.version.desc())
        async with self._reading() as session:
            return tuple(PolicyVersion(*row) for row in await session.execute(query))

    async def save(self, new: PolicyVersion, shipped: int) -> PolicyVersion:
        """Add this version; StalePolicy if the newest is not the one before it. The same sent again is answered alike.

        `shipped` is the version of the file, 0 where there is none: it counts until something has been saved.
        """
        try:
            async with self._writing.begin() as session:
                last = await session.scalar(select(func.max(POLICY.c.version)).where(POLICY.c.name == new.name))
                if (last or shipped) == new.version - 1:
                    await session.execute(insert(POLICY).values(**asdict(new)))
                    return new
        except IntegrityError:
            pass  # PostgreSQL lets two in at once; the key then decides who was first
        before = await self.versions(new.name)
        for found in before:
            if found.version == new.version and found.same_as(new):
                return found
        newest = before[0].version if before else shipped
        raise StalePolicy(
            f"Somebody else has changed the policy '{new.name}': version {newest} is the newest now.",
            "based_on",
            "Look at the newest version and make your change there.",
        )
