"""Programs that we start: they end when told, and with us when we cannot tell them."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from runtime.children import Child

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
PARENT = """
import asyncio, sys
from pathlib import Path
from runtime.children import Child
async def main():
    child = Child("sleeper", ["sleep", "60"])
    await child.start()
    print(child.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


async def until(condition: object, limit: float = 10) -> None:
    deadline = time.monotonic() + limit
    while not (condition() if callable(condition) else condition):
        assert time.monotonic() < deadline, "it never came"
        await asyncio.sleep(0.02)


async def test_it_gets_its_environment_and_keeps_a_log(tmp_path: Path) -> None:
    child = Child(
        "speaker", ["sh", "-c", 'echo "$WORD"; exit 3'], env={"WORD": "hello"}, log=tmp_path / "log" / "x.log"
    )
    await child.start()
    assert await child.wait() == 3
    assert child.last_words() == "hello"
    assert not child.running


async def test_it_ends_when_told(tmp_path: Path) -> None:
    child = Child("sleeper", ["sleep", "60"], log=tmp_path / "x.log")
    await child.start()
    await child.stop(grace=10)
    assert await child.wait() == -signal.SIGTERM
    await child.stop(grace=10)


async def test_it_is_killed_when_it_does_not_listen(tmp_path: Path) -> None:
    child = Child("stubborn", [sys.executable, "-c", STUBBORN], log=tmp_path / "x.log")
    await child.start()
    await until(lambda: child.last_words() == "deaf")
    await child.stop(grace=0.2)
    assert await child.wait() == -signal.SIGKILL


async def test_ctrl_c_in_the_terminal_is_not_for_it() -> None:
    child = Child("sleeper", ["sleep", "60"])
    await child.start()
    assert os.getpgid(child.pid) != os.getpgid(0)
    await child.stop(grace=10)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
async def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    parent = Child(
        "parent", [sys.executable, "-c", PARENT], env={"PYTHONPATH": str(Path(__file__).parents[2])}, log=log
    )
    await parent.start()
    await until(lambda: parent.last_words().isdecimal())
    grandchild = int(parent.last_words())
    assert exists(grandchild)
    parent.send(signal.SIGKILL)
    await parent.wait()
    await until(lambda: not exists(grandchild))
