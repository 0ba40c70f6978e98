"""What the installation may choose: read from the environment, `RONDE_…`, and nowhere else."""

from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

OWN_DATABASE = "sqlite:///ronde.db"
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class Encryption(StrEnum):
    """How the way to the mail server is kept from others."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Settings(BaseSettings):
    """The settings of this installation, each with a default that works on a laptop."""

    model_config = SettingsConfigDict(env_prefix="RONDE_", frozen=True)

    database_url: str = OWN_DATABASE
    public_url: str = Field("http://localhost:8000", pattern=r"^https?://[^/\s]+$")
    """Where people reach the service; what stands in links. The address that a request names is never believed."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks of the proxies before the service: only what they say of a client's address is believed."""
    metrics_address: str | None = Field(None, pattern=r"^[^\s]+:\d{1,5}$")
    """ADDRESS:PORT of `/metrics`, which is nowhere else; None: nowhere."""
    secret: SecretStr | None = Field(None, min_length=32)
    """What private links are made with; None: one is made and kept in the database."""
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_encryption: Encryption = Encryption.STARTTLS
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    solver_memory_mb: int = Field(4096, ge=512, le=1 << 20)
    """What one search may use; when it needs more it fails, and nothing else does."""
    solver_cores: int | None = Field(None, ge=1)
    """With how many threads a search works; None: all cores but one, which is left to the web."""
    mail_from: str = "no-reply@ronde.invalid"
    mail_folder: Path = Path("mail")
    """Where messages are written, as `.eml`, when no mail server is named."""

    erasure_list: Path = Path("ronde-erasures.jsonl")
    """The ids of all who were erased; kept beside the backups, which must not bring them back."""

    @property
    def names_a_database(self) -> bool:
        """Whether the environment names a database; if not, `ronde plan` keeps one beside what it writes."""
        return "database_url" in self.model_fields_set

    @property
    def names_a_post(self) -> bool:
        """Whether the environment says where letters go; if not, the machine that serves keeps them in its folder."""
        return self.smtp_host is not None or "mail_folder" in self.model_fields_set

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over https, perhaps through a proxy."""
        return self.public_url.startswith("https:")

    @property
    def host_name(self) -> str:
        """The name of the machine in the public address."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_development(self) -> bool:
        """Whether only people at this machine reach the service."""
        return self.host_name in LOCAL_NAMES
