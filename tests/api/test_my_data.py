"""My data: everything about oneself in one archive, nothing that is not told yet, no secret, and on record."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from adapters.database.reads.own_rows import ROWS
from api import own_data
from api.pages.my_data import FILES
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

URL = "/my-data"


def read(archive: bytes) -> dict[str, Any]:
    """Each file of the archive: tables as rows, JSON as it is."""
    found: dict[str, Any] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        for name in file.namelist():
            text = file.read(name).decode()
            if name.endswith(".json"):
                found[name] = json.loads(text)
            elif name.endswith(".csv"):
                found[name] = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
            else:
                found[name] = text
    return found


@pytest.mark.every_database
async def test_the_archive_holds_what_pages_tell_and_nothing_that_is_not_told_yet(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await scene.bring(stack, cycle, Step.CALIBRATION)
    ani, hr = await english(stack, "ani"), await stack.visitor(officer="hr")
    assert 'href="/my-data"' in (await ani.get("/account")).text
    assert "Take the archive" in (await ani.get(URL)).text
    answer = await ani.get(f"{URL}/archive.zip")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    found = read(answer.content)
    case = f"{own_data.CASES}/{cycle}.json"
    assert set(found) == {
        "index.html",
        case,
        *(f"{name}.{kind}" for name in ROWS for kind in ("json", "csv")),
        *(f"{name}.json" for name in (own_data.TRAININGS, own_data.CAREER)),
    }
    assert all(name in found["index.html"] for name in FILES)
    assert (
        [row["name"] for row in found["person.json"]] == [row["name"] for row in found["person.csv"]] == ["Ani Contoh"]
    )
    assert found["assignments.json"][0]["supervisor_id"] == "budi"
    shown = (await ani.get(f"/api/v1/appraisals/{cycle}/ani")).json()
    assert found[case]["appraisal"]["case"] == shown["case"], "what is withheld on pages is withheld here"
    assert found[case]["appraisal"]["predicate"] is None
    assert (await hr.get(f"/api/v1/appraisals/{cycle}/ani")).json()["case"] != shown["case"]
    secrets = ("password_hash", "secret_hash", "$argon2")
    assert not any(secret in json.dumps(content) for content in found.values() for secret in secrets)
    assert not any("Eko" in json.dumps(content) for content in found.values())
    recorded = (await hr.get("/api/v1/security-record", params={"deed": "own_data_taken"})).json()
    assert [row["who"] for row in recorded] == ["Ani Contoh"]


async def test_who_is_no_employee_has_nothing_to_take(stack: Stack) -> None:
    for visitor, status in ((await stack.visitor(officer="hr"), 403), (await stack.visitor(), 303)):
        for path in (URL, f"{URL}/archive.zip"):
            assert (await visitor.get(path)).status_code == status
