"""The optimiser's plan for the seats, worked out beside the worker: its loop goes on, and what takes too long is ended."""

import asyncio
import json
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from appraisal.seats.prices import NO_QUOTA, Network, Prices, Solved

ROOT = Path(__file__).resolve().parent.parent
TO_START = timedelta(seconds=5)
"""What the program may take beside solving: loading the library, reading and writing."""


class SeatOptimiser:
    """Implements activities.ports.Optimiser."""

    async def solve(self, net: Network, within: timedelta) -> Solved | None:
        """The solver's answer; None where there is none within this time. A failure of the program is raised."""
        if not net.kinds:
            return _nothing(net)
        question = json.dumps({**asked(net), "seconds": within.total_seconds()}).encode()
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "adapters.seat_solver")
        program = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)
        try:
            async with asyncio.timeout((within + TO_START).total_seconds()):
                told, wrong = await program.communicate(question)
        except TimeoutError:
            return None
        finally:
            if program.returncode is None:
                program.kill()
                await program.wait()
        if program.returncode:
            raise RuntimeError(wrong.decode(errors="replace")[-2000:])
        found = json.loads(told)
        return None if "failed" in found else solved(net, found)


def asked(net: Network) -> dict[str, Any]:
    """The network as the solver's program reads it, without the time that it has."""
    free = [0] * len(net.kinds)
    for group in net.groups:
        free[group.kind] += len(group.people) if group.unit == NO_QUOTA else 0
    return {
        "wishes": [(kind, *wish) for kind, wanted in enumerate(net.kinds) for wish in wanted],
        "free": free,
        "groups": [(group.kind, group.unit, len(group.people)) for group in net.groups if group.unit != NO_QUOTA],
        "seats": net.seats,
        "quotas": net.quotas,
        "prices": [float(price) for price in net.prices],
        "budget": None if net.budget is None else float(net.budget),
    }


def solved(net: Network, found: dict[str, Any]) -> Solved:
    """What that program has answered."""
    limited = (number for number, group in enumerate(net.groups) if group.unit != NO_QUOTA)
    courses, units = (tuple(_price(one) for one in found[name]) for name in ("courses", "units"))
    seated = tuple((kind, course, people) for kind, course, people in found["seated"])
    chosen = dict(zip(limited, found["chosen"], strict=True))
    return Solved(seated, chosen, Prices(_price(found["rupiah"]), courses, units))


def _price(found: float) -> Decimal:
    return Decimal(f"{found:.15f}")


def _nothing(net: Network) -> Solved:
    """The answer where nobody can be given anything."""
    none = Decimal(0)
    return Solved((), {}, Prices(none, (none,) * len(net.courses), (none,) * len(net.units)))
