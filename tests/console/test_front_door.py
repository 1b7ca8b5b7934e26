"""./run from anywhere: quick and silent when everything is installed, a sentence when it is asked for nonsense."""

import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, **environment}
    return subprocess.run(
        [ROOT / "run", *arguments], cwd=cwd, env=everything, capture_output=True, text=True, check=False
    )


def test_a_second_use_installs_nothing_and_says_nothing(tmp_path: Path) -> None:
    run("jenjang", "--version", cwd=tmp_path)
    since = time.monotonic()
    again = run("jenjang", "--version", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert time.monotonic() - since < 5
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_command_is_refused_with_the_list(tmp_path: Path) -> None:
    refused = run("dance", cwd=tmp_path)
    assert refused.returncode == 1
    assert "there is no command 'dance'" in refused.stderr
    assert "./run demo" in refused.stderr


def test_a_setting_that_cannot_be_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    refused = run("up", cwd=tmp_path, JENJANG_PORT="abc")
    assert refused.returncode == 1
    assert refused.stderr == "jenjang: JENJANG_PORT is 'abc', but must be a valid integer.\n"


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "cat", "cksum", "dirname"):
        (tools / name).symlink_to(f"/usr/bin/{name}")
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("run", "requirements.lock", "pyproject.toml"):
        (clone / name).write_bytes((ROOT / name).read_bytes())
    refused = subprocess.run(
        ["/bin/sh", clone / "run", "up"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("jenjang: Python 3.11 or newer was not found.")
