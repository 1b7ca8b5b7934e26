"""What a key may do, what a browser says of itself, and a form that is carried through signing in."""

import json

import pytest

from api.devices import device_of
from api.errors import Problem
from api.pages import sending_again
from api.scopes import PEOPLE_ONLY, Scope, asked, demand
from tests.api.access_table import TABLE
from tests.api.samples import CASE

ENDPOINTS = [tuple(line.replace("CASE", CASE).split()[:2]) for line in TABLE.strip().splitlines()[1:]]
EXPECTED = (
    ("GET", "appraisals", Scope.READ),
    ("GET", "imports/{batch}", Scope.READ),
    ("POST", f"{CASE}/targets", Scope.ACT),
    ("POST", "enrolments/{cycle}/{employee}/refusal", Scope.ACT),
    ("POST", "calibrations/{cycle}/{unit}/decision", Scope.ACT),
    ("POST", "cycles", Scope.ADMINISTER),
    ("PUT", "policies/{name}", Scope.ADMINISTER),
    ("POST", "superiors", Scope.ADMINISTER),
    ("POST", "cycles/{cycle}/siasn", Scope.SIASN),
    ("POST", "imports", Scope.IMPORT),
    ("POST", "board/repairs", Scope.BOARD),
    ("POST", "remedies", Scope.BOARD),
    ("POST", "keys", None),
    ("GET", "keys", None),
    ("POST", "tokens", None),
    ("DELETE", "tokens/current", Scope.READ),
    ("POST", "people/{person}/sign-in-links", None),
    ("DELETE", "people/{person}/second-step", None),
    ("PUT", "officers/{officer}", None),
    ("GET", "webhooks", None),
    ("GET", "security-record", None),
    ("POST", "payloads/decode", None),
)


@pytest.mark.parametrize(("method", "path", "scope"), EXPECTED)
def test_what_an_endpoint_asks_for(method: str, path: str, scope: Scope | None) -> None:
    assert (method, path) in ENDPOINTS, "the table knows it"
    assert asked(method, f"/api/v1/{path}") is scope


def test_reading_needs_no_more_than_read_and_changing_is_never_reading() -> None:
    for method, path in ENDPOINTS:
        needs = asked(method, f"/api/v1/{path}")
        if needs is not None and path != "tokens/current":
            assert (needs is Scope.READ) == (method == "GET"), (method, path)


def test_no_key_reaches_what_opens_accounts_nor_any_page() -> None:
    everything = tuple(Scope)
    for part in PEOPLE_ONLY:
        with pytest.raises(Problem):
            demand(everything, "GET", f"/api/v1/{part}")
    for path in ("/board", "/account/keys", "/api/v2/me", "/api/docs"):
        with pytest.raises(Problem):
            demand(everything, "GET", path)
    demand(None, "POST", "/api/v1/keys")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/140 Safari/537.36 Edg/140",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537 Chrome/140 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604",
            "Safari, iPhone",
        ),
        ("curl/8.9", "curl"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_device_in_words(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_a_form_is_unpacked_only_if_it_leads_to_this_site() -> None:
    fields = [["reason", "Sudah baik."], ["weight", "40"], ["weight", "60"]]
    kept = sending_again.unpacked(json.dumps(["/waiting/c/ani", fields]))
    assert kept is not None
    assert (kept.to, kept.fields[1:], kept.written) == (
        "/waiting/c/ani",
        (("weight", "40"), ("weight", "60")),
        ("Sudah baik.",),
    )
    for to in ("//evil.test/x", "https://evil.test", "", 3, None):
        assert sending_again.unpacked(json.dumps([to, fields])) is None
    for text in ("", "x", "[]", "{}", "3", '["/a", 3]', '["/a", [["b"]]]', '["/a", [["b", 3]]]'):
        assert sending_again.unpacked(text) is None
