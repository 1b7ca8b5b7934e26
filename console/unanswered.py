"""What a command says when the database does not answer it: an operator at night needs a sentence, and no traceback."""

from sqlalchemy.exc import DBAPIError

from adapters.database.engine import is_away

NO_TABLE = "42P01"
REMEDY = "Is it running, are DATABASE_URL and PGPASSWORD right, and has `jenjang migrate` run?"


def told(failed: Exception) -> str | None:
    """One sentence, where this means that the database is down, refuses us or is empty; None for everything else."""
    if isinstance(failed, ConnectionError):
        return f"The database does not answer: {failed.strerror or failed}. {REMEDY}"
    # Of exactly this class is what PostgreSQL refuses before there is a connection: the role, its password, the database.
    if isinstance(failed, DBAPIError) and (type(failed) is DBAPIError or is_away(failed) or _empty(failed)):
        said = str(failed.orig).partition("\n")[0]
        return f"The database does not answer: {said}. {REMEDY}"
    return None


def _empty(failed: DBAPIError) -> bool:
    return getattr(failed.orig, "sqlstate", None) == NO_TABLE
