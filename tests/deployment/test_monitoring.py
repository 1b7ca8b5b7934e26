"""The rules and the dashboard without Prometheus and Grafana: they parse, are whole, and ask for nothing that nobody tells."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from tests.deployment.monitoring import ALERTS, DASHBOARD, MONITORING, ROOT, answered, asked, expressions
from tests.stack import Stack

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OVERLAY: dict[str, Any] = yaml.safe_load((MONITORING / "compose.yml").read_text())
SCRAPED: dict[str, Any] = yaml.safe_load((MONITORING / "prometheus.yml").read_text())


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_prometheus_can_read_it(expression: str) -> None:
    promql_parser.parse(expression)


def test_a_wrong_expression_would_be_noticed() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        promql_parser.parse("rate(jenjang_orders[5m)")


def test_each_rule_says_how_urgent_it_is_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS)
    for rule in ALERTS:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert promql_parser.parse_duration(rule["for"]).total_seconds() >= 60, "a scrape that fails once wakes nobody"
        assert rule["labels"]["severity"] in ("page", "ticket", "notice")
        file, _, heading = rule["annotations"]["runbook"].partition("#")
        text = (ROOT / file).read_text()
        headings = [line.lstrip("# ").lower().replace(" ", "-") for line in text.splitlines() if line.startswith("#")]
        assert not heading or heading in headings, rule["alert"]


def test_panels_do_not_overlap_and_have_a_source() -> None:
    places = set[tuple[int, int]]()
    for panel in DASHBOARD["panels"]:
        grid = panel["gridPos"]
        cells = {
            (x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])
        }
        assert not cells & places
        assert grid["x"] + grid["w"] <= 24
        places |= cells
    (source,) = yaml.safe_load((MONITORING / "grafana" / "sources.yml").read_text())["datasources"]
    assert {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]} == {source["uid"]}


async def test_every_figure_of_ours_that_is_asked_for_is_told(stack: Stack) -> None:
    async with await stack.visitor() as visitor:
        told = answered((await visitor.get("/metrics")).text)
    wanted = {name for name in asked() if name.startswith("jenjang_")}
    assert len(wanted) >= 15
    # Nothing is anchored yet; tests/api/test_vitals.py has it.
    assert wanted - told == {"jenjang_anchor_age_seconds"}


def test_the_overlay_fits_the_compose_file() -> None:
    checker = str(Path(sys.executable).parent / "check-jsonschema")
    schema = ("--builtin-schema", "vendor.compose-spec")
    subprocess.run([checker, *schema, str(MONITORING / "compose.yml")], check=True, capture_output=True)
    for name, service in OVERLAY["services"].items():
        assert name not in COMPOSE
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        files = [mount.split(":")[0] for mount in service["volumes"] if mount.startswith("./")]
        assert [file for file in files if not (ROOT / file).is_file()] == []


def test_prometheus_asks_services_that_are_there() -> None:
    asked_for = [found for job in SCRAPED["scrape_configs"] for found in job["dns_sd_configs"]]
    assert {name for found in asked_for for name in found["names"]} <= set(COMPOSE)
    (exposed,) = re.findall(r"^EXPOSE (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert sorted(found["port"] for found in asked_for) == sorted(map(int, exposed.split()))
    jobs = {job["job_name"] for job in SCRAPED["scrape_configs"]}
    assert {name for rule in ALERTS for name in re.findall(r'job="([^"]+)"', rule["expr"])} <= jobs


def test_the_collector_takes_in_what_it_is_sent_and_hands_it_to_a_service_that_is_there() -> None:
    collector = yaml.safe_load((MONITORING / "collector.yml").read_text())
    (pipeline,) = collector["service"]["pipelines"].values()
    for kind, used in pipeline.items():
        assert set(used) == set(collector[kind])
    port = collector["receivers"]["otlp"]["protocols"]["http"]["endpoint"].rpartition(":")[2]
    offered = re.findall(r"http://(\w+):(\d+)", (ROOT / ".env.example").read_text().partition("# Traces")[2])
    assert offered == [("collector", port)]
    host, given = re.findall(r"http://(\w+):(\d+)", collector["exporters"]["otlphttp"]["endpoint"])[0]
    assert COMPOSE[host]["command"] == [f"--set=receivers.otlp.protocols.http.endpoint=0.0.0.0:{given}"]
    assert {name for name, one in COMPOSE.items() if one.get("profiles") == ["traces"]} == {"collector", host}
    policies = yaml.safe_load_all((ROOT / "deploy" / "kubernetes" / "base" / "network.yaml").read_text())
    (traces,) = [one["spec"]["egress"] for one in policies if one["metadata"]["name"] == "traces"]
    assert traces[0]["ports"] == [{"port": int(port), "protocol": "TCP"}]
