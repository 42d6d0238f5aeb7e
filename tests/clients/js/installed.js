// An app that any workspace can install: OAuth on Bolt for JavaScript, its installations in files.
import { App, FileInstallationStore } from '@slack/bolt';

const { env } = process;
const installationStore = new FileInstallationStore({ baseDir: `${env.STORE_DIR}/` });

const app = new App({
  signingSecret: env.SLACK_SIGNING_SECRET,
  clientId: env.SLACK_CLIENT_ID,
  clientSecret: env.SLACK_CLIENT_SECRET,
  stateSecret: 'lunch-is-at-noon',
  scopes: ['chat:write', 'im:history'],
  redirectUri: `http://127.0.0.1:${env.PORT}/slack/oauth_redirect`,
  installationStore,
  installerOptions: {
    authorizationUrl: env.SLACK_AUTHORIZE_URL,
    redirectUriPath: '/slack/oauth_redirect',
  },
  clientOptions: { slackApiUrl: env.SLACK_API_URL },
});

app.message('hello', async ({ say, context }) => {
  await say(`Hello from ${context.teamId}`);
});

app.event('app_uninstalled', async ({ context }) => {
  await installationStore.deleteInstallation({
    teamId: context.teamId,
    enterpriseId: context.enterpriseId,
    isEnterpriseInstall: context.isEnterpriseInstall,
  });
});

await app.start(env.PORT);
console.log('Lunch is running');
