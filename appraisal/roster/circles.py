"""Circles in 'who is above whom'."""

from collections.abc import Iterator, Mapping


def circles(above: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """Every circle once, in the order of `above`; each key has at most one above it, so one walk finds them all."""
    done: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = above.get(at)
        if at in path:
            yield tuple(path)[path[at] :]
        done.update(path)
