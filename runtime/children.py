"""Other programs that this process starts, watches and stops."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """On Linux a child ends when we are killed without a chance to stop it: no server is left behind holding ports."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One program with its log file. It may be started again after it ended.

    It runs in a session of its own: Ctrl-C in the terminal reaches us alone, and we choose the order of stopping.
    """

    def __init__(
        self, name: str, argv: Sequence[str], *, env: Mapping[str, str] | None = None, log: Path | None = None
    ) -> None:
        self.name, self.argv, self.log = name, tuple(argv), log
        self._env = dict(env or {})
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process id of the running program."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        if self.log:
            self.log.parent.mkdir(parents=True, exist_ok=True)
        with (self.log or Path(os.devnull)).open("ab") as out:
            self._process = await asyncio.create_subprocess_exec(
                *self.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, **self._env},
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    async def wait(self) -> int:
        """The exit code, once the program has ended (negative: the signal that ended it)."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return await self._process.wait()

    async def stop(self, grace: float) -> None:
        """SIGTERM, then SIGKILL after `grace` seconds. Harmless when the program has ended."""
        if not self.running:
            return
        self.send(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.wait(), grace)
        except TimeoutError:
            self.send(signal.SIGKILL)
            await self.wait()

    def send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    def last_words(self, lines: int = 5) -> str:
        """The end of the log, for the person who must find out why it stopped."""
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
