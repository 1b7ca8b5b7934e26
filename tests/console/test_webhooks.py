"""`jenjang webhook` as an operator uses it: one secret, shown once, and no address of the own network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.database.schema import migrate
from tests.keys import KEYS

PUBLIC = "https://93.184.215.14/jenjang"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrate(f"sqlite+aiosqlite:///{tmp_path}/jenjang.db")
    return tmp_path


def webhook(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "jenjang"
    everything = {**os.environ, "JENJANG_DATA_DIR": str(folder), "JENJANG_PAYLOAD_KEYS": KEYS, **environment}
    everything.pop("DATABASE_URL", None)
    return subprocess.run(
        [program, "webhook", *arguments], env=everything, capture_output=True, text=True, check=False, timeout=60
    )


def test_an_address_is_registered_listed_and_switched_off(folder: Path) -> None:
    assert webhook(folder, "list").stdout == "No webhook is registered.\n"
    made = webhook(folder, "add", PUBLIC)
    assert made.returncode == 0, made.stderr
    hook, secret = made.stdout.split()[:2]
    assert secret.startswith("whsec_")
    listed = webhook(folder, "list").stdout
    assert (hook in listed, PUBLIC in listed, secret in listed) == (True, True, False)
    again = webhook(folder, "add", PUBLIC)
    assert (again.returncode, "already" in again.stderr, again.stdout) == (1, True, "")
    renewed = webhook(folder, "renew", hook, "--at-once")
    assert (renewed.returncode, renewed.stdout.startswith("whsec_"), secret in renewed.stdout) == (0, True, False)
    assert webhook(folder, "off", hook).returncode == 0
    gone = webhook(folder, "off", hook)
    assert (gone.returncode, "no such webhook" in gone.stderr) == (1, True)
    assert "off since" in webhook(folder, "list").stdout


def test_the_own_network_is_refused_unless_the_setting_allows_it(folder: Path) -> None:
    refused = webhook(folder, "add", "http://127.0.0.1:9/x")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "jenjang: The address leads into a private network, to this machine, or to nobody. "
        "Give a public address that begins with https://.\n"
    )
    allowed = webhook(folder, "add", "http://127.0.0.1:9/x", JENJANG_WEBHOOKS_PRIVATE="true")
    assert allowed.returncode == 0, allowed.stderr
