"""The second step of signing in: an authenticator app, and recovery codes for when it is lost."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters import one_time_codes
from adapters.database.columns import table_of
from adapters.database.desk.accounts import KEY, PENDING, SESSION, TOKEN, digest, end
from adapters.database.desk.register import ACCOUNT
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note
from adapters.database.engine import Session, open_sessions
from adapters.database.tables import signing_in
from adapters.guesses import CODES, Count, Guesses, TooManyTries
from adapters.sealing import CannotOpen, Sealer

log = structlog.get_logger(__name__)
STEP, CODE = table_of(signing_in.SecondStep), table_of(signing_in.RecoveryCode)


class SecondSteps:
    """Sets the second step up, asks for it, and takes it away. `sealer` is asked for when a secret is written or read."""

    def __init__(self, engine: AsyncEngine, sealer: Callable[[], Sealer], guesses: Guesses) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._sealer, self._guesses = sealer, guesses

    async def since(self, account: str) -> datetime | None:
        """Since when a code is asked for, if it is."""
        async with self._reading() as session:
            found: datetime | None = await session.scalar(
                select(ACCOUNT.c.second_step_at).where(ACCOUNT.c.id == account)
            )
        return found

    async def codes_left(self, account: str) -> int:
        """How many recovery codes were not used yet."""
        query = select(CODE.c.code_hash).where(CODE.c.account_id == account, CODE.c.used_at.is_(None))
        async with self._reading() as session:
            return len((await session.scalars(query)).all())

    async def begin(self, account: str, now: datetime) -> None:
        """Make a secret for an app. It counts once a code has confirmed it; where one counts already, nothing changes.

        Raises:
            CannotOpen: there is no key to seal it with.
        """
        async with self._writing.begin() as session:
            if await session.scalar(select(ACCOUNT.c.second_step_at).where(ACCOUNT.c.id == account)) is not None:
                return
            await session.execute(delete(STEP).where(STEP.c.account_id == account))
            sealed = self._sealer().seal(one_time_codes.new_secret(), account)
            await session.execute(insert(STEP).values(account_id=account, sealed=sealed, used_step=0, made_at=now))

    async def unconfirmed(self, account: str) -> str | None:
        """The secret that waits to be confirmed."""
        query = select(STEP.c.sealed).join(ACCOUNT, ACCOUNT.c.id == STEP.c.account_id)
        async with self._reading() as session:
            sealed = await session.scalar(query.where(STEP.c.account_id == account, ACCOUNT.c.second_step_at.is_(None)))
        try:
            return self._sealer().open(sealed, account) if sealed else None
        except CannotOpen:
            return None  # its key is gone: a new one is made instead

    async def confirm(
        self, account: str, code: str, keep: str, now: datetime, origin: Origin = NOWHERE
    ) -> tuple[str, ...] | None:
        """The recovery codes, if this is a code of the secret that waits: from now on a code is asked for.

        Whatever was opened without one ends, but for the credential `keep`. None where the code does not fit.
        """
        await self._guesses.take(Count(CODES, (account,)))
        async with self._writing.begin() as session:
            waits = await session.scalar(select(ACCOUNT.c.second_step_at).where(ACCOUNT.c.id == account)) is None
            if not waits or not await self._uses_code(session, account, code, now):
                return None
            await session.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(second_step_at=now))
            await end(session, account, now, (SESSION, PENDING, TOKEN, KEY), keep)
            await note(session, Deed.SECOND_STEP_SET_UP, now, account, origin=origin)
            return await _fresh_codes(session, account)

    async def passes(self, account: str, code: str, now: datetime, origin: Origin = NOWHERE) -> bool:
        """Whether this is the code of the app now, or a recovery code. Either is used up by it.

        Raises:
            TooManyTries: too many codes were tried lately.
        """
        count = Count(CODES, (account,))
        try:
            await self._guesses.take(count)
        except TooManyTries:
            if await self._guesses.is_news(count):
                async with self._writing.begin() as session:
                    await note(session, Deed.TOO_MANY_TRIES, now, account, origin=origin, about="code")
            raise
        async with self._writing.begin() as session:
            if await self._uses_code(session, account, code, now):
                return True
            if await _uses_recovery_code(session, account, code, now):
                await note(session, Deed.RECOVERY_CODE_USED, now, account, origin=origin)
                return True
            await note(session, Deed.REFUSED, now, account, origin=origin, about="code")
        return False

    async def renew_codes(self, account: str, now: datetime, origin: Origin = NOWHERE) -> tuple[str, ...]:
        """Other recovery codes; those of before open nothing any more."""
        async with self._writing.begin() as session:
            await note(session, Deed.RECOVERY_CODES_MADE, now, account, origin=origin)
            return await _fresh_codes(session, account)

    async def remove(
        self, account: str, now: datetime, *, by: str | None = None, keep: str = "", origin: Origin = NOWHERE
    ) -> bool:
        """Ask for no code any more; False where none was asked for. `by` another: whoever lost the app; every session ends."""
        async with self._writing.begin() as session:
            was = update(ACCOUNT).where(ACCOUNT.c.id == account, ACCOUNT.c.second_step_at.is_not(None))
            if await session.scalar(was.values(second_step_at=None).returning(ACCOUNT.c.id)) is None:
                return False
            await session.execute(delete(STEP).where(STEP.c.account_id == account))
            await session.execute(delete(CODE).where(CODE.c.account_id == account))
            await end(session, account, now, (SESSION, PENDING, TOKEN), keep)
            deed = Deed.SECOND_STEP_RESET if by else Deed.SECOND_STEP_REMOVED
            await note(session, deed, now, account, by=by, origin=origin)
        return True

    async def _uses_code(self, session: Session, account: str, code: str, now: datetime) -> bool:
        """Whether it is the code of a step that was not used yet, which is then used."""
        row = (
            await session.execute(select(STEP.c.sealed, STEP.c.used_step).where(STEP.c.account_id == account))
        ).first()
        if row is None:
            return False
        sealer = self._sealer()
        try:
            secret = sealer.open(row.sealed, account)
        except CannotOpen as why:
            log.error("second_step_sealed", account=account, why=str(why))
            return False  # recovery codes still open
        step = one_time_codes.matching_step(secret, code, now, row.used_step)
        if step is None:
            return False
        sealed = sealer.seal(secret, account) if sealer.is_old(row.sealed) else row.sealed
        fresh = update(STEP).where(STEP.c.account_id == account, STEP.c.used_step < step)
        fresh = fresh.values(used_step=step, sealed=sealed)
        return await session.scalar(fresh.returning(STEP.c.account_id)) is not None


async def _uses_recovery_code(session: Session, account: str, code: str, now: datetime) -> bool:
    unused = (CODE.c.account_id == account, CODE.c.used_at.is_(None))
    change = update(CODE).where(CODE.c.code_hash == digest(one_time_codes.plain(code)), *unused).values(used_at=now)
    return await session.scalar(change.returning(CODE.c.account_id)) is not None


async def _fresh_codes(session: Session, account: str) -> tuple[str, ...]:
    await session.execute(delete(CODE).where(CODE.c.account_id == account))
    codes = one_time_codes.new_recovery_codes()
    rows: Sequence[dict[str, str]] = [
        {"code_hash": digest(one_time_codes.plain(code)), "account_id": account} for code in codes
    ]
    await session.execute(insert(CODE), rows)
    return codes
