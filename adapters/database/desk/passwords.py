"""Passwords as argon2id, and how often they may be guessed."""

import asyncio
import functools
import secrets
from datetime import timedelta

from pwdlib import PasswordHash

from adapters.guesses import ACCOUNT, ADDRESS, SAME_DOOR, Count, Guesses

SHORTEST_PASSWORD = 12
LATELY = timedelta(days=30)
"""An address from which the account was opened so lately is not bound by what strangers try elsewhere."""
_passwords = PasswordHash.recommended()
hashing = asyncio.Semaphore(2)
"""An argon2 hash takes a core and 64 MiB; more than two at once would stop everybody else.

Guesses are counted while one holds a place: of many that come together, at most one slips past the limit.
"""


async def hashed(password: str) -> str:
    """The hash of a new password; it must have at least SHORTEST_PASSWORD characters."""
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    async with hashing:
        return await asyncio.to_thread(_passwords.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Takes as long where there is none. Whoever asks holds `hashing`."""
    against = stored if stored is not None else await asyncio.to_thread(_decoy)
    right = await asyncio.to_thread(_passwords.verify, password, against)
    return right and stored is not None


class Door:
    """The counts of one try: somebody who wants into this account (or says that it is one) from this address."""

    def __init__(self, guesses: Guesses, subject: str, address: str) -> None:
        self._guesses = guesses
        self.near, self._address = Count(SAME_DOOR, (subject, address)), Count(ADDRESS, (address,))
        self._far = Count(ACCOUNT, (subject,))

    async def demand(self) -> None:
        """TooManyTries where this address has been wrong too often."""
        await self._guesses.demand(self.near, self._address)

    async def besieged(self) -> bool:
        """Whether the account was tried too often from all addresses together."""
        return await self._guesses.full(self._far)

    async def demand_from_strangers(self) -> None:
        """TooManyTries while the account is besieged."""
        await self._guesses.demand(self._far)

    async def wrong(self) -> None:
        await self._guesses.wrong(self.near, self._address, self._far)


@functools.cache
def _decoy() -> str:
    """What unknown logins are verified against, so that the answer takes as long."""
    return _passwords.hash(secrets.token_urlsafe(8))
