"""An address that will go says so: in the description, and with every answer."""

from datetime import date

import httpx2
import pytest
from fastapi import FastAPI

from api import errors
from api.deprecation import Announced, Withdrawal, withdrawn
from api.errors import NOT_FOUND
from api.strict import json_router

SINCE, ENDS = date(2027, 1, 1), date(2028, 1, 1)


def sample() -> FastAPI:
    router = json_router()

    @router.get("/old", **withdrawn(SINCE, ENDS, "/api/v1/new"))
    async def old(there: bool = True) -> dict[str, int]:
        if not there:
            raise NOT_FOUND
        return {"answer": 1}

    @router.get("/new")
    async def new() -> dict[str, int]:
        return {"answer": 1}

    app = FastAPI()
    errors.register(app)
    app.add_middleware(Announced)
    app.include_router(router, prefix="/api/v1")
    return app


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?there=false", 404), ("?there=perhaps", 422)])
async def test_every_answer_of_an_old_address_says_when_it_goes_and_what_to_use(query: str, status: int) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(sample()), base_url="http://x.test") as client:
        answer = await client.get(f"/api/v1/old{query}")
    assert answer.status_code == status
    assert answer.headers["deprecation"] == "@1798761600"
    assert answer.headers["sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert '</api/v1/new>; rel="successor-version"' in answer.headers["link"]


async def test_no_other_address_says_so() -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(sample()), base_url="http://x.test") as client:
        for path in ("/api/v1/new", "/api/v1/nowhere"):
            assert {"deprecation", "sunset", "link"}.isdisjoint((await client.get(path)).headers)


def test_the_description_says_so_too() -> None:
    paths = sample().openapi()["paths"]
    assert paths["/api/v1/old"]["get"]["deprecated"] is True
    assert "Sunset" in paths["/api/v1/old"]["get"]["x-withdrawal"]
    assert "deprecated" not in paths["/api/v1/new"]["get"]


def test_a_year_of_notice_is_kept() -> None:
    with pytest.raises(ValueError, match="less than the 365 days"):
        Withdrawal(SINCE, date(2027, 12, 31), "/api/v1/new")
