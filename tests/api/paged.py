"""The lists of the API that come in pages, and how a program reads one."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2

from tests.announced import description
from tests.api.scene import refused
from tests.stack import Stack

PAGED = tuple(
    path.removeprefix("/api/v1/")
    for path, operations in description()["paths"].items()
    if any(one["name"] == "after" for one in operations.get("get", {}).get("parameters", ()))
)
READERS = {"tasks": "budi", "notices": "ani", "enrolments/line": "dewi", "nominations/{cycle}/words": "dewi"}
"""Who has such a list; of the others HR."""
ROWS = ("cases", "rows", "proposals", "people", "results")
"""Where the rows of a page are, if it says more than they do."""


async def pages(visitor: httpx2.AsyncClient, url: str, limit: int) -> AsyncIterator[list[Any]]:
    """A list as programs read it: the Link of each page says where the next is."""
    further = f"{url}?limit={limit}"
    while further:
        answer = await visitor.get(further)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        yield found if isinstance(found, list) else next(found[name] for name in ROWS if name in found)
        further = answer.links.get("next", {}).get("url", "")


async def same_by_pages(stack: Stack, visitor: httpx2.AsyncClient, url: str) -> int:
    """How many rows the list has, which are the same by a few and at once; and what it does not know it refuses."""
    if (await visitor.get(url)).status_code == 404:
        return 0
    await stack.services.notebook.flush()  # of the look that this was
    (whole,) = [page async for page in pages(visitor, url, 200)]
    assert [row async for page in pages(visitor, url, max(len(whole) // 3, 1)) for row in page] == whole, url
    for wrong in ({"limit": "0"}, {"after": "x"}, {"page": "2"}):
        told = refused(await visitor.get(url, params=wrong), 422, "invalid_request")
        assert [told["where"]] == [*wrong], url
    return len(whole)
