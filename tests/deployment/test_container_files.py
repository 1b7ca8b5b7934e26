"""The container files without a container engine: valid, pinned, closed to the network, and without secrets."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
FROM_ENVIRONMENT = re.compile(r"\$\{\w+:(\?[^}]+|-)\}")
"""Demanded from the environment, or nothing at all: no secret has a default."""
SECRET = re.compile(r"PASSWORD|PWD|SECRET|TOKEN|KEY", re.IGNORECASE)


def complaints_of(program: str, *arguments: str) -> str:
    done = subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE))


def test_the_compose_file_follows_the_specification() -> None:
    assert complaints_of("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml") == ""


def test_the_schema_would_notice(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text("services:\n  api:\n    comand: [api]\n")
    assert "comand" in complaints_of("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(wrong))


def test_the_dockerfile_passes_its_linter() -> None:
    assert complaints_of("hadolint", "Dockerfile") == ""


def test_every_published_port_but_those_of_the_proxy_is_on_the_loopback_interface() -> None:
    published = [port for name, service in SERVICES.items() if name != "proxy" for port in service.get("ports", [])]
    assert published
    assert [port for port in published if not str(port).startswith("127.0.0.1:")] == []


def test_no_secret_stands_in_the_file() -> None:
    given = {
        f"{service}.{name}": value
        for service, body in SERVICES.items()
        for name, value in body.get("environment", {}).items()
        if SECRET.search(name)
    }
    assert {name: value for name, value in given.items() if not FROM_ENVIRONMENT.fullmatch(value)} == {}
    assert len(given) >= 5
    assert not re.search(r"://[^/@\s]+:[^/@\s]+@", (ROOT / "docker-compose.yml").read_text())


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_to_a_version(name: str) -> None:
    assert re.search(r":\d+\.\d+", SERVICES[name]["image"])


def test_a_service_waits_for_services_that_exist_and_can_say_so() -> None:
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other]
            else:
                assert how["condition"] == "service_completed_successfully"
                assert SERVICES[other]["restart"] == "on-failure:5"


def test_mounted_files_exist_and_shell_can_read_them() -> None:
    mounts = [mount.rsplit(":", 2)[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [ROOT / mount for mount in mounts if mount.startswith("./")]
    assert [file for file in files if not file.is_file()] == []
    for script in [*(file for file in files if file.suffix == ".sh"), ROOT / "run", *(ROOT / "deploy").glob("*.sh")]:
        subprocess.run(["sh", "-n", script], check=True)


def test_the_containers_of_jenjang_may_do_little() -> None:
    for name in ("api", "worker", "migrate", "promote"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert re.search(r"^USER \d+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("lock", ["deploy/image.lock", "deploy/build.lock"])
def test_the_image_has_the_versions_that_are_tested(lock: str) -> None:
    assert pins(lock) <= pins("requirements.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "deploy/image.lock", "deploy/build.lock", "package-lock.json"])
def test_locks_hold_no_addresses(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()
