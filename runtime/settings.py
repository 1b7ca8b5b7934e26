"""Everything that the environment may decide, read once and frozen."""

from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.errors import CannotStart

DRIVERS = {
    "postgres://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "postgresql+asyncpg://": "postgresql+asyncpg://",
    "sqlite://": "sqlite+aiosqlite://",
    "sqlite+aiosqlite://": "sqlite+aiosqlite://",
}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
NAMES_ONLY = ("DATABASE_URL",)  # their values hold passwords and are never shown


class SettingsError(CannotStart):
    """The environment says something that cannot be."""


def _address(value: str) -> str:
    host, separator, port = value.rpartition(":")
    if not (host and separator and port.isdecimal() and int(port) < 65536):
        raise ValueError("must be host:port, like temporal.example.org:7233")
    return value


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("must be a time zone like Asia/Jakarta, Asia/Makassar or Asia/Jayapura")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def _with_asynchronous_driver(value: str) -> str:
    for prefix, driver in DRIVERS.items():
        if value.startswith(prefix):
            # libpq's word for encryption is sslmode, asyncpg's is ssl
            return driver + value.removeprefix(prefix).replace("sslmode=", "ssl=")
    raise ValueError("must begin with postgresql:// or sqlite:///")


Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """The settings of one process. Each is named JENJANG_ and its field, but for the names that everyone uses.

    `database_url` is always a SQLAlchemy address with an asynchronous driver. `temporal_address` is None where the
    embedded server is meant. `zone` is the agency's own. A port of 0 switches the metrics of a worker off.
    """

    model_config = SettingsConfigDict(
        env_prefix="JENJANG_",
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        validate_default=True,
    )

    data_dir: Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] = Path("var")
    database_url: Annotated[str, AfterValidator(_with_asynchronous_driver)] = Field(
        default_factory=lambda known: f"sqlite:///{known['data_dir'] / 'jenjang.db'}",
        validation_alias="DATABASE_URL",
        repr=False,
    )

    temporal_address: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None, validation_alias="TEMPORAL_ADDRESS"
    )
    temporal_namespace: str = Field(default="default", validation_alias="TEMPORAL_NAMESPACE", min_length=1)
    temporal_binary: Path | None = None
    temporal_port: Port = 7233
    temporal_ui_port: Port = 8233
    task_queue: str = Field(default="jenjang", min_length=1)

    zone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"

    host: str = Field(default="127.0.0.1", min_length=1)
    port: Port = 8080
    public_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default_factory=lambda known: f"http://{known['host']}:{known['port']}"
    )
    secure_cookies: bool = Field(default_factory=lambda known: known["public_url"].startswith("https://"))

    worker_processes: int = Field(default=1, ge=1, le=64)
    worker_metrics_host: str = "127.0.0.1"
    worker_metrics_port: Port = 9464
    temporal_metrics_port: Port = 9465
    log_level: Annotated[str, AfterValidator(_log_level)] = "INFO"

    @property
    def log_dir(self) -> Path:
        """Where `up` keeps what its processes write."""
        return self.data_dir / "log"

    def temporal(self) -> str:
        """Where the Temporal server is: the named cluster, else the embedded one of this machine."""
        return self.temporal_address or f"127.0.0.1:{self.temporal_port}"

    def environment(self) -> dict[str, str]:
        """These settings as a child process reads them."""
        values = self.model_dump(mode="json", exclude_none=True)
        fields = type(self).model_fields
        return {_variable(str(fields[name].validation_alias or name)): str(value) for name, value in values.items()}


def _variable(field: str) -> str:
    return field if field.isupper() else f"JENJANG_{field.upper()}"


def load_settings() -> Settings:
    """The settings of this process, from its environment.

    Raises:
        SettingsError: with one sentence on the first value that cannot be.
    """
    try:
        return Settings()
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        name = _variable(str(first["loc"][0]))
        value = "" if name in NAMES_ONLY else f" is {first['input']!r}, but"
        reason = first["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        reason = reason.replace("String should have", "must have").partition(", unable to")[0]
        raise SettingsError(f"{name}{value} {reason}.") from None
