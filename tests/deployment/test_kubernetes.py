"""The manifests without a cluster: valid, of the same settings as compose, and as closed as its containers."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from worker import GRACE

ROOT = Path(__file__).parents[2]
MANIFESTS = ROOT / "deploy" / "kubernetes"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SHARED: dict[str, Any] = COMPOSE["x-jenjang"]["environment"]
FILES = sorted(file for file in MANIFESTS.rglob("*.yaml") if file.name != "kustomization.yaml")
PARTS = {file.parent: yaml.safe_load(file.read_text()) for file in MANIFESTS.rglob("kustomization.yaml")}
OBJECTS = [(file, one) for file in FILES for one in yaml.safe_load_all(file.read_text())]
PODS = {one["metadata"]["name"]: one["spec"]["template"] for _, one in OBJECTS if "template" in one.get("spec", {})}
RUN_ONCE = ("migrate", "promote")


def named(kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one["spec"] for _, one in OBJECTS if one["kind"] == kind}


def variables(file: Path) -> dict[str, str]:
    """The lines of a file of settings."""
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def container(name: str) -> dict[str, Any]:
    (found,) = PODS[name]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def validated(*files: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "kubernetes-validate"
    return subprocess.run([program, "--strict", *files], capture_output=True, text=True, check=False)


def test_the_manifests_follow_the_schemas_of_kubernetes() -> None:
    done = validated(*FILES)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schemas_would_notice(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text((MANIFESTS / "api" / "api.yaml").read_text().replace("replicas: 2", "replicsa: 2"))
    assert validated(wrong).returncode != 0


def test_the_parts_name_files_that_are_there_and_no_file_is_forgotten() -> None:
    used = {folder / file for folder, part in PARTS.items() for file in part.get("resources", [])}
    assert [file for file in used if not file.is_file()] == []
    assert {file.name for file in set(FILES) - used} == {"autoscaling.yaml"}, "off by default"
    others = {(folder / other).resolve() for folder, part in PARTS.items() for other in part.get("components", [])}
    assert others == {MANIFESTS / "settings"}


def test_the_settings_are_those_of_compose() -> None:
    settings = variables(MANIFESTS / "settings" / "settings.env")
    secrets = variables(MANIFESTS / "secrets.env.example")
    assert settings.keys() | secrets.keys() == SHARED.keys()
    assert not settings.keys() & secrets.keys()
    assert set(secrets.values()) == {""}
    defaults = {name: value.rpartition(":-")[2].rstrip("}") for name, value in SHARED.items() if ":-" in value}
    theirs = {name: value for name, value in settings.items() if name in defaults}
    assert {name for name, value in theirs.items() if value != defaults[name]} == {"JENJANG_TRUSTED_PROXIES"}


def test_each_process_has_settings_and_secrets_and_the_migration_those_of_the_owner() -> None:
    assert set(PODS) == {"api", "worker", *RUN_ONCE}
    for name in PODS:
        given = [next(iter(one.values()))["name"] for one in container(name)["envFrom"]]
        assert given == ["jenjang-settings", "jenjang"]
        assert container(name)["args"] == [name] == COMPOSE["services"][name]["command"]
        owner = {one["name"] for one in container(name).get("env", []) if "secretKeyRef" in one["valueFrom"]}
        assert owner == (set(COMPOSE["services"]["migrate"]["environment"]) if name == "migrate" else set())


@pytest.mark.parametrize("name", PODS)
def test_a_pod_may_do_little(name: str) -> None:
    pod, one = PODS[name]["spec"], container(name)
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"--uid {pod['securityContext']['runAsUser']}" in (ROOT / "Dockerfile").read_text()
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    closed = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert one["securityContext"] == closed
    assert pod["volumes"] == [{"name": "tmp", "emptyDir": {}}]
    assert {"memory"} <= one["resources"]["limits"].keys() <= one["resources"]["requests"].keys()
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()


def test_a_pod_that_is_to_stop_may_finish_what_it_does() -> None:
    graces = {
        name: timedelta(seconds=PODS[name]["spec"]["terminationGracePeriodSeconds"]) for name in ("api", "worker")
    }
    for name, grace in graces.items():
        compose = timedelta(seconds=int(COMPOSE["services"][name]["stop_grace_period"].rstrip("s")))
        sleeps = [step["exec"]["command"] for step in container(name).get("lifecycle", {}).values()]
        assert grace >= compose + timedelta(seconds=sum(int(command[1]) for command in sleeps))
    assert graces["worker"] > GRACE


def test_processes_that_serve_are_probed_kept_apart_and_never_all_taken_away() -> None:
    budgets, deployments = named("PodDisruptionBudget"), named("Deployment")
    assert budgets.keys() == deployments.keys() == set(PODS) - set(RUN_ONCE)
    for name, deployment in deployments.items():
        assert deployment["replicas"] > budgets[name]["minAvailable"] >= 1
        assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        labels = PODS[name]["metadata"]["labels"]
        assert deployment["selector"]["matchLabels"] == budgets[name]["selector"]["matchLabels"] == labels
        ports = {port["name"] for port in container(name)["ports"]}
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            assert container(name)[probe]["httpGet"]["port"] in ports
        assert PODS[name]["spec"]["topologySpreadConstraints"]


def test_neither_database_nor_temporal_takes_pages_out_of_service() -> None:
    for probe in ("readinessProbe", "livenessProbe"):
        assert container("api")[probe]["httpGet"]["path"] == "/healthz"


def test_only_what_is_named_gets_through() -> None:
    policies = named("NetworkPolicy")
    assert policies["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for policy in policies.values():
        assert all(rule["ports"] and rule["from"] for rule in policy.get("ingress", []))
        assert all(rule["ports"] and rule["to"] for rule in policy.get("egress", []))
    reached = {
        port["port"] for policy in policies.values() for rule in policy.get("ingress", []) for port in rule["ports"]
    }
    opened = {port["containerPort"] for name in ("api", "worker") for port in container(name)["ports"]}
    assert reached == opened


def test_people_come_in_by_tls_and_find_nothing_of_the_operators() -> None:
    ingresses = [one for _, one in OBJECTS if one["kind"] == "Ingress"]
    assert all(one["spec"]["tls"] for one in ingresses)
    (inside,) = [one for one in ingresses if one["metadata"]["name"] == "inside"]
    assert {path["path"] for path in inside["spec"]["rules"][0]["http"]["paths"]} == {"/metrics", "/readyz"}
    assert inside["metadata"]["annotations"]["nginx.ingress.kubernetes.io/whitelist-source-range"] == "127.0.0.1/32"


def test_the_build_of_the_workers_is_said_alike() -> None:
    build = variables(MANIFESTS / "settings" / "settings.env")["JENJANG_BUILD_ID"]
    worker = PARTS[MANIFESTS / "worker"]
    assert worker["nameSuffix"] == "-" + build.replace(".", "-")
    assert worker["labels"][0]["pairs"] == {"app.kubernetes.io/version": build}
    assert PARTS[MANIFESTS / "settings"]["images"][0]["newTag"] == build
