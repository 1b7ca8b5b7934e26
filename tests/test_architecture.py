"""The shape of the code itself: direction of imports, purity of the rules, size and emptiness of files."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]
PACKAGES: list[str] = PROJECT["tool"]["importlinter"]["root_packages"]
NOT_OURS = {".git", ".tools", ".venv", "build", "dist", "node_modules", "var"}
LONGEST_FILE = 250

# For each contract one import that it forbids: (the file that gets it, the line).
FORBIDDEN_IMPORTS = {
    "Imports point inward: api, runtime, workflows, activities, rules": ("appraisal", "import workflows"),
    "Adapters know the rules and nothing else of ours": ("adapters", "import activities"),
    "Replayed code cannot reach the outside world, even through others": ("activities", "import sqlalchemy"),
    "The API changes cases only through their workflows": ("api", "import adapters.database.writes.records"),
    "Reading knows nothing of writing": ("adapters/database/reads", "import adapters.database.upsert"),
    "Nothing imports a composition root": ("runtime", "import worker"),
    "The people of the demo act through HTTP alone": ("demo", "import adapters.database.writes.records"),
}


def our_files() -> list[Path]:
    files = (path for path in ROOT.rglob("*.py") if NOT_OURS.isdisjoint(path.relative_to(ROOT).parts))
    return sorted(files)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts, to be spoiled."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for file in ("pyproject.toml", "worker.py"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def test_the_rules_import_only_the_standard_library() -> None:
    graph = grimp.build_graph("appraisal", include_external_packages=True, cache_dir=None)
    external = {module.partition(".")[0] for module in graph.modules} - {"appraisal"}
    assert external <= sys.stdlib_module_names


def test_every_contract_is_kept_and_has_an_import_to_try(copy: Path) -> None:
    kept = lint_imports(copy)
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert set(FORBIDDEN_IMPORTS) == set(CONTRACTS)


@pytest.mark.parametrize("contract", FORBIDDEN_IMPORTS)
def test_a_forbidden_import_breaks_its_contract(copy: Path, contract: str) -> None:
    package, line = FORBIDDEN_IMPORTS[contract]
    (copy / package / "intruder.py").write_text(f"{line}\n")
    broken = lint_imports(copy)
    assert broken.returncode == 1
    assert f"{contract} BROKEN" in broken.stdout


def test_the_outside_world_is_found_behind_others_too(copy: Path) -> None:
    (copy / "appraisal" / "door.py").write_text("import httpx2\n")
    (copy / "workflows" / "intruder.py").write_text("import appraisal.door\n")
    broken = lint_imports(copy)
    assert "workflows.intruder -> appraisal.door" in broken.stdout


def test_a_worker_loads_nothing_that_serves_or_migrates() -> None:
    """It starts in half the time and room for that, also the one that comes after a dead one."""
    asked = "import sys, console.work, worker; print(sorted({'alembic', 'fastapi', 'uvicorn'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_what_reads_the_database_has_no_means_to_change_it() -> None:
    for path in sorted((ROOT / "adapters/database/reads").glob("*.py")):
        text = path.read_text()
        imported = {
            name.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            for name in node.names
        }
        assert imported.isdisjoint({"delete", "insert", "text", "update"}), path
        assert ".begin()" not in text, f"{path} opens a transaction"


def test_no_file_is_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in our_files()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_package_files_are_empty() -> None:
    assert [path for path in our_files() if path.name == "__init__.py" and path.read_text().strip()] == []
