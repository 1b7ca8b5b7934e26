"""What Prometheus and Grafana are told to ask, and the names of what a scrape answers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
ALERTS: list[dict[str, Any]] = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD: dict[str, Any] = json.loads((MONITORING / "grafana" / "jenjang.json").read_text())
TYPES = re.compile(r"^# TYPE (\S+) (\S+)$", re.MULTILINE)
PARTS = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("_sum", "_count")}
NAME = re.compile(r"\b(?:jenjang|temporal)_\w+")


def expressions() -> Iterator[str]:
    """Every expression of the alert rules and of the dashboard."""
    yield from (rule["expr"] for rule in ALERTS)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])


def asked() -> set[str]:
    """The figures of ours and of Temporal that they name."""
    return {name for expression in expressions() for name in NAME.findall(expression)}


def answered(scrape: str) -> set[str]:
    """The names of the series that this text of a scrape has, or will have once there is something to count."""
    return {family + part for family, kind in TYPES.findall(scrape) for part in PARTS.get(kind, ("",))}
