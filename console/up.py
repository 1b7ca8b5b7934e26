"""`jenjang up`: the service on this machine until Ctrl-C."""

import asyncio
import signal

from rich.console import Console

from console.first_start import first_sign_in
from console.service import Service, serving
from runtime.settings import load_settings

console = Console(stderr=True, highlight=False)


async def up() -> None:
    """Serve pages, API, worker and an embedded Temporal server until Ctrl-C. What is open goes on at the next start."""
    settings = load_settings()
    _stop_at_signals()
    try:
        async with serving(settings, _report) as service:
            console.print(_addresses(service, await first_sign_in(settings)), soft_wrap=True)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        _report("Stopped. Everything is kept; the next start goes on where it was.")


def _stop_at_signals() -> None:
    """The first Ctrl-C or SIGTERM ends what runs, in order; further ones must not disturb that."""
    loop, running = asyncio.get_running_loop(), asyncio.current_task()
    told = False

    def stop() -> None:
        nonlocal told
        if not told and running is not None:
            told = True
            _report("Stopping: API first, then worker, then Temporal.")
            running.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _report(line: str) -> None:
    console.print(f"jenjang: {line}", style="dim", markup=False)


def _addresses(service: Service, sign_in: str | None) -> str:
    """Plain lines: an address that a box would break cannot be clicked."""
    settings = service.settings
    temporal = f"http://127.0.0.1:{settings.temporal_ui_port}" if service.temporal else settings.temporal_address
    lines = [
        ("Pages", settings.public_url),
        ("API", f"{settings.public_url}/api/docs"),
        ("Temporal", temporal),
        ("Data", str(settings.data_dir)),
        ("Logs", str(settings.log_dir)),
    ]
    if sign_in:
        lines.append(("Sign-in", f"{sign_in}   (HR's first, works once)"))
    rows = "\n".join(f"  {name:<10}{value}" for name, value in lines)
    return f"\n[bold]Jenjang is running. Ctrl-C stops it.[/bold]\n\n{rows}\n"
