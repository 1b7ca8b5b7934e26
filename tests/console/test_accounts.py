"""The first start: there is no password that anybody could know, and the only way in opens once."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.desk.accounts import Accounts
from adapters.database.engine import open_engine
from adapters.database.tables import desk
from console.accounts import NoSuchOffice, grant, officer
from console.first_start import first_sign_in
from runtime.settings import Settings, SettingsError, load_settings


async def test_the_first_start_makes_no_password_and_a_link_that_opens_once(database_url: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=database_url)
    link = await first_sign_in(settings)
    assert link is not None
    secret, now, account = link.rpartition("/")[2], datetime.now(UTC), table_of(desk.Account)
    assert len(secret) >= 43, "256 bits"
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        found = (await connection.execute(select(account.c.login, account.c.password_hash))).all()
    assert [tuple(row) for row in found] == [("hr", None)]
    accounts = Accounts(engine)
    for password in ("", "hr", "jenjang", "admin", "password", secret):
        assert await accounts.sign_in("hr", password) is None
    assert await accounts.use_link(secret, now) is not None
    assert await accounts.use_link(secret, now) is None
    assert await first_sign_in(settings) is None, "never again"
    await engine.dispose()


def test_what_was_asked_for_is_all_that_stands_on_standard_output(migrated_file: Path, tmp_path: Path) -> None:
    program = [str(Path(sys.executable).parent / "jenjang"), "account", "officer", "siti"]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/jenjang.db",
        "JENJANG_DATA_DIR": str(tmp_path),
    }
    shutil.copy(migrated_file, tmp_path / "jenjang.db")
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert re.fullmatch(r"\S+/sign-in/link/\S+\nIt signs in once, .+\n", done.stdout)
    deeds = [json.loads(line) for line in done.stderr.splitlines()]
    assert ("security", "jenjang") in [(line["event"], line["process"]) for line in deeds], "a shipper finds it"


async def test_support_is_given_and_taken_like_hr_rights(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    account, engine = table_of(desk.Account), open_engine(database_url)

    async def rights() -> tuple[bool, bool]:
        async with engine.connect() as connection:
            found = await connection.execute(select(account.c.hr, account.c.support).where(account.c.login == "sari"))
            return tuple(found.one())

    await officer("sari", support=True)
    assert await rights() == (False, True)
    with pytest.raises(NoSuchOffice):
        await grant("sari", unit="4711", support=True)
    for taken, given, held in (
        (False, False, (True, False)),
        (False, True, (False, True)),
        (True, False, (False, False)),
    ):
        await grant("sari", revoke=taken, support=given)
        assert await rights() == held, "one office in place of the other"
    await engine.dispose()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("JENJANG_SESSION_IDLE", "PT13H", "no longer than JENJANG_SESSION_LIFETIME"),
        ("JENJANG_SESSION_LIFETIME", "PT5S", "between PT1M and P30D"),
        ("JENJANG_SECOND_STEP", "never", "'officers' or 'optional'"),
    ],
)
def test_a_setting_of_signing_in_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert said in str(refused.value)
