"""The tools that judge what Jenjang is built of: each refuses what it must, and none is content with nothing."""

import json
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import cast

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply import licences, secrets
from supply.advisories import npm_objections, pypi_objections, without_rivals
from supply.bill import bill
from supply.inventory import Part, licence_in, parts, pins
from supply.licences import LIST, objection, objections, terms

AGREED = terms(LIST.read_text())


def part(licence: str, shipped: bool = True) -> Part:
    return Part("pypi", "sebuah", "1.0", shipped, licence)


def test_both_registries_are_in_the_list_and_what_runs_is_told_from_what_builds() -> None:
    told = {(one.source, one.name): one.shipped for one in parts()}
    assert (told["pypi", "fastapi"], told["npm", "bootstrap"]) == (True, True)
    assert (told["pypi", "djlint"], told["npm", "axe-core"]) == (False, False)


def test_a_package_with_a_version_for_each_python_counts_twice() -> None:
    assert pins("a==1 ; python_version < '3.12' \\\n  --hash=x\na==2\nb==3\n") == {("a", "1"), ("a", "2"), ("b", "3")}


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ({"License-Expression": "MIT OR ISC", "License": "other"}, "MIT OR ISC"),
        ({"License": "MIT"}, "MIT"),
        ({"License": "Permission is hereby granted,\nfree of charge"}, ""),
        ({}, ""),
    ],
)
def test_metadata_says_the_licence_in_several_ways(metadata: dict[str, str], licence: str) -> None:
    class Said(dict[str, str]):
        def get_all(self, _: str) -> None:
            return None

    assert licence_in(cast("PackageMetadata", Said(metadata))) == licence


@pytest.mark.parametrize("licence", ["MIT", "MIT AND BSD-3-Clause", "GPL-3.0-only OR MIT", "Apache Software License"])
def test_an_acceptable_licence_is_accepted(licence: str) -> None:
    assert objection(part(licence), AGREED) is None


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        ("AGPL-3.0-only", "not accepted in an installation"),
        ("GPL-3.0-or-later", "not accepted in an installation"),
        ("MIT AND AGPL-3.0-only", "not accepted in an installation"),
        ("Perhaps-1.0", "SPDX does not know"),
        ("", "says no licence"),
    ],
)
def test_what_the_agency_could_not_accept_is_refused(licence: str, why: str) -> None:
    assert why in (objection(part(licence), AGREED) or "")


def test_a_tool_may_be_under_the_gpl_and_not_under_the_agpl() -> None:
    assert objection(part("GPL-3.0-or-later", shipped=False), AGREED) is None
    assert "even for a tool" in (objection(part("AGPL-3.0-or-later", shipped=False), AGREED) or "")


def test_a_licence_read_by_hand_is_for_a_package_that_is_used() -> None:
    gone = objections([], AGREED)
    assert len(gone) == len(AGREED.read)
    assert "take the line out" in gone[0]


def test_no_package_at_all_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "parts", tuple)
    assert licences.main() == 1


def test_the_bill_is_valid_and_names_every_package() -> None:
    text = bill(parts(), AGREED, "1.2.3")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    told = json.loads(text)
    assert told["metadata"]["component"]["version"] == "1.2.3"
    assert len(told["components"]) == len({(one.source, one.name, one.version) for one in parts()})
    assert all(one["licenses"] for one in told["components"])
    purls = {one["purl"]: one["scope"] for one in told["components"]}
    assert any(purl.startswith("pkg:npm/%40popperjs/core@") and scope == "required" for purl, scope in purls.items())
    assert any(purl.startswith("pkg:pypi/pytest@") and scope == "excluded" for purl, scope in purls.items())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("one = 1\nkey = 'AKIA" + "QWERTYUIOPASDFGH'", "AWS Access Key"),
        ("\n-----BEGIN RSA " + "PRIVATE KEY-----\n" + "MIIE" * 16, "Private Key"),
        ("\ntoken: ghp_" + "a1B2" * 9, "GitHub Token"),
    ],
)
def test_a_secret_is_found_and_not_repeated(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "file").write_text(text)
    assert secrets.findings([tmp_path / "file"]) == [f"{tmp_path / 'file'}:2: {kind}"]


def test_a_long_name_is_no_token() -> None:
    assert list(secrets.secrets_in("def test_it_weighs_from_nothing_to_as_much_as_the_worst_gap_of_all(): ...")) == []


def test_no_file_at_all_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "tracked", lambda _: [])
    assert secrets.main() == 1


CHECKED = {"name": "Ruamel.Yaml", "version": "1", "vulns": []}
SKIPPED = {"name": "sebuah", "skip_reason": "not found"}
WEAK = {"name": "sebuah", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
PINNED = [("ruamel-yaml", "1"), ("sebuah", "2")]


@pytest.mark.parametrize(
    ("dependencies", "said"),
    [
        ([], "looked up 0 of 2"),
        ([CHECKED, SKIPPED], "looked up 1 of 2 packages; not sebuah"),
        ([CHECKED, WEAK], "sebuah 2: PYSEC-1, mended in 3"),
        ([CHECKED, WEAK | {"version": "1", "vulns": []}], "looked up 1 of 2"),
    ],
)
def test_an_audit_that_looked_nothing_up_fails(dependencies: list[object], said: str) -> None:
    assert said in " ".join(pypi_objections({"dependencies": dependencies}, PINNED))


def test_an_audit_that_looked_everything_up_passes() -> None:
    assert pypi_objections({"dependencies": [CHECKED, WEAK | {"vulns": []}]}, PINNED) == []
    assert npm_objections({"metadata": {"dependencies": {"total": 2}}, "vulnerabilities": {}}, PINNED) == []


def test_an_audit_of_npm_that_looked_nothing_up_fails() -> None:
    assert "looked up 0 of 2" in " ".join(npm_objections({"message": "405 Method Not Allowed"}, PINNED))
    weak = {
        "metadata": {"dependencies": {"total": 2}},
        "vulnerabilities": {"satu": {"severity": "high", "range": "<2"}},
    }
    assert npm_objections(weak, PINNED) == ["satu: high, in versions <2"]


def test_an_audit_without_a_lock_fails() -> None:
    assert "nothing to look up" in pypi_objections({}, [])[0]
    assert "nothing to look up" in npm_objections({"metadata": {"dependencies": {"total": 9}}}, [])[0]


def test_no_list_names_a_package_twice() -> None:
    assert without_rivals([("a", "2"), ("a", "1"), ("b", "3")]) == [["a==1", "b==3"], ["a==2"]]
