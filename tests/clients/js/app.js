// Takes lunch orders: written after Slack's own guides for Bolt for JavaScript.
import { App } from '@slack/bolt';

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, PORT } = process.env;
const DISHES = ['Lentil soup', 'Lasagne', 'Leek tart', 'Poke bowl', 'Pumpkin curry'];

const app = new App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  socketMode: Boolean(SLACK_APP_TOKEN),
  appToken: SLACK_APP_TOKEN,
  clientOptions: { slackApiUrl: SLACK_API_URL },
});

const plain = (text) => ({ type: 'plain_text', text });

app.message('hello', async ({ message, say }) => {
  await say({
    text: 'What would you like for lunch?',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `Hi <@${message.user}>, what would you like?` } },
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'order', text: plain('Order'), style: 'primary' }],
      },
    ],
  });
});

app.action('order', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'lunch',
      private_metadata: JSON.stringify({ channel: body.channel.id, ts: body.message.ts }),
      title: plain('Lunch'),
      submit: plain('Order'),
      blocks: [
        {
          type: 'input',
          block_id: 'dish',
          label: plain('Dish'),
          element: { type: 'external_select', action_id: 'dish', min_query_length: 2 },
        },
        {
          type: 'input',
          block_id: 'time',
          label: plain('When'),
          element: { type: 'plain_text_input', action_id: 'time' },
        },
      ],
    },
  });
});

app.options('dish', async ({ ack, options }) => {
  const typed = options.value.toLowerCase();
  const found = DISHES.filter((dish) => dish.toLowerCase().includes(typed));
  await ack({ options: found.map((dish) => ({ text: plain(dish), value: dish })) });
});

app.view('lunch', async ({ ack, view, client }) => {
  const { dish, time } = view.state.values;
  if (!/^\d\d:\d\d$/.test(time.time.value)) {
    await ack({ response_action: 'errors', errors: { time: 'Write it as 12:30' } });
    return;
  }
  await ack();
  const { channel, ts } = JSON.parse(view.private_metadata);
  const chosen = dish.dish.selected_option.value;
  const papers = ['receipt', 'menu', 'allergens'];
  await client.files.uploadV2({
    channel_id: channel,
    thread_ts: ts,
    initial_comment: `${chosen} at ${time.time.value}`,
    file_uploads: papers.map((name) => ({
      file: Buffer.from(`${name} for ${chosen}\n`),
      filename: `${name}.txt`,
      title: name,
    })),
  });
});

app.command('/lunch', async ({ ack, command, respond }) => {
  await ack();
  await respond(`Today there is ${command.text || DISHES.join(', ')}`);
});

app.shortcut('same_again', async ({ ack, shortcut, client }) => {
  await ack();
  await client.chat.postMessage({
    channel: shortcut.channel.id,
    thread_ts: shortcut.message.thread_ts ?? shortcut.message.ts,
    text: `The same again for <@${shortcut.user.id}>`,
  });
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({
    user_id: event.user,
    view: { type: 'home', blocks: DISHES.map((dish) => ({ type: 'section', text: plain(dish) })) },
  });
});

app.error(async (error) => console.error(error));

await app.start(PORT);
console.log('Lunch is running');
