// What Slack's client for JavaScript does above single calls; prints what it got as one line of JSON.
import { WebClient } from '@slack/web-api';

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN: token, CHANNEL: channel } = process.env;
const client = new WebClient(token, { slackApiUrl });

const names = [];
for await (const page of client.paginate('users.list', { limit: 1 })) {
  names.push(...page.members.map((member) => member.name));
}

const uploaded = await client.files.uploadV2({
  channel_id: channel,
  file: Buffer.from('menu\n'),
  filename: 'menu.txt',
});

const posted = await client.chat.postMessage({ channel, text: 'after a while' });

const recipient = { recipient_team_id: process.env.TEAM, recipient_user_id: process.env.PERSON };
const stream = client.chatStream({ channel, thread_ts: posted.ts, buffer_size: 8, ...recipient });
for (const words of ['Soup, ', 'then ', 'a **leek** tart.']) {
  await stream.append({ markdown_text: words });
}
const streamed = await stream.stop();

const impatient = new WebClient(token, { slackApiUrl, rejectRateLimitedCalls: true });
const refused = await impatient.auth.test().catch((error) => error);

console.log(
  JSON.stringify({
    names,
    file: uploaded.files[0].files[0].id,
    ts: posted.ts,
    streamed: streamed.ts,
    refused: [refused.code, refused.retryAfter],
  }),
);
