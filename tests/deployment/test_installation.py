"""From an empty machine: docs/install.md, followed line by line as root on a machine of its own, with what it says one sees.

It needs what the page needs: prometheus, besides what all tests do.
"""

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from console.main import app
from tests.deployment.installing import COMPOSE, NEEDED, NOT_HERE, PAGE, ROOT, SYSTEMD, Block, blocks, packages, wrong
from tests.deployment.machine import PATH, Session, machine
from tests.deployment.monitoring import ALERTS, MONITORING

SITE = "kinerja.example.go.id"
UNITS = sorted(file for file in (ROOT / "deploy" / "systemd").glob("jenjang-*.*") if file.is_file())
SEEN = {
    "jenjang migrate": r"The database has the current schema\.",
    "nginx -t": "test is successful",
    "/readyz": r'"database": ?"ok".*"temporal": ?"ok"',
    "strict-transport-security": "max-age=",
    "account officer": rf"https://{SITE}/sign-in/link/\S+",
    "--apply": r"Applied\.",
    "ls -l /var/backups": r"jenjang-\w+\.zip",
    "--replace": r"(?s)Processes and record agree\..*The record is whole",
    "promtool": "SUCCESS",
    "jenjang reconcile": r"Processes and record agree\.",
    "audit verify": "The record is whole",
}
"""What a command of the page must be seen to say."""


def test_every_block_of_the_page_is_run_or_named() -> None:
    text = PAGE.read_text()
    assert wrong(text) == []
    assert set(SEEN) == {said for said in SEEN if said in text}
    assert {program for block in blocks(text) for program in block.programs} >= set(NOT_HERE)
    assert packages(text) - set(NEEDED.values()) == {"certbot", "python3-venv"}


@pytest.mark.parametrize(
    "block",
    ["```sh\njenjang migrate\n```", "```sh run\ndocker compose up\n```", "```sh elsewhere\njenjang migrate\n```"],
    ids=["not marked", "cannot run here", "could run here"],
)
def test_a_block_that_is_neither_would_be_noticed(block: str) -> None:
    assert len(wrong(f"{block}\n")) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_there_is(unit: Path) -> None:
    for words in re.findall(r"^ExecStart=/opt/jenjang/\.venv/bin/jenjang (.+)$", unit.read_text(), re.MULTILINE):
        app.parse_args(words.split(), print_error=False, exit_on_error=False)
    for named in re.findall(r"^(?:Requires|Wants)=(.+)$", unit.read_text(), re.MULTILINE):
        assert {ROOT / "deploy" / "systemd" / name for name in named.split()} <= set(UNITS)


def test_prometheus_asks_the_same_jobs_without_containers() -> None:
    scraped = [yaml.safe_load((MONITORING / name).read_text()) for name in ("prometheus.yml", "native.yml")]
    in_compose, native = ({job["job_name"]: job for job in found["scrape_configs"]} for found in scraped)
    assert set(in_compose) == set(native)
    for name, job in native.items():
        (target,) = job["static_configs"][0]["targets"]
        assert target == f"127.0.0.1:{in_compose[name]['dns_sd_configs'][0]['port']}"


@pytest.mark.slow
def test_an_operator_who_follows_the_page_has_a_running_installation(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    missing = [package for program, package in NEEDED.items() if shutil.which(program, path=PATH) is None]
    assert not missing, f"What the page begins with is not here: apt-get install {' '.join(missing)}"
    began = time.monotonic()
    with machine(tmp_path, SITE, CURL_CA_BUNDLE="/etc/nginx/tls/fullchain.pem") as here:
        here.run(f"cp {ROOT}/sample/regency/people.csv ~")
        for block in _marked(SYSTEMD):
            said = here.run(block.text)
            for command, seen in SEEN.items():
                assert command not in block.text or re.search(seen, said), f"{block.text}\n{said}"
            if "account officer" in block.text:
                (link,) = re.findall(rf"https://{SITE}/sign-in/link/\S+", said)
                _as_ourselves(here, f"tests.deployment.first_officer {link}")
            if "ss -Hltn" in block.text:
                _check_others_reach_the_proxy_alone(said)
        _check_the_units(here)
        _check_it_is_watched(here)
        people = here.run('cd /; runuser -u postgres -- psql -tA jenjang -c "SELECT count(*) FROM person"')
        assert int(people) == len((ROOT / "sample/regency/people.csv").read_text().splitlines()) - 1
        for block in _marked(COMPOSE):
            here.run(block.text)
        _check_compose_has_all_it_demands(here.run("cat .env"))
        here.run("systemctl stop jenjang-api jenjang-worker jenjang-temporal nginx prometheus postgresql")
    record_property("Seconds from the empty machine to the running installation", f"{time.monotonic() - began:.0f}")


def _marked(mark: str) -> list[Block]:
    return [block for block in blocks(PAGE.read_text()) if block.mark == mark]


def _as_ourselves(here: Session, module: str) -> None:
    here.run(f"(cd {ROOT}; .venv/bin/python -m {module})")


def _check_others_reach_the_proxy_alone(said: str) -> None:
    listening = [line.split() for line in said.splitlines() if line.startswith("LISTEN")]
    assert {words[3].rpartition(":")[2] for words in listening} == {"80", "443"}, said


def _check_the_units(here: Session) -> None:
    """Here nobody obeys them but our stand-in; systemd itself says whether it would."""
    complaints = here.run(
        "cd /etc/systemd/system; systemd-analyze verify jenjang-*.service jenjang-*.timer 2>&1 || echo refused"
    )
    assert [line for line in complaints.splitlines() if "jenjang" in line or line == "refused"] == []


def _check_it_is_watched(here: Session) -> None:
    """Prometheus reaches all three, could work out every rule, and warns of nothing."""
    end = time.monotonic() + 60
    while True:
        targets, rules = (_asked(here, what) for what in ("targets?state=active", "rules"))
        health = {target["labels"]["job"]: target["health"] for target in targets["activeTargets"]}
        (group,) = rules["groups"]
        states = {rule["name"]: (rule["health"], rule["state"]) for rule in group["rules"]}
        if set(health.values()) == {"up"} and all(found == ("ok", "inactive") for found in states.values()):
            break
        assert time.monotonic() < end, (health, states)
        time.sleep(2)
    assert len(health) == 3
    assert set(states) == {rule["alert"] for rule in ALERTS}


def _asked(here: Session, what: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(here.run(f"curl --silent --fail 'http://127.0.0.1:9090/api/v1/{what}'"))
    return dict(found["data"])


def _check_compose_has_all_it_demands(environment: str) -> None:
    given = dict(line.split("=", 1) for line in environment.splitlines() if "=" in line and not line.startswith("#"))
    files = [ROOT / "docker-compose.yml", MONITORING / "compose.yml"]
    demanded = {name for file in files for name in re.findall(r"\$\{(\w+):\?", file.read_text())}
    assert [name for name in sorted(demanded) if len(given.get(name, "")) < 12] == []
    assert given["TEMPORAL_DB_PASSWORD"] in given["JENJANG_TEMPORAL_DATABASE_URL"]
