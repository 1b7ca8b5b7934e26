"""A machine of its own on this one: this system's files under a layer that vanishes, and no network but its own loopback.

Whatever is done in it as root (users, files under /etc, services on ports 80 and 443) is done to nobody else.
"""

import os
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
END = "--- end of the block"
SET_UP = """
set -eu
mount --make-rprivate /
mount -t tmpfs -o mode=755 machine {home}
cd {home}
mkdir upper work root upper-opt work-opt
mount -t overlay -o lowerdir=/,upperdir={home}/upper,workdir={home}/work machine root
mount -t proc proc root/proc
mount --rbind /dev root/dev
mount -t tmpfs -o mode=755 run root/run
for folder in etc/postgresql var/lib/postgresql var/log/postgresql etc/nginx/conf.d; do
    mkdir -p root/$folder
    mount -t tmpfs -o mode=755 empty root/$folder
done
chown postgres root/var/lib/postgresql root/var/log/postgresql root/etc/postgresql
mkdir -p root{root} root/opt/jenjang
mount --bind {root} root{root}
mount -t overlay -o lowerdir={root},upperdir={home}/upper-opt,workdir={home}/work-opt machine root/opt/jenjang
for folder in {folders}; do chmod o+x root$folder; done
ip link set lo up
exec chroot root sh -c "echo ready; exec env --ignore-signal=CHLD sleep infinity"
"""
"""The last program reaps whoever loses its parent. Services have a user of their own, who must get to Python and to us."""


@dataclass
class Session:
    """A shell of root's that stays, as an operator's does."""

    shell: subprocess.Popen[bytes]

    def run(self, block: str, seconds: float = 300) -> str:
        """What these lines print; the first one that fails ends the session.

        Raises:
            AssertionError: with all that was printed, when a line failed or took too long.
        """
        shell, told, limit = self.shell, b"", time.monotonic() + seconds
        assert shell.stdin is not None
        assert shell.stdout is not None
        shell.stdin.write(f"{block}\necho '{END}'\n".encode())
        shell.stdin.flush()
        while not told.endswith(f"{END}\n".encode()):
            ready, _, _ = select.select([shell.stdout], [], [], max(0.0, limit - time.monotonic()))
            piece = os.read(shell.stdout.fileno(), 65536) if ready else b""
            told += piece
            assert piece, f"{'It failed' if ready else 'It takes too long'}:\n{block}\n{told.decode(errors='replace')}"
        return told.decode(errors="replace").removesuffix(f"{END}\n")


@contextmanager
def machine(home: Path, hosts: str, **environment: str) -> Iterator[Session]:
    """Root's shell on it. `hosts` are names that lead to it; `home` is an empty folder.

    Raises:
        RuntimeError: the system lets us have none.
    """
    if os.geteuid() != 0:
        raise RuntimeError("This test needs a machine of its own (namespaces, overlay): run it as root.")
    python = Path(sys.executable).resolve()
    folders = {str(folder) for place in (python, ROOT / "x") for folder in place.parents if folder != Path("/")}
    script = SET_UP.format(home=home, root=ROOT, folders=" ".join(sorted(folders)))
    apart = ("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--uts")
    with subprocess.Popen([*apart, "sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as init:
        try:
            assert init.stdout is not None
            if (first := init.stdout.readline()) != b"ready\n":
                raise RuntimeError(f"No machine could be made: {(first + init.stdout.read()).decode()}")
            with _shell(init.pid, environment) as shell:
                session = Session(shell)
                session.run(f"set -eu; umask 022; echo '127.0.0.1 localhost {hosts}' > /etc/hosts")
                session.run(_program("systemctl"))
                yield session
        finally:
            init.kill()


def _program(name: str) -> str:
    """Put our stand-in in the place of this program."""
    text = f'#!/bin/sh\nexec {shlex.join([sys.executable, str(Path(__file__).with_name(f"{name}.py"))])} "$@"\n'
    return f"printf %s {shlex.quote(text)} > /usr/local/sbin/{name}; chmod +x /usr/local/sbin/{name}"


@contextmanager
def _shell(parent: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    first = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[0]
    enter = ("nsenter", "--target", first, "--mount", "--net", "--pid", "--uts", "--root", "--wd=/")
    known = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", **environment}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen([*enter, "bash", "--norc"], env=known, **pipes) as shell:  # type: ignore[call-overload]
        try:
            yield shell
        finally:
            shell.kill()
