"""A database of PostgreSQL as a store, by PostgreSQL's own programs: they know how, and their dumps outlive versions."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

from console.backup.stores import CannotCopy

EMPTY = """
DO $$
DECLARE held record;
BEGIN
    FOR held IN
        SELECT DISTINCT given.grantee::regrole::text AS role,
            CASE kept.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END AS kind
        FROM pg_default_acl AS kept, aclexplode(kept.defaclacl) AS given
        WHERE kept.defaclrole = current_user::regrole AND kept.defaclnamespace = 0
        AND given.grantee NOT IN (0, kept.defaclrole)
    LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES REVOKE ALL ON %s FROM %s', held.kind, held.role);
    END LOOP;
END $$;
DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC
"""
"""Without the owner's default rights too, which the dump sets again at its end: a table that were made under them would give
the serving role rights that it had been denied, over the record first of all."""
OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"""
"""Sessions of somebody: PostgreSQL's own workers, which clean up, belong to nobody."""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """`name` is its dump's in the archive."""

    name: str
    url: URL = field(repr=False)

    @property
    def place(self) -> str:
        return f"{self.url.database} at {self.url.host}:{self.url.port or 5432}"

    def revision(self) -> str:
        return self._ask("SELECT version_num FROM alembic_version")

    def copy(self, target: Path) -> None:
        """What was committed at its beginning (pg_dump reads one snapshot), whoever writes meanwhile."""
        self._run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")

    def in_use(self) -> bool:
        return self._ask(OTHERS) != "0"

    def holds_data(self) -> bool:
        return self._ask(TABLES) != "0"

    def put(self, copy: Path, aside: Path) -> None:
        """In one transaction, so that it is the old database or the new one. What was there is gone: PostgreSQL keeps no copy."""
        script = copy.with_suffix(".sql")
        self._run("pg_restore", "--no-owner", f"--file={script}", str(copy), connected=False)
        self._run("psql", *QUIETLY, "--single-transaction", f"--command={EMPTY}", f"--file={script}")
        script.unlink()

    def _ask(self, question: str) -> str:
        return self._run("psql", *QUIETLY, "--tuples-only", "--no-align", f"--command={question}").strip()

    def _run(self, name: str, *arguments: str, connected: bool = True) -> str:
        environment = {**os.environ, **(self._connection() if connected else {})}
        done = subprocess.run(
            [_program(name), *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = done.stderr.strip().partition("\n")[0]
            raise CannotCopy(f"{name} failed for the database {self.place}: {said}")
        return done.stdout

    def _connection(self) -> dict[str, str]:
        """By the environment: arguments of programs can be read by everybody on the machine."""
        known = {
            "PGHOST": self.url.host,
            "PGPORT": self.url.port and str(self.url.port),
            "PGUSER": self.url.username,
            "PGPASSWORD": self.url.password,
            "PGDATABASE": self.url.database,
            "PGSSLMODE": self.url.query.get("ssl"),
        }
        return {name: str(value) for name, value in known.items() if value}


QUIETLY = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotCopy(
            f"There is no {name} here. Install PostgreSQL's client programs, as new as the server at least."
        )
    return found
