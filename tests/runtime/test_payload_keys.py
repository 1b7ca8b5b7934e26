"""Where the keys come from: the environment, a file, or a file that the embedded server's own start makes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from temporalio.converter import DefaultPayloadConverter

from console import serve, work
from runtime.crypt import Encrypted
from runtime.errors import CannotStart
from runtime.payload_keys import keyring_of, provide_key
from runtime.settings import Settings, SettingsError, load_settings
from tests.keys import KEYS

DAY = date(2026, 11, 29)
CLEAR = DefaultPayloadConverter().to_payloads(["Siti Aminah"])[0]
OTHER = KEYS.replace("tests=", "other=")


def test_a_cluster_without_a_key_is_refused_unless_somebody_says_so(tmp_path: Path) -> None:
    cluster: dict[str, Any] = {"data_dir": tmp_path, "temporal_address": "temporal:7233"}
    with pytest.raises(CannotStart, match=r"There is no key for what Temporal keeps: set JENJANG_PAYLOAD_KEYS"):
        keyring_of(Settings(**cluster))
    assert keyring_of(Settings(**cluster, payloads_in_clear=True)).closing is None
    ring = keyring_of(Settings(**cluster, payload_keys=f"{OTHER} {KEYS}"))
    assert ([key.id for key in ring.keys], ring.closing) == (["other", "tests"], ring.keys[0])
    opening = keyring_of(Settings(**cluster, payload_keys=KEYS, payloads_in_clear=True))
    assert (len(opening.keys), opening.closing) == (1, None), "what was closed before still opens"


@pytest.mark.parametrize("program", [serve.api, work.worker])
def test_a_program_that_has_none_ends_before_it_has_begun(
    program: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JENJANG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal:7233")
    with pytest.raises(CannotStart, match="There is no key"):
        program()


def test_a_file_of_keys_is_read_or_told_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    settings = Settings(data_dir=tmp_path, payload_keys_file=file)
    with pytest.raises(CannotStart, match=r"^JENJANG_PAYLOAD_KEYS_FILE: .*keys cannot be read \(No such file"):
        keyring_of(settings)
    file.write_text("tests=short")
    with pytest.raises(CannotStart, match=r"^JENJANG_PAYLOAD_KEYS_FILE must hold base64 of 32 .* the key tests is"):
        keyring_of(settings)
    file.write_text(f"{OTHER}\n{KEYS}\n")
    assert [key.id for key in keyring_of(settings).keys] == ["other", "tests"]


def test_the_embedded_server_gets_a_key_that_its_owner_alone_may_read(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    provide_key(settings, DAY)
    file = tmp_path / "payload.keys"
    assert file.stat().st_mode & 0o777 == 0o600
    (key,) = keyring_of(settings).keys
    assert key.id.startswith("20261129-")
    provide_key(settings, DAY)
    assert keyring_of(settings).keys == (key,), "made once"


@pytest.mark.parametrize("more", [{"payload_keys": KEYS}, {"payloads_in_clear": True}])
def test_no_file_is_made_where_it_would_not_be_used(tmp_path: Path, more: dict[str, Any]) -> None:
    provide_key(Settings(data_dir=tmp_path, **more), DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["temporal.db", "temporal.db-wal"])
async def test_a_lost_key_file_is_not_replaced_silently(tmp_path: Path, name: str) -> None:
    store, settings = tmp_path / name, Settings(data_dir=tmp_path)
    provide_key(settings, DAY)
    (closed,) = await Encrypted(keyring_of(settings)).encode([CLEAR])
    (tmp_path / "payload.keys").unlink()
    store.write_bytes(b"page" + closed.SerializeToString() + b"page")
    with pytest.raises(CannotStart, match=r"payload.keys is gone, and temporal.db holds what was closed with it"):
        provide_key(settings, DAY)
    store.write_bytes(b"page" + CLEAR.SerializeToString())
    provide_key(settings, DAY)  # a store from before there were keys
    assert keyring_of(settings).closing


def test_keys_in_the_environment_are_checked_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JENJANG_PAYLOAD_KEYS", "tests=AAAABBBB")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value).startswith("JENJANG_PAYLOAD_KEYS must hold base64 of 32 random bytes")
    assert "AAAABBBB" not in str(refused.value)
    monkeypatch.setenv("JENJANG_PAYLOAD_KEYS", KEYS)
    parent = load_settings()
    assert KEYS not in repr(parent)
    assert parent.environment()["JENJANG_PAYLOAD_KEYS"] == KEYS, "children get them"
    monkeypatch.setenv("JENJANG_PAYLOAD_KEYS_FILE", "/run/secrets/keys")
    with pytest.raises(SettingsError, match="the keys are in one place"):
        load_settings()


@pytest.mark.parametrize("value", ["temporal.example", "https://temporal.example/ui", "ftp://temporal.example"])
def test_the_ui_is_an_origin(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("JENJANG_TEMPORAL_UI", value)
    with pytest.raises(SettingsError, match="must be an address without a path"):
        load_settings()
    monkeypatch.setenv("JENJANG_TEMPORAL_UI", "https://temporal.example/")
    assert load_settings().temporal_ui == "https://temporal.example"
