"""An app for any workspace: OAuth on Bolt for Python, its installations in a database or files."""

import os
from pathlib import Path
from typing import Any

from slack_bolt import App, Say
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import FileInstallationStore, InstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import create_engine

CLIENT_ID = os.environ["SLACK_CLIENT_ID"]
PORT = int(os.environ["PORT"])
STATE_SECONDS = 600


def stores() -> tuple[InstallationStore, OAuthStateStore]:
    """Where installations and the states of the flow are kept."""
    if "DATABASE_URL" not in os.environ:
        folder = Path(os.environ["STORE_DIR"])
        installations = FileInstallationStore(base_dir=str(folder), client_id=CLIENT_ID)
        states = FileOAuthStateStore(
            expiration_seconds=STATE_SECONDS, base_dir=str(folder / "states"), client_id=CLIENT_ID
        )
        return installations, states
    engine = create_engine(os.environ["DATABASE_URL"])
    in_sql = SQLAlchemyInstallationStore(client_id=CLIENT_ID, engine=engine)
    states_in_sql = SQLAlchemyOAuthStateStore(expiration_seconds=STATE_SECONDS, engine=engine)
    in_sql.create_tables()  # type: ignore[no-untyped-call]
    states_in_sql.metadata.create_all(engine)
    return in_sql, states_in_sql


installation_store, state_store = stores()
client = WebClient(base_url=os.environ["SLACK_API_URL"])
settings = OAuthSettings(
    client_id=CLIENT_ID,
    client_secret=os.environ["SLACK_CLIENT_SECRET"],
    scopes=["chat:write", "im:history"],
    redirect_uri=f"http://127.0.0.1:{PORT}/slack/oauth_redirect",
    authorization_url=os.environ["SLACK_AUTHORIZE_URL"],
    installation_store=installation_store,
    state_store=state_store,
)
app = App(signing_secret=os.environ["SLACK_SIGNING_SECRET"], client=client, oauth_settings=settings)
app.enable_token_revocation_listeners()
assert isinstance(settings.authorize, InstallationStoreAuthorize)
assert settings.authorize.token_rotator is not None
settings.authorize.token_rotator.client = client  # Bolt leaves this one at slack.com


@app.message("hello")
def greet(say: Say, context: dict[str, Any]) -> None:
    say(f"Hello from {context['team_id']}")


if __name__ == "__main__":
    app.start(port=PORT)
