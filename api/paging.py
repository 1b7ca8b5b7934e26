"""Lists in pages, alike everywhere, in the API and on the pages (docs/api.md, "Lists").

`after` is the key of the last row that was read, as a text that nobody else reads: a page is found by an index, and rows that
come and go meanwhile move nothing. A name has no place in an address: where a list is by name, the place is the id alone.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator, AwareDatetime, StringConstraints, TypeAdapter

from adapters.database.engine import Session
from adapters.database.reads import directory
from api.bounds import LARGEST_NUMBER
from api.errors import BAD_INPUT, Problem

MOST, USUAL, LONGEST = 200, 50, 500
K = TypeVar("K")
Row = TypeVar("Row")
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
After = Annotated[
    str, Query(max_length=LONGEST, description="Where the page before ended: as the address in its `Link` has it.")
]
Id = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
Rank = Annotated[int, AfterValidator(lambda rank: min(max(rank, -1), LARGEST_NUMBER))]
NO_PLACE = Problem(
    BAD_INPUT,
    "invalid_request",
    "This is no place in this list.",
    "after",
    "Use the address in the Link of the page before.",
)


@dataclass(frozen=True, slots=True)
class Paging(Generic[K]):
    """Which page of a list a program asks for."""

    after: K | None
    limit: int
    places: "Places[K]"
    request: Request
    response: Response

    @property
    def read(self) -> int:
        """So many rows to read: one more than are shown says whether there is a page after this one."""
        return self.limit + 1

    def cut(self, rows: Sequence[Row], place: Callable[[Row], K]) -> tuple[Row, ...]:
        """The rows of this page, of those that were read."""
        shown, further = self.places.cut(rows, self.limit, place)
        self.lead(further)
        return shown

    def lead(self, further: str) -> None:
        """Say where the next page is, if there is one (RFC 8288)."""
        if further:
            there = self.request.url.include_query_params(limit=self.limit, after=further)
            self.response.headers["Link"] = f'<{there.path}?{there.query}>; rel="next"'


class Places(Generic[K]):
    """The places of one kind of list. `kind` is the tuple of what its rows are ordered by."""

    def __init__(self, kind: Any) -> None:
        self._kind = TypeAdapter[K](kind)

    def written(self, place: K) -> str:
        """As it stands in an address."""
        return urlsafe_b64encode(self._kind.dump_json(place)).decode().rstrip("=")

    def read(self, text: str) -> K | None:
        """The place, or None for the beginning of the list; NO_PLACE for what `written` has not made."""
        try:
            place = self._kind.validate_json(urlsafe_b64decode(text + "=" * (-len(text) % 4))) if text else None
        except (ValueError, OverflowError):
            raise NO_PLACE from None
        if place is not None and self.written(place) != text:
            raise NO_PLACE
        return place

    def cut(self, rows: Sequence[Row], size: int, place: Callable[[Row], K]) -> tuple[tuple[Row, ...], str]:
        """So many of the rows, and where the page after them begins: '' if no more rows were read than that."""
        return tuple(rows[:size]), self.written(place(rows[size - 1])) if len(rows) > size else ""

    async def asked(self, after: After = "") -> K | None:
        """Of a page for people, which is as long as it is."""
        return self.read(after)

    async def paged(self, request: Request, response: Response, after: After = "", limit: Limit = USUAL) -> Paging[K]:
        """Of a list for programs."""
        return Paging(self.read(after), limit, self, request, response)


AT: Places[tuple[datetime, str]] = Places(tuple[Instant, Id])
ON: Places[tuple[date, str]] = Places(tuple[date, Id])
RANKED: Places[tuple[int, str]] = Places(tuple[Rank, Id])
NAMED: Places[str] = Places(Id)
"""What a list is by: an instant, a day, a rank; or a name. With the id, so that no two rows have the same place."""
ByInstant = Annotated[Paging[tuple[datetime, str]], Depends(AT.paged)]
ByDay = Annotated[Paging[tuple[date, str]], Depends(ON.paged)]
ByRank = Annotated[Paging[tuple[int, str]], Depends(RANKED.paged)]
ByName = Annotated[Paging[str], Depends(NAMED.paged)]
AfterInstant = Annotated[tuple[datetime, str] | None, Depends(AT.asked)]
AfterDay = Annotated[tuple[date, str] | None, Depends(ON.asked)]
AfterRank = Annotated[tuple[int, str] | None, Depends(RANKED.asked)]
AfterName = Annotated[str | None, Depends(NAMED.asked)]


async def place_of(session: Session, person: str | None) -> tuple[str, str] | None:
    """(name, id) of the last row of a list by name; NO_PLACE for nobody's id."""
    if person is None:
        return None
    names = await directory.person_names(session, (person,))
    if person not in names:
        raise NO_PLACE
    return names[person], person
