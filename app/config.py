"""What the installation may choose: read from the environment, `RONDE_…`, and nowhere else."""

from pydantic_settings import BaseSettings, SettingsConfigDict

OWN_DATABASE = "sqlite:///ronde.db"


class Settings(BaseSettings):
    """The settings of this installation, each with a default that works on a laptop."""

    model_config = SettingsConfigDict(env_prefix="RONDE_", frozen=True)

    database_url: str = OWN_DATABASE

    @property
    def names_a_database(self) -> bool:
        """Whether the environment names a database; if not, `ronde plan` keeps one beside what it writes."""
        return "database_url" in self.model_fields_set
