"""Stands where `systemctl` would on a machine without systemd: reads the units as they were installed, and does what they say.

It knows what the document and the units use, and refuses everything else. Debian's own two services it starts by their programs.
"""

import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

UNITS = (Path("/etc/systemd/system"), Path("/usr/lib/systemd/system"), Path("/lib/systemd/system"))
STATE = Path("/run/services")
CLUSTER = "$(ls /usr/lib/postgresql | sort -V | tail -n 1) main"
DEBIAN = {
    "postgresql": {
        # The package makes a cluster when it is installed.
        "start": f"pg_lsclusters -h | grep -q . || pg_createcluster {CLUSTER}; pg_ctlcluster {CLUSTER} start",
        "stop": f"pg_ctlcluster {CLUSTER} stop",
    },
    "nginx": {"start": "nginx", "stop": "nginx -s quit; sleep 1", "reload": "nginx -s reload"},
}
Unit = dict[str, list[str]]
done = set[str]()
"""What was started by this call: a service that several need is started once for all of them."""


def read(name: str) -> Unit:
    """All settings of a unit, with those that its prefix has in common; a setting that is empty forgets those before."""
    file = next((folder / name for folder in UNITS if (folder / name).is_file()), None)
    if file is None:
        sys.exit(f"Unit {name} not found.")
    folders = [folder / f"{part}.d" for folder in UNITS for part in ({f"{name.partition('-')[0]}-.service", name})]
    found: Unit = defaultdict(list)
    for one in (file, *sorted(path for folder in folders for path in folder.glob("*.conf"))):
        for line in one.read_text().splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith(("#", ";")):
                found[key.strip()].append(value.strip())
    return found


def environment(unit: Unit) -> dict[str, str]:
    known = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8"}
    given = shlex.split(" ".join(unit["Environment"]))
    for file in unit["EnvironmentFile"]:
        given += [shlex.split(line)[0] for line in Path(file.lstrip("-")).read_text().splitlines() if "=" in line[1:]]
    return known | {key: value for key, _, value in (one.partition("=") for one in given)}


def spawn(name: str, unit: Unit, command: str) -> "subprocess.Popen[bytes]":
    known, argv = environment(unit), []
    for word in shlex.split(command):
        argv += shlex.split(known.get(word[1:], "")) if word.startswith("$") else [word]
    user = unit["User"][-1] if unit["User"] else "root"
    group = pwd.getpwnam(user).pw_gid
    with (STATE / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            argv,
            env=known,
            cwd=(unit["WorkingDirectory"] or ["/"])[-1],
            user=user,
            group=group,
            extra_groups=[group],
            umask=int((unit["UMask"] or ["0022"])[-1], 8),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def running(name: str) -> int:
    """The process id of the service, or 0."""
    file = STATE / f"{name}.pid"
    number = int(file.read_text()) if file.exists() else 0
    return number if number and Path(f"/proc/{number}").exists() else 0


def start(name: str) -> None:
    service = name.removesuffix(".service")
    if service in DEBIAN:
        # Debian starts its services when they are installed, and a second start does nothing.
        if not (STATE / service).exists():
            shell(DEBIAN[service]["start"])
            (STATE / service).touch()
        return
    if name.endswith(".timer"):
        read(name)
        return
    unit = read(f"{service}.service")
    if running(service):
        return
    for needed in shlex.split(" ".join(unit["Requires"] + unit["Wants"])):
        if needed.endswith(".service"):
            start(needed)
    if service in done:
        return
    done.add(service)
    process = spawn(service, unit, unit["ExecStart"][-1])
    if (unit["Type"] or ["simple"])[-1] != "oneshot":
        (STATE / f"{service}.pid").write_text(str(process.pid))
        return
    codes = [process.wait(), *(spawn(service, unit, command).wait() for command in unit["ExecStartPost"])]
    if any(codes):
        sys.exit(f"Job for {service}.service failed:\n{(STATE / f'{service}.log').read_text()}")


def stop(name: str) -> None:
    service = name.removesuffix(".service")
    if service in DEBIAN:
        if (STATE / service).exists():
            shell(DEBIAN[service]["stop"])
            (STATE / service).unlink()
        return
    patience = float((read(f"{service}.service")["TimeoutStopSec"] or ["90"])[-1].removesuffix("s"))
    if number := running(service):
        os.kill(number, signal.SIGTERM)
    end = time.monotonic() + patience
    while running(service):
        if time.monotonic() > end:
            sys.exit(f"{service} did not stop within {patience:.0f} s.")
        time.sleep(0.1)


def shell(command: str) -> None:
    with (STATE / "debian.log").open("ab") as log:
        code = subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    if code.returncode:
        sys.exit(f"{command}: {(STATE / 'debian.log').read_text()}")


def enable(name: str) -> None:
    if name not in DEBIAN and not read(name if name.endswith(".timer") else f"{name}.service")["WantedBy"]:
        sys.exit(f"The unit {name} has no [Install] section: nothing would start it.")


def main(verb: str, *rest: str) -> None:
    STATE.mkdir(exist_ok=True)
    names = [name for name in rest if name != "--now"]
    if verb == "enable":
        for name in names:
            enable(name)
    elif verb == "reload":
        for name in names:
            shell(DEBIAN[name]["reload"])
    elif verb not in ("start", "stop", "restart", "daemon-reload"):
        sys.exit(f"The stand-in for systemctl does not know {verb}.")
    for name in names:
        if verb in ("stop", "restart"):
            stop(name)
        if verb in ("start", "restart") or "--now" in rest:
            start(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
