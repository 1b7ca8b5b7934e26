"""Without a collector there are no traces, and no cost of any; with one, the variables of OpenTelemetry say where it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.app import create_app
from api.traced import Traced
from runtime.settings import Settings, SettingsError, load_settings
from runtime.temporal import plugin
from runtime.traced_processes import Tracing
from tests.keys import KEYRING

ROOT = Path(__file__).parents[2]
BASE, TRACES = "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
HEAVY = ("opentelemetry.sdk", "opentelemetry.exporter", "requests")
BEGUN = f"""
import sys
from opentelemetry import trace
from runtime.settings import load_settings
from runtime.tracing import tracing
with tracing(load_settings(), "api"):
    print(type(trace.get_tracer_provider()).__module__)
    print([name for name in sys.modules if name.startswith({HEAVY!r})][:1])
"""


def begun(tmp_path: Path, collector: str, imported: str) -> list[str]:
    """What a process is like that has imported this and begun."""
    given = {"PATH": "", "JENJANG_DATA_DIR": str(tmp_path), "OTEL_EXPORTER_OTLP_TIMEOUT": "1", BASE: collector}
    command = [sys.executable, "-c", f"import {imported}\n{BEGUN}"]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True).stdout.splitlines()


def is_traced(settings: Settings) -> bool:
    return Traced.__name__ in repr(create_app(settings).user_middleware)


def test_without_a_collector_nothing_is_loaded_and_nobody_listens(tmp_path: Path) -> None:
    assert begun(tmp_path, "", "worker, console.serve") == ["opentelemetry.trace", "[]"]
    assert plugin(KEYRING).interceptors is None
    assert not is_traced(Settings())


def test_with_one_the_same_look_finds_them(tmp_path: Path) -> None:
    provider, loaded = begun(tmp_path, "http://127.0.0.1:9", "runtime.tracing")
    assert provider == "opentelemetry.sdk.trace"
    assert loaded != "[]"
    assert plugin(KEYRING, Tracing()).interceptors
    assert is_traced(Settings(otlp_endpoint="http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("given", "collector"),
    [
        ({BASE: "http://collector:4318/"}, "http://collector:4318/v1/traces"),
        ({TRACES: "https://c.example/in", BASE: "http://collector:4318"}, "https://c.example/in"),
        (
            {BASE: "http://collector:4318", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"},
            "http://collector:4318/v1/traces",
        ),
        ({BASE: "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, None),
        ({BASE: "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"}, None),
        ({BASE: "", TRACES: "", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc", "OTEL_TRACES_EXPORTER": "console"}, None),
    ],
)
def test_where_traces_go(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], collector: str | None) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert load_settings().collector == collector


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {BASE: "collector:4318"},
            f"{BASE} is 'collector:4318', but must begin with http:// or https://, like http://collector:4318.",
        ),
        (
            {BASE: "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc', but must be http/protobuf.",
        ),
        (
            {TRACES: "http://c:4318/v1/traces", "OTEL_TRACES_EXPORTER": "console"},
            "OTEL_TRACES_EXPORTER is 'console', but must be otlp or none.",
        ),
    ],
)
def test_what_we_cannot_speak_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], sentence: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value) == sentence
