"""Play a year of a regency before your eyes: the real service, the sample people, and nothing but the public API."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from console.first_start import first_sign_in, sign_in_again
from console.service import Service, serving
from demo import careers, development, office, report
from demo.actor import Actor
from demo.groups import Head, Office, Session, enter_values
from demo.office import Somebody
from demo.rescuer import Rescuer
from demo.siasn import Faults, siasn
from demo.temper import temper
from demo.trainings import Trainings
from demo.voices import Voice
from runtime.embedded import free_port
from runtime.errors import CannotStart
from runtime.settings import Settings
from runtime.telemetry import configure_logging
from runtime.temporal import connect

YEAR = 2026
FAULTS = Faults(broken=0.02, lost=0.02, closed=0.01, busy=0.01, seed=YEAR)
"""How the SIASN of the rehearsal fails."""


async def main(
    employees: int = 60,
    keep: bool = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Rehearse one cycle in under two minutes.

    Args:
        employees: How many people are appraised, from 5 to 450.
        keep: Go on serving afterwards and print sign-in links.
        as_json: Let the last line be one JSON object.
    """
    if not 5 <= employees <= 450:
        raise CannotStart("The sample regency has people for --employees 5 to 450.")
    configure_logging("WARNING", process="demo")
    console = Console(stderr=as_json)
    with tempfile.TemporaryDirectory(prefix="jenjang-demo-") as folder:
        settings = settings_for(Path(folder))
        async with rehearsal(console, settings, employees) as (_, hr, found):
            if keep:
                await _keep(console, hr, settings, found["people"])
    if as_json:
        print(json.dumps(found["figures"]))
    sys.stdout.flush()


@asynccontextmanager
async def rehearsal(
    console: Console, settings: Settings, employees: int
) -> AsyncIterator[tuple[Service, Somebody, dict[str, Any]]]:
    """The service after the year has been played, while it still serves; HR; and what came of the year."""
    async with (
        siasn(FAULTS) as bkn,
        serving(settings.model_copy(update=bkn.settings()), lambda line: console.print(f"[dim]{line}[/]")) as service,
    ):
        hr = await first_officer(service)
        yield service, hr, await _year(console, hr, service.local_url, employees, service.settings)


async def first_officer(service: Service) -> Somebody:
    """HR of a new installation, signed in."""
    link = await first_sign_in(service.settings)
    assert link is not None, "a new database has no officer yet"
    return await office.sign_in(service.local_url, link.rpartition("/")[2])


def settings_for(folder: Path) -> Settings:
    """A service of its own in this folder, on ports that nobody else uses."""
    port, temporal, ui = free_port(), free_port(), free_port()
    return Settings(
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder}/jenjang.db",
        temporal_address=None,
        temporal_port=temporal,
        temporal_ui_port=ui,
        port=port,
        worker_metrics_port=0,
        temporal_metrics_port=0,
        second_step="optional",  # simulated people have no telephones
    )


async def _year(console: Console, hr: Somebody, url: str, employees: int, settings: Settings) -> dict[str, Any]:
    console.print("Importing the sample regency.")
    await office.import_sample(hr)
    people = await office.everybody(hr)
    chosen, others = office.choose(people, employees)
    console.print(f"Letting in {len(chosen) + len(others)} people.")
    actors = [await office.let_in(hr, url, person) for person in (*chosen, *others)]
    leaders = {person["supervisor_id"] for person in people}
    units = {person["id"]: person["unit_id"] for person in people}
    values = [await enter_values(who, units[who.id], YEAR) for who in actors if who.id in leaders]
    console.print(f"Heads of units have entered {sum(values)} values of their indicators.")
    committee = sorted(leaders - {None})[:3]
    await careers.prepare(hr, committee)
    console.print(f"Launching a rehearsal for {len(chosen)} of them: two periods, the year, a second look at reviews.")
    started = time.monotonic()
    cycle = await office.launch_in_full(hr, chosen, YEAR)
    rescuer, session, trainings = Rescuer(hr), Session({who.id: who for who in actors}), Trainings(hr, actors)
    voices = [Voice(who, n, who.id in leaders) for n, who in enumerate(actors)]
    board = await _play(console, (hr, rescuer, session, trainings), actors, voices, leaders, cycle)
    spread = await report.costs(await connect(settings), cycle)
    record = (await hr.get(f"cycles/{cycle}/acts"), await hr.get(f"cycles/{cycle}/periods"))
    seconds = time.monotonic() - started
    decided = await careers.decide(hr, committee, chosen)
    console.print("Sending results, courses and boxes to SIASN (a double that fails now and then).")
    sent = await office.send_to_siasn(hr, cycle)
    figures = {
        **report.figures(board, record, rescuer.done + session.done, seconds, spread, sent),
        **report.plans(await hr.get(f"nominations/{cycle}/plans")),
    }
    figures |= {
        "careers": decided,
        **await trainings.told(console, cycle),
        "development": await development.agree(actors),
    }
    report.show(console, figures, board, record[1])
    _show_what_follows(console, figures)
    report.show_voices(console, [voice.done for voice in voices], sum([await voice.shown(cycle) for voice in voices]))
    report.show_catalogue(console, await hr.get(f"catalogue/{YEAR + 1}"))
    return {"figures": figures, "people": {"actors": actors, "cycle": cycle}}


def _show_what_follows(console: Console, figures: dict[str, Any]) -> None:
    """What came of the year for careers and for the next one."""
    careers.show(console, figures["careers"])
    development.show(console, figures["development"])


async def _play(
    console: Console,
    desk: tuple[Somebody, Rescuer, Session, Trainings],
    people: list[Somebody],
    voices: list[Voice],
    leaders: set[str],
    cycle: str,
) -> dict[str, Any]:
    """Everybody at work until the cycle is closed; the last board."""
    hr, rescuer, session, trainings = desk
    over, officer = asyncio.Event(), Office(hr)
    actors = [Actor(who, n, temper(n, who.id in leaders)) for n, who in enumerate(people)]
    heads = [Head(who, n % 5 != 4, session) for n, who in enumerate(people) if who.id in leaders]
    await office.limit_trainings(hr, YEAR + 1)
    async with asyncio.TaskGroup() as group:
        group.create_task(officer.set_unit_results(cycle))
        group.create_task(officer.decide_nominations(cycle, over))
        group.create_task(rescuer.work(cycle, over))
        group.create_task(trainings.work(cycle, over))
        for actor in actors:
            group.create_task(actor.work(over))
        for head in heads:
            group.create_task(head.work(cycle, over))
        for voice in voices:
            group.create_task(voice.work(cycle, over))
        with _bars(console) as bars:
            board: dict[str, Any] = await _watch(hr, cycle, bars)
        over.set()
    return board


async def _watch(hr: Somebody, cycle: str, bars: Progress) -> dict[str, Any]:
    """Show how many cases have passed each step until none is open."""
    tasks: dict[str, Any] = {}
    while True:
        board: dict[str, Any] = await hr.get(f"cycles/{cycle}")
        left = board["participants"]
        for row in board["steps"]:
            left -= row["cases"]
            if row["step"] == "closed":
                continue
            if row["step"] not in tasks:
                tasks[row["step"]] = bars.add_task(row["step"], total=board["participants"], late=0)
            bars.update(tasks[row["step"]], completed=left, late=row["overdue"])
        if board["phase"] == "closed":
            return board
        await asyncio.sleep(1)


@contextmanager
def _bars(console: Console) -> Iterator[Progress]:
    late = TextColumn("[red]{task.fields[late]} late[/]")
    with Progress(
        TextColumn("{task.description:>16}"), BarColumn(), MofNCompleteColumn(), late, console=console
    ) as bars:
        yield bars


async def _keep(console: Console, hr: Somebody, settings: Settings, people: dict[str, Any]) -> None:
    """Go on serving, with a way in for each kind of user."""
    console.print("\nThe service goes on. Each link signs in once:")
    for role, person in (await _roles(hr, people)).items():
        link = (await hr.post(f"people/{person}/sign-in-links"))["secret"]
        console.print(f"  {role}: {settings.public_url}/sign-in/link/{link}", soft_wrap=True)
    console.print(f"  HR: {await sign_in_again(settings)}", soft_wrap=True)
    console.print("Ctrl-C stops.")
    await asyncio.Event().wait()


async def _roles(hr: Somebody, people: dict[str, Any]) -> dict[str, str]:
    cases = await hr.get(f"cycles/{people['cycle']}/cases", step="closed", limit=200)
    shown = next((one for one in cases if one["predicate"]), cases[0])  # whoever looks wants to see a result explained
    case = await hr.get(f"appraisals/{people['cycle']}/{shown['employee_id']}")
    parties = case["case"]["parties"]
    return {"an employee": parties["employee"], "a supervisor": parties["line"][0], "a head of unit": parties["head"]}
