"""What an installation gets: every package, and the files that are no Python."""

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
DATA = {
    ROOT / "adapters" / "database" / "migrations": "*",
    ROOT / "api" / "static": "*",
    ROOT / "api" / "templates": "*.html",
    ROOT / "policies": "*.toml",
    ROOT / "sample": "*.csv",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("dist")
    hatchling = Path(sys.executable).parent / "hatchling"
    subprocess.run([hatchling, "build", "-t", "wheel", "-d", folder], cwd=ROOT, capture_output=True, check=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_every_package_and_the_worker_are_in_it(names: set[str]) -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert {f"{package}/__init__.py" for package in packages} | {"worker.py"} <= names


@pytest.mark.parametrize("folder", DATA, ids=lambda folder: folder.name)
def test_data_files_are_in_it(names: set[str], folder: Path) -> None:
    files = (file for file in folder.rglob(DATA[folder]) if file.is_file() and "__pycache__" not in file.parts)
    wanted = {str(file.relative_to(ROOT)) for file in files}
    assert wanted
    assert wanted - names == set()


def test_browser_libraries_are_in_it_and_tests_are_not(names: set[str]) -> None:
    assert {"api/static/vendor/htmx.min.js", "api/static/vendor/bootstrap.min.css"} <= names
    assert [name for name in names if name.startswith(("tests/", "docs/", ".venv/", "var/", "node_modules/"))] == []
