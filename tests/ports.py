"""Ports for programs that are dead for a while."""

import secrets

from runtime.embedded import FIRST_PORT, is_free

FIRST = 10_000


def kept_port() -> int:
    """One that `free_port` never gives: no other test takes it while its program is dead, and answers in its place."""
    while not is_free(port := FIRST + secrets.randbelow(FIRST_PORT - FIRST)):
        continue
    return port
