"""Everything that the environment may decide, read once and frozen."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, model_validator
from pydantic_settings import SettingsConfigDict

from appraisal.errors import InvalidPolicy
from appraisal.policy.spans import checked_length
from runtime.errors import CannotStart
from runtime.operating import Operating
from runtime.payload_settings import PayloadSettings
from runtime.privacy_settings import PrivacySettings
from runtime.retention_settings import ARCHIVING, RetentionSettings
from runtime.setting_values import Said, demand_whole, encrypted, variable
from runtime.sign_in_settings import SignInSettings
from runtime.sign_on_settings import OIDC, SignOnSettings
from runtime.tracing_settings import TracingSettings

DRIVERS = {
    "postgres://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "postgresql+asyncpg://": "postgresql+asyncpg://",
    "sqlite://": "sqlite+aiosqlite://",
    "sqlite+aiosqlite://": "sqlite+aiosqlite://",
}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SIASN = (
    "siasn_url",
    "siasn_token_url",
    "siasn_id",
    "siasn_secret",
    "siasn_sso_url",
    "siasn_sso_id",
    "siasn_sso_secret",
)
"""What a connection with SIASN needs: all of it, or none."""
NAMES_ONLY = (
    *("DATABASE_URL", "JENJANG_PAYLOAD_KEYS", "JENJANG_SMTP_PASSWORD", "JENJANG_TEMPORAL_DATABASE_URL"),
    *("JENJANG_SIASN_SECRET", "JENJANG_SIASN_SSO_SECRET", "JENJANG_OIDC_CLIENT_SECRET"),
)
"""Their values hold passwords and are never shown."""


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


def _with_a_user_and_in_secret(value: str | None, known: ValidationInfo) -> str | None:
    if value is not None and known.data.get("smtp_user") is None:
        raise ValueError("needs JENJANG_SMTP_USER")
    if value is not None and known.data.get("smtp_security") == "none":
        raise ValueError("would travel unencrypted: JENJANG_SMTP_SECURITY must be tls or starttls")
    return value


def _sender(value: str | None, known: ValidationInfo) -> str | None:
    if value is None and known.data.get("smtp_host") is not None:
        raise ValueError("must be given with JENJANG_SMTP_HOST: the address that mail comes from")
    if value is not None and ("@" not in value or not value.isprintable()):
        raise ValueError("must be an address, like Jenjang <jenjang@example.go.id>")
    return value


def _of_siasn(value: str | None, known: ValidationInfo) -> str | None:
    return encrypted(value, known.data.get("siasn_loopback", False)).rstrip("/") if value else None


def _length_of_time(value: str) -> str:
    try:
        return checked_length(value, "")
    except InvalidPolicy as wrong:
        raise ValueError("must be a length of time, like 5 working days or PT2H") from wrong


def _in_office_hours(value: time, known: ValidationInfo) -> time:
    opens, closes = known.data.get("office_opens"), known.data.get("office_closes")
    if opens is not None and closes is not None and not opens <= value < closes:
        raise ValueError("must lie between JENJANG_OFFICE_OPENS and JENJANG_OFFICE_CLOSES")
    return value


SiasnAddress = Annotated[Said, AfterValidator(_of_siasn)]
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(
    PayloadSettings, PrivacySettings, RetentionSettings, SignInSettings, SignOnSettings, TracingSettings, Operating
):
    """The settings of one process. Each is named JENJANG_ and its field, but for the names that everyone uses.

    `database_url` is always a SQLAlchemy address with an asynchronous driver. `temporal_address` is None where the
    embedded server is meant. `zone` is the agency's own. A port of 0 switches the metrics of a worker off. Without
    `smtp_host` no mail is sent; `webhooks_private` lets messages go to addresses of the own network.
    HR should decide within `superior_reports_due` on a report that a superior is wrong. Without the addresses and clients of
    SIASN nothing is sent there; `siasn_loopback` is for tests, whose SIASN is on this machine.
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

    smtp_host: Said = None
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: Said = None
    smtp_password: Annotated[Said, AfterValidator(_with_a_user_and_in_secret)] = Field(default=None, repr=False)
    mail_from: Annotated[Said, AfterValidator(_sender)] = None
    office_opens: time = time(7, 30)
    office_closes: time = time(16)
    digest_at: Annotated[time, AfterValidator(_in_office_hours)] = time(7, 30)
    webhooks_private: bool = False
    siasn_loopback: bool = False
    siasn_url: SiasnAddress = None
    siasn_token_url: SiasnAddress = None
    siasn_id: Said = None
    siasn_secret: Said = Field(default=None, repr=False)
    siasn_sso_url: SiasnAddress = None
    siasn_sso_id: Said = None
    siasn_sso_secret: Said = Field(default=None, repr=False)
    siasn_codes: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    superior_reports_due: Annotated[str, AfterValidator(_length_of_time)] = "5 working days"

    worker_processes: int = Field(default=1, ge=1, le=64)
    worker_metrics_host: str = "127.0.0.1"
    worker_metrics_port: Port = 9464
    temporal_metrics_port: Port = 9465
    log_level: Annotated[str, AfterValidator(_log_level)] = "INFO"

    @model_validator(mode="after")
    def _whole_connections(self) -> Self:
        demand_whole(self, SIASN, "a connection with SIASN")
        demand_whole(self, OIDC, "single sign-on")
        demand_whole(self, ARCHIVING, "archiving by itself")
        return self

    @property
    def sends_to_siasn(self) -> bool:
        """Whether results can go out to SIASN."""
        return self.siasn_url is not None

    @property
    def log_dir(self) -> Path:
        """Where `up` keeps what its processes write."""
        return self.data_dir / "log"

    @property
    def site(self) -> str:
        """The host name of `public_url`, as it stands in the ids of mails."""
        return urlsplit(self.public_url).hostname or "localhost"

    def temporal(self) -> str:
        """Where the Temporal server is: the named cluster, else the embedded one of this machine."""
        return self.temporal_address or f"127.0.0.1:{self.temporal_port}"

    def environment(self) -> dict[str, str]:
        """These settings as a child process reads them."""
        values = self.model_dump(mode="json", exclude_none=True)
        fields = type(self).model_fields
        return {variable(str(fields[name].validation_alias or name)): str(value) for name, value in values.items()}


def load_settings() -> Settings:
    """The settings of this process, from its environment.

    Raises:
        SettingsError: with one sentence on the first value that cannot be.
    """
    try:
        return Settings()
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        if not first["loc"]:
            raise SettingsError(f"{first['msg'].removeprefix('Value error, ')}.") from None
        name = variable(str(first["loc"][0]))
        value = "" if name in NAMES_ONLY else f" is {first['input']!r}, but"
        reason = first["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        reason = reason.replace("String should have", "must have").partition(", unable to")[0]
        raise SettingsError(f"{name}{value} {reason}.") from None
