"""compose.yaml starts what there is: a database, a web and two workers, with commands and settings that exist."""

from pathlib import Path

import yaml
from typer.testing import CliRunner

from app.cli import command_line
from app.config import Settings

ROOT = Path(__file__).resolve().parents[1]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OURS = {name: one for name, one in SERVICES.items() if "build" in one}


def test_there_is_postgresql_one_web_and_two_workers() -> None:
    assert SERVICES["database"]["image"].startswith("postgres:")
    assert set(OURS) == {"migrate", "web", "worker"}
    assert SERVICES["worker"]["deploy"] == {"replicas": 2}
    assert "pg_isready" in SERVICES["database"]["healthcheck"]["test"][1]
    assert "/readyz" in SERVICES["web"]["healthcheck"]["test"][-1]


def test_its_commands_and_their_options_exist() -> None:
    for name, service in OURS.items():
        command, *options = service["command"]
        told = CliRunner().invoke(command_line(), [command, "--help"])
        assert told.exit_code == 0, name
        assert all(option in told.stdout for option in options if option.startswith("--"))


def test_its_settings_exist_and_name_a_postgresql() -> None:
    known = {f"RONDE_{field.upper()}" for field in Settings.model_fields}

    for service in OURS.values():
        assert set(service["environment"]) <= known
        assert service["environment"]["RONDE_DATABASE_URL"].startswith("postgresql+psycopg://")


def test_nobody_starts_before_the_schema_is_there() -> None:
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
