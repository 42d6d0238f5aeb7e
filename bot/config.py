"""The settings: every variable typed, with its unit, from the environment; secrets masked."""

from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.secret import secret_in


def _variable(name: str) -> AliasChoices:
    """Read from this variable of the environment, or given by the same name in lower case."""
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """What an operator may set. `docs/settings.md` lists the variables."""

    model_config = SettingsConfigDict(env_prefix="STUDIO_", extra="ignore")

    slack_bot_token: SecretStr | None = Field(None, validation_alias=_variable("SLACK_BOT_TOKEN"))
    """`xoxb-…`, of the app installed in the workspace."""
    slack_app_token: SecretStr | None = Field(None, validation_alias=_variable("SLACK_APP_TOKEN"))
    """`xapp-…` with the scope connections:write, for Socket Mode."""
    slack_api_url: str = Field(
        "https://slack.com/api/", validation_alias=_variable("SLACK_API_URL")
    )
    data_dir: Path = Path("var")
    """Where the database and the images lie unless the two URLs say otherwise."""
    database_url: str = Field("", validation_alias=_variable("DATABASE_URL"))
    """Of SQLAlchemy's form; empty for `studio.db` in the data folder."""
    blob_url: str = Field("", validation_alias=_variable("BLOB_URL"))
    """`file:///…` or an object store's; empty for `blobs` in the data folder."""
    monthly_budget_credits: int = Field(1000, ge=0)
    """What a new workspace may spend in a calendar month."""
    proposal_lifetime_hours: float = Field(24, gt=0)
    """How long a card waits for a decision."""
    queue_poll_seconds: float = Field(0.2, gt=0)
    """How often a worker looks for jobs; the most that a job waits for an idle one."""
    concurrent_jobs: int = Field(8, ge=1)
    """How many jobs of one provider run at once in this process."""
    sweep_seconds: float = Field(5, gt=0)
    """How often expired proposals, cards that are behind and stranded jobs are looked for."""
    models_file: Path | None = None
    """Models of the operator's own, and what is different about ours: `docs/providers.md`."""
    secret_key: SecretStr | None = None
    """Fernet keys, separated by commas, that seal the workspaces' own keys for providers.

    Without one, a file in the data folder holds it; several machines must share one.
    """
    log_level: str = "INFO"

    @property
    def database(self) -> str:
        """The database's URL, given or in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'studio.db'}"

    @property
    def blobs(self) -> str:
        """The image store's URL, given or in the data folder."""
        return self.blob_url or f"file://{self.data_dir.absolute() / 'blobs'}"

    def secret(self) -> str:
        """The Fernet keys that seal workspaces' own keys, given or in the data folder."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return secret_in(self.data_dir)
