"""Policies beside those of the house, for tests that give a cycle other dates; and a provider for those that sign on there."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from adapters import policy_files
from tests import agency
from tests.sso.forger import forger
from tests.sso.provider import settings_for
from tests.sso.signing import SITE, Signing
from tests.stack import running


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of policies: those of the house, 'later', 'short', 'tight' (for targets), and 'endless', which cannot be."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for file in policy_files.POLICIES.glob("*.toml"):
        (folder / file.name).write_text(file.read_text())
    text = (policy_files.POLICIES / "open.toml").read_text()
    steps, part, objection = text.partition("[objection]")  # whose dates count from the objection
    short = re.sub(r"^escalate = .*$", "escalate = []", steps, flags=re.MULTILINE)
    (folder / "later.toml").write_text(_days(steps, lambda days: days + 30) + part + objection)
    (folder / "short.toml").write_text(_days(short, lambda days: max(days // 14, 1)))
    (folder / "tight.toml").write_text(text.replace('"P14D"', '"P3D"').replace('"P21D"', '"P6D"'))
    (folder / "endless.toml").write_text(text.replace('end = "P63D"\n', ""))
    monkeypatch.setattr(policy_files, "POLICIES", folder)
    return folder


@pytest.fixture
def amended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Gives the policies of the house another text for this one."""

    def amend(text: str, other: str) -> None:
        for file in policy_files.POLICIES.glob("*.toml"):
            (tmp_path / file.name).write_text(file.read_text().replace(text, other))
        monkeypatch.setattr(policy_files, "POLICIES", tmp_path)

    return amend


@pytest.fixture
def final(amended: Callable[[str, str], None]) -> None:
    """The pilot's policy, but a calibration is over with its decision, which cannot be undone."""
    amended('undo = "P2D"', 'undo = "PT0S"')


@pytest.fixture(scope="module")
async def trusting(
    server: WorkflowEnvironment, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Signing]:
    file = tmp_path_factory.mktemp("sso") / "jenjang.db"
    shutil.copy(migrated_file, file)
    url = f"sqlite+aiosqlite:///{file}"
    async with forger() as double, running(server.client, url, **settings_for(double.issuer, SITE)) as stack:
        await agency.build(stack.sessions)
        yield Signing(stack, double)


@pytest.fixture
async def signing(trusting: Signing) -> Signing:
    """A Jenjang that trusts a provider, which can be told to lie; nobody has signed in yet."""
    await trusting.anew()
    return trusting


def _days(text: str, to: Callable[[int], int]) -> str:
    """The policy with each due date, each end and the closing so many days after the start."""
    pattern = re.compile(r'^(due|end|closes) = "P(\d+)D"$', re.MULTILINE)
    return pattern.sub(lambda found: f'{found[1]} = "P{to(int(found[2]))}D"', text)
