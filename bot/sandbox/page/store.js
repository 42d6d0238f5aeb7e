/** What this person's client knows: people, channels, the app; frames go in, named changes come out. */

/**
 * @typedef {{id: string, name?: string, real_name?: string, tz?: string, locale?: string, is_bot?: boolean, is_restricted?: boolean, is_admin?: boolean, is_owner?: boolean, profile?: any}} User
 * @typedef {{id: string, name?: string, topic?: any, is_im?: boolean, is_mpim?: boolean, is_private?: boolean, is_member?: boolean, user?: string, unread?: number, last_ts?: string, members?: string[]}} Channel
 * @typedef {{ts: string, user?: string, bot_id?: string, text?: string, blocks?: any[], thread_ts?: string, parent_user_id?: string, reply_count?: number, reply_users?: string[], latest_reply?: string, files?: any[], edited?: any, reactions?: any[], subtype?: string, is_ephemeral?: boolean, username?: string, attachments?: any[], streaming_state?: string}} Message
 * @typedef {{name: string, bot_user_id: string, commands: any[], shortcuts: any[], suggested_prompts: any, connected: boolean, installed?: boolean}} AppInfo
 */

export class Store {
  /** @param {string} userId */
  constructor(userId) {
    this.userId = userId;
    this.team = { id: "", name: "" };
    /** @type {Map<string, User>} */
    this.users = new Map();
    /** @type {Map<string, Channel>} */
    this.channels = new Map();
    /** @type {AppInfo} */
    this.app = { name: "", bot_user_id: "", commands: [], shortcuts: [], suggested_prompts: null, connected: true };
    /** @type {Map<string, Map<string, Message>>} private notices of this visit, by channel and ts */
    this.notices = new Map();
    /** @type {Map<string, string>} what the app says it is doing, by channel and thread */
    this.statuses = new Map();
    /** @type {Map<string, any>} */
    this.files = new Map();
    this.clockOffsetMs = 0;
    /** @type {Map<string, Set<(detail: any) => void>>} */
    this.listeners = new Map();
  }

  /**
   * @param {string} name
   * @param {(detail: any) => void} fn
   */
  on(name, fn) {
    const set = this.listeners.get(name) ?? new Set();
    set.add(fn);
    this.listeners.set(name, set);
  }

  /**
   * @param {string} name
   * @param {any} [detail]
   */
  emit(name, detail) {
    for (const fn of this.listeners.get(name) ?? []) fn(detail);
  }

  /** @param {any} state what /control/state answers */
  load(state) {
    this.team = state.team ?? this.team;
    this.users = new Map((state.users ?? []).map((/** @type {User} */ user) => [user.id, user]));
    const me = state.me;
    if (me && typeof me === "object") this.users.set(me.id, { ...this.users.get(me.id), ...me });
    this.channels = new Map((state.channels ?? []).map((/** @type {Channel} */ one) => [one.id, one]));
    this.app = { ...this.app, ...state.app };
    this.setClock(state.now);
    this.emit("state");
  }

  /** @param {number} unixSeconds the sandbox's clock */
  setClock(unixSeconds) {
    this.clockOffsetMs = unixSeconds * 1000 - Date.now();
  }

  /** @returns {User} */
  get me() {
    return this.users.get(this.userId) ?? { id: this.userId };
  }

  /** @returns {Date} the sandbox's clock */
  now() {
    return new Date(Date.now() + this.clockOffsetMs);
  }

  /** @returns {number} messages not read yet, in all conversations */
  get unread() {
    return [...this.channels.values()].reduce((sum, one) => sum + (one.unread ?? 0), 0);
  }

  /** @returns {User[]} the people one can act as */
  people() {
    return [...this.users.values()].filter((user) => !user.is_bot && user.id !== this.app.bot_user_id);
  }

  /** @param {string|undefined} id */
  isApp(id) {
    return Boolean(id) && id === this.app.bot_user_id;
  }

  /**
   * @param {string|undefined} id
   * @returns {string}
   */
  userName(id) {
    if (!id) return this.app.name || "App";
    if (this.isApp(id)) return this.app.name || "App";
    const user = this.users.get(id);
    return user?.real_name || user?.profile?.display_name || user?.name || id;
  }

  /**
   * @param {string} id
   * @returns {string} without the hash sign
   */
  channelName(id) {
    const channel = this.channels.get(id);
    if (!channel) return id;
    if (channel.is_im) return this.userName(channel.user);
    return channel.name ?? id;
  }

  /** @returns {Channel|undefined} this person's conversation with the app */
  appChannel() {
    return [...this.channels.values()].find((channel) => channel.is_im && this.isAppChannel(channel.id));
  }

  /** @param {string} id */
  isAppChannel(id) {
    const channel = this.channels.get(id);
    return Boolean(channel?.is_im) && (!channel?.user || this.isApp(channel.user) || channel.user === this.userId);
  }

  /**
   * @param {string} id
   * @param {number} unread
   */
  setUnread(id, unread) {
    const channel = this.channels.get(id);
    if (!channel || channel.unread === unread) return;
    channel.unread = unread;
    this.emit("channel", channel);
  }

  /**
   * @param {string} channel
   * @param {Message} message
   */
  keepNotice(channel, message) {
    const notices = this.notices.get(channel) ?? new Map();
    notices.set(message.ts, { ...message, is_ephemeral: true });
    this.notices.set(channel, notices);
  }

  /**
   * @param {string} channel
   * @param {string} ts
   * @returns {boolean} whether it was one of the private notices
   */
  dropNotice(channel, ts) {
    return this.notices.get(channel)?.delete(ts) ?? false;
  }

  /** @param {any} frame one frame of the stream */
  apply(frame) {
    switch (frame.type) {
      case "ephemeral":
        this.keepNotice(frame.channel, frame.message);
        this.emit("message", { channel: frame.channel, message: { ...frame.message, is_ephemeral: true } });
        break;
      case "message":
      case "message_changed": {
        const known = this.notices.get(frame.channel)?.has(frame.message.ts) || frame.message.is_ephemeral;
        if (known) this.keepNotice(frame.channel, frame.message);
        const message = known ? { ...frame.message, is_ephemeral: true } : frame.message;
        this.emit(frame.type, { channel: frame.channel, message });
        break;
      }
      case "message_deleted":
        this.dropNotice(frame.channel, frame.ts);
        this.emit("message_deleted", frame);
        break;
      case "channel":
        this.channels.set(frame.channel.id, { ...this.channels.get(frame.channel.id), ...frame.channel });
        this.emit("channels");
        break;
      case "status":
        this.statuses.set(`${frame.channel}:${frame.thread_ts ?? ""}`, frame.status ?? "");
        this.emit("status", frame);
        break;
      case "suggested_prompts":
        this.app.suggested_prompts = frame.prompts ? { title: frame.title, prompts: frame.prompts } : frame.suggested_prompts ?? null;
        this.emit("prompts");
        break;
      case "app":
        this.app.connected = frame.connected;
        this.emit("app");
        break;
      case "file_changed":
        this.files.set(frame.file.id, frame.file);
        this.emit("file", frame.file);
        break;
      default:
        this.emit(frame.type, frame);
    }
  }
}
