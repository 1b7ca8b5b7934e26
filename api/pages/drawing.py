"""The geometry of what pages draw. Lengths are per cent of the drawing's width, so that a drawing fits a phone and a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appraisal.timetable import Timetable, Window

Series = Sequence[tuple[str, str]]
"""(class of the style sheet, name as people read it) of each part of a bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar."""

    css: str
    name: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a drawing; `url` leads to what it counts."""

    label: str
    parts: tuple[Part, ...]
    url: str = ""
    late: int = 0

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step on the time line: when people work on it, and how long the clock still waits after it was due."""

    window: Window
    x: float
    due: float
    end: float

    @property
    def work(self) -> float:
        return self.due - self.x

    @property
    def late(self) -> float:
        return self.end - self.due


def stacked(series: Series, counts: Sequence[int], most: int) -> tuple[Part, ...]:
    """The pieces side by side; the longest bar of the drawing counts `most`."""
    parts, x = [], 0.0
    for (css, name), count in zip(series, counts, strict=True):
        width = share(count, most)
        parts.append(Part(css, name, count, round(x, 3), width))
        x += width
    return tuple(parts)


def share(count: float, most: float) -> float:
    """Per cent of the width."""
    return round(100 * count / most, 3) if most else 0.0


def time_line(timetable: Timetable, starts_at: datetime) -> tuple[Stretch, ...]:
    """The steps between the start of the cycle and its closing."""
    whole = timetable.closes - starts_at

    def place(instant: datetime) -> float:
        return round(min(max(100 * ((instant - starts_at) / whole), 0.0), 100.0), 3)

    return tuple(Stretch(w, place(w.opens), place(w.due), place(w.end)) for w in timetable.windows)
