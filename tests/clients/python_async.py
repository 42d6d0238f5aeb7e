"""An app for any workspace: OAuth on Bolt for Python over asyncio, its installations in files."""

import os
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncSay
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

CLIENT_ID = os.environ["SLACK_CLIENT_ID"]
FOLDER = os.environ["STORE_DIR"]
PORT = int(os.environ["PORT"])

client = AsyncWebClient(base_url=os.environ["SLACK_API_URL"])
settings = AsyncOAuthSettings(
    client_id=CLIENT_ID,
    client_secret=os.environ["SLACK_CLIENT_SECRET"],
    scopes=["chat:write", "im:history"],
    redirect_uri=f"http://127.0.0.1:{PORT}/slack/oauth_redirect",
    authorization_url=os.environ["SLACK_AUTHORIZE_URL"],
    installation_store=FileInstallationStore(base_dir=FOLDER, client_id=CLIENT_ID),
    state_store=FileOAuthStateStore(
        expiration_seconds=600, base_dir=f"{FOLDER}/states", client_id=CLIENT_ID
    ),
)
app = AsyncApp(
    signing_secret=os.environ["SLACK_SIGNING_SECRET"], client=client, oauth_settings=settings
)
app.enable_token_revocation_listeners()
assert isinstance(settings.authorize, AsyncInstallationStoreAuthorize)
assert settings.authorize.token_rotator is not None
settings.authorize.token_rotator.client = client  # Bolt leaves this one at slack.com


@app.message("hello")
async def greet(say: AsyncSay, context: dict[str, Any]) -> None:
    await say(f"Hello from {context['team_id']}")


if __name__ == "__main__":
    app.start(port=PORT)
