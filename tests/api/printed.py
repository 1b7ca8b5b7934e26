"""What a PDF looks like in a program of its own: poppler's pdftoppm, which knows nothing of how it was made."""

import asyncio
import shutil
from pathlib import Path

WHITE, DARK = 250, 100
RESOLUTION = 50
"""Dots per inch: enough to see that there is something."""


async def pages_of(pdf: bytes, folder: Path) -> list[tuple[int, int, float]]:
    """Of each page width and height in dots, and how much of it (of 1) is not white. Something on each must be dark."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise RuntimeError("pdftoppm was not found. The tests need poppler: apt-get install poppler-utils")
    command = (program, "-r", str(RESOLUTION), "-gray", "-", str(folder / "page"))
    pipe = asyncio.subprocess.PIPE
    opened = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    _, complaints = await opened.communicate(pdf)
    assert (opened.returncode, complaints) == (0, b"")
    return _pages(folder)


def _pages(folder: Path) -> list[tuple[int, int, float]]:
    return [_page(file.read_bytes()) for file in sorted(folder.glob("page*.pgm"))]


def _page(image: bytes) -> tuple[int, int, float]:
    """A binary greymap: 'P5', width, height and the brightest value, then a byte for each dot."""
    kind, width, height, _, dots = image.split(maxsplit=4)
    assert kind == b"P5"
    assert min(dots) < DARK
    return int(width), int(height), sum(dot < WHITE for dot in dots) / len(dots)
