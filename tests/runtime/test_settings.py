"""The environment is read once, completed, and refused in one sentence."""

import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from runtime.settings import Settings, SettingsError, load_settings

OURS = ("JENJANG_", "TEMPORAL_", "DATABASE_URL", "OTEL_")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)


def test_without_any_setting_everything_is_local() -> None:
    settings = load_settings()
    assert settings.database_url == f"sqlite+aiosqlite:///{Path.cwd() / 'var' / 'jenjang.db'}"
    assert settings.temporal_address is None
    assert (settings.host, settings.public_url, settings.secure_cookies) == (
        "127.0.0.1",
        "http://127.0.0.1:8080",
        False,
    )


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://jenjang@db/jenjang", "postgresql+asyncpg://jenjang@db/jenjang"),
        ("postgres://db/jenjang?sslmode=require", "postgresql+asyncpg://db/jenjang?ssl=require"),
        ("sqlite:////srv/jenjang.db", "sqlite+aiosqlite:////srv/jenjang.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_database_addresses_get_their_driver(given: str, used: str) -> None:
    assert Settings(database_url=given).database_url == used


def test_cookies_are_secure_where_the_address_is() -> None:
    assert Settings(public_url="https://kinerja.example.go.id/").secure_cookies is True
    assert Settings(public_url="https://kinerja.example.go.id/").public_url == "https://kinerja.example.go.id"
    assert Settings(public_url="https://kinerja.example.go.id", secure_cookies=False).secure_cookies is False


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("JENJANG_PORT", "abc", "JENJANG_PORT is 'abc', but must be a valid integer."),
        ("JENJANG_PORT", "70000", "JENJANG_PORT is '70000', but must be less than or equal to 65535."),
        ("JENJANG_SECURE_COOKIES", "maybe", "JENJANG_SECURE_COOKIES is 'maybe', but must be a valid boolean."),
        ("JENJANG_WORKER_PROCESSES", "0", "JENJANG_WORKER_PROCESSES is '0', but must be greater than or equal to 1."),
        ("JENJANG_LOG_LEVEL", "loud", "JENJANG_LOG_LEVEL is 'loud', but must be one of DEBUG, INFO, WARNING, ERROR."),
        ("TEMPORAL_ADDRESS", "t", "TEMPORAL_ADDRESS is 't', but must be host:port, like temporal.example.org:7233."),
        (
            "JENJANG_SUPERIOR_REPORTS_DUE",
            "0 working days",
            "JENJANG_SUPERIOR_REPORTS_DUE is '0 working days', but must be a length of time, like 5 working days or PT2H.",
        ),
        (
            "JENJANG_RETENTION",
            "event=P90D",
            "JENJANG_RETENTION is 'event=P90D', but cannot be: 'event' is nothing that goes by itself. Name one of sign_ins, "
            "notices, messages, drafts, imports, troubles, security, readings, backups.",
        ),
        (
            "JENJANG_DATA_REQUESTS_DUE",
            "PT73H",
            "JENJANG_DATA_REQUESTS_DUE is 'PT73H', but must be a duration of 72 hours at most, like PT72H.",
        ),
        (
            "JENJANG_PRIVACY_CONTACT",
            "pdp@example.go.id\n<b>",
            "JENJANG_PRIVACY_CONTACT is 'pdp@example.go.id\\n<b>', but must be one line of 200 characters at most: "
            "people read it on the privacy notice.",
        ),
        (
            "JENJANG_ERASABLE",
            "drafts, record",
            "JENJANG_ERASABLE is 'drafts, record', but must be a list of what may be erased, like drafts,devices. 'record' is "
            "nothing that may be erased. Name some of drafts, devices, notices, feedback, questions, contact, identity.",
        ),
        (
            "JENJANG_SIASN_URL",
            "https://siasn.example/apisiasn/1.0",
            "JENJANG_SIASN_TOKEN_URL is missing: a connection with SIASN needs all of its settings.",
        ),
        (
            "JENJANG_SIASN_URL",
            "http://siasn.example",
            "JENJANG_SIASN_URL is 'http://siasn.example', but must begin with https://.",
        ),
        (
            "JENJANG_OIDC_ISSUER",
            "https://sso.example/auth/realms/asn",
            "JENJANG_OIDC_CLIENT_ID is missing: single sign-on needs all of its settings.",
        ),
        (
            "JENJANG_OIDC_ISSUER",
            "http://127.0.0.1/realms/asn",
            "JENJANG_OIDC_ISSUER is 'http://127.0.0.1/realms/asn', but must begin with https://.",
        ),
        ("JENJANG_OIDC_SCOPES", "profile", "JENJANG_OIDC_SCOPES is 'profile', but must hold openid."),
        (
            "JENJANG_SMTP_HOST",
            "post.example.go.id",
            "JENJANG_MAIL_FROM is None, but must be given with JENJANG_SMTP_HOST: the address that mail comes from.",
        ),
        (
            "JENJANG_BUILD_ID",
            "one build",
            "JENJANG_BUILD_ID is 'one build', but must be up to 80 letters, digits and . _ + -, like 0.1.0-4f2a91c.",
        ),
        (
            "JENJANG_TEMPORAL_DATABASE_URL",
            "mysql://temporal:hidden@db/temporal",
            "JENJANG_TEMPORAL_DATABASE_URL must begin with postgresql://: Temporal's own database, for the backup.",
        ),
        ("JENJANG_SMTP_SECURITY", "ssl", "JENJANG_SMTP_SECURITY is 'ssl', but must be 'starttls', 'tls' or 'none'."),
        ("JENJANG_SMTP_PASSWORD", "hidden", "JENJANG_SMTP_PASSWORD needs JENJANG_SMTP_USER."),
        (
            "JENJANG_DIGEST_AT",
            "17:00",
            "JENJANG_DIGEST_AT is '17:00', but must lie between JENJANG_OFFICE_OPENS and JENJANG_OFFICE_CLOSES.",
        ),
        (
            "JENJANG_MAIL_FROM",
            "jenjang",
            "JENJANG_MAIL_FROM is 'jenjang', but must be an address, like Jenjang <jenjang@example.go.id>.",
        ),
        ("DATABASE_URL", "mysql://a:hidden@db/x", "DATABASE_URL must begin with postgresql:// or sqlite:///."),
    ],
)
def test_a_value_that_cannot_be_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value) == sentence


def test_a_child_reads_what_its_parent_has(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = Settings(
        data_dir=Path("/srv/jenjang"),
        temporal_address="temporal:7233",
        public_url="https://x.example",
        worker_processes=3,
    )
    for name, value in parent.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == parent


def test_the_password_of_the_database_is_not_shown() -> None:
    assert "hidden" not in repr(Settings(database_url="postgresql://a:hidden@db/x"))


def test_people_lose_their_passwords_only_where_they_sign_in_elsewhere() -> None:
    provider: dict[str, Any] = {
        "oidc_issuer": "https://sso.example/",
        "oidc_client_id": "j",
        "oidc_client_secret": "hidden",
    }
    assert Settings(oidc_alone=True).all_passwords is True
    assert Settings(**provider).all_passwords is True
    assert Settings(**provider, oidc_alone=True).all_passwords is False
    assert Settings(**provider).oidc_issuer == "https://sso.example/"
    assert "hidden" not in repr(Settings(**provider))


MAIL: dict[str, Any] = {
    "smtp_host": "post.example.go.id",
    "smtp_user": "jenjang",
    "smtp_password": "hidden",
    "mail_from": "Jenjang <jenjang@example.go.id>",
    "digest_at": "08:15",
}


def test_a_password_does_not_travel_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**MAIL, "smtp_security": "none"}.items():
        monkeypatch.setenv(f"JENJANG_{name.upper()}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value).startswith("JENJANG_SMTP_PASSWORD would travel unencrypted")
    assert "hidden" not in str(refused.value)


def test_a_child_can_send_mail_as_its_parent_can(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = Settings(**MAIL)
    for name, value in parent.environment().items():
        monkeypatch.setenv(name, value)
    child = load_settings()
    assert (child.smtp_password, child.digest_at) == ("hidden", parent.digest_at)
    assert child == parent


def test_a_variable_without_a_value_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SMTP_HOST", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM"):
        monkeypatch.setenv(f"JENJANG_{name}", "")
    assert load_settings().smtp_host is None


def test_the_password_of_the_mail_server_is_not_shown() -> None:
    assert "hidden" not in repr(Settings(**MAIL))


def test_mail_ids_name_the_host_of_the_pages() -> None:
    assert Settings(public_url="https://kinerja.example.go.id:8443/x").site == "kinerja.example.go.id"


SIASN_SETTINGS: dict[str, Any] = {
    "siasn_url": "https://siasn.example/apisiasn/1.0/",
    "siasn_token_url": "https://siasn.example/oauth2/token",
    "siasn_id": "jenjang",
    "siasn_secret": "hidden",
    "siasn_sso_url": "https://sso.example/token",
    "siasn_sso_id": "jenjang",
    "siasn_sso_secret": "hidden too",
}


def test_a_child_can_send_to_siasn_as_its_parent_can_and_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load_settings().sends_to_siasn
    parent = Settings(**SIASN_SETTINGS)
    assert (parent.sends_to_siasn, parent.siasn_url) == (True, "https://siasn.example/apisiasn/1.0")
    assert "hidden" not in repr(parent)
    for name, value in parent.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == parent
    monkeypatch.setenv("JENJANG_SIASN_SSO_SECRET", "")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "hidden" not in str(refused.value)
    assert str(refused.value).startswith("JENJANG_SIASN_SSO_SECRET is missing")


def test_siasn_on_this_machine_is_for_tests_alone() -> None:
    here = {**SIASN_SETTINGS, "siasn_url": "http://127.0.0.1:1/apisiasn/1.0"}
    assert Settings(**here, siasn_loopback=True).siasn_url == "http://127.0.0.1:1/apisiasn/1.0"
    with pytest.raises(ValidationError):
        Settings(**here)
    with pytest.raises(ValidationError):
        Settings(**{**here, "siasn_url": "http://10.0.0.1/"}, siasn_loopback=True)
