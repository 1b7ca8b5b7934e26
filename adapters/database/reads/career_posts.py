"""The positions that lead units, for whoever may succeed to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from adapters.database.engine import Session
from adapters.database.reads.lines import unit_parents
from adapters.database.reads.serving import IN_OFFICE, PERSON, POSITION, serving
from appraisal.career.career import Post
from appraisal.vocabulary import Employment, PositionKind


@dataclass(frozen=True, slots=True)
class Posts:
    """`leading`: unit to the position that leads it. A post to which people are elected is none of them."""

    parents: Mapping[str, str | None]
    leading: Mapping[str, Post]

    def above(self, unit: str, leads: bool) -> Post | None:
        """The nearest post above whoever works in this unit, or leads it."""
        where = self.parents.get(unit) if leads else unit
        return self.leading.get(where) if where else None

    def named(self, post: str) -> Post | None:
        return next((one for one in self.leading.values() if one.id == post), None)


async def posts(session: Session, on: date) -> Posts:
    """The leading positions of that day, vacant ones included."""
    elected = select(POSITION.c.id).select_from(IN_OFFICE).where(serving(on))
    elected = elected.where(PERSON.c.employment == Employment.PEJABAT_NEGARA)
    query = select(POSITION.c.id, POSITION.c.title, POSITION.c.unit_id)
    query = query.where(POSITION.c.kind == PositionKind.STRUKTURAL, POSITION.c.id.not_in(elected))
    found = await session.execute(query.order_by(POSITION.c.unit_id, POSITION.c.title, POSITION.c.id))
    leading: dict[str, Post] = {}
    for row in found:
        leading.setdefault(row.unit_id, Post(row.id, row.title, row.unit_id))
    return Posts(await unit_parents(session, on), leading)
