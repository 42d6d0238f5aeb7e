/** The sandbox server's control interface: calls that resolve to JSON, and the stream of frames. */

/** What the server refused, with its code and a sentence. */
export class ControlError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * @typedef {{type: "message", channel: string, message_ts: string, is_ephemeral?: boolean} | {type: "view", view_id: string}} Container
 */

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function request(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ControlError("unreachable", "The sandbox server cannot be reached.");
  }
  let body;
  try {
    body = await response.json();
  } catch {
    throw new ControlError("bad_answer", `The sandbox server answered ${response.status}.`);
  }
  if (!response.ok || body.ok === false) {
    throw new ControlError(body.error ?? "error", body.message ?? "");
  }
  return body;
}

export class Api {
  /**
   * @param {string} userId whose client this page is
   * @param {string} [team] in which workspace; empty, in the first
   */
  constructor(userId, team = "") {
    this.userId = userId;
    this.team = team;
  }

  /** @returns {Record<string, string>} what every call says of the workspace */
  get where() {
    return this.team ? { team: this.team } : {};
  }

  /**
   * Do something as the person.
   *
   * @param {string} verb say, command, action, submit …
   * @param {Record<string, any>} [body]
   */
  act(verb, body = {}) {
    return this.tell(verb, { user: this.userId, ...body });
  }

  /**
   * Do something to the sandbox that no person does: its clock, its faults.
   *
   * @param {string} verb clock, fault, disconnect …
   * @param {Record<string, any>} [body]
   */
  tell(verb, body = {}) {
    return request(`/control/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...this.where, ...body }),
    });
  }

  /**
   * Read something as the person.
   *
   * @param {string} noun state, messages, views, file, log
   * @param {Record<string, any>} [params]
   */
  read(noun, params = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ user: this.userId, ...this.where, ...params })) {
      if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
    }
    return request(`/control/${noun}?${query}`);
  }

  /**
   * @param {File} file
   * @returns {Promise<any>} the file object, not shared yet
   */
  async upload(file) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ user: this.userId, ...this.where })) form.set(name, value);
    form.set("file", file, file.name);
    const answer = await request("/control/upload", { method: "POST", body: form });
    return answer.file;
  }

  /**
   * @param {{url_private?: string}} file
   * @returns {string} where this person may read the bytes
   */
  fileUrl(file) {
    if (!file.url_private) return "";
    const url = new URL(file.url_private, location.href);
    return `${url.pathname}?as=${encodeURIComponent(this.userId)}`;
  }

  /**
   * Follow what this person's client would learn; comes back by itself after the server restarts.
   * From `state(true)` on nothing is missed: what happened before is to be read.
   *
   * @param {{frame: (frame: any) => void, state: (open: boolean) => void}} on
   * @returns {() => void} stops following
   */
  follow(on) {
    let stopped = false;
    let waitMs = 250;
    let timer = 0;
    /** @type {WebSocket|null} */
    let socket = null;
    const connect = () => {
      const scheme = location.protocol === "https:" ? "wss" : "ws";
      const who = new URLSearchParams({ user: this.userId, ...this.where });
      socket = new WebSocket(`${scheme}://${location.host}/control/stream?${who}`);
      socket.onmessage = (event) => {
        if (stopped) return;
        const frame = JSON.parse(event.data);
        if (frame.type === "hello") {
          waitMs = 250;
          on.state(true);
        }
        on.frame(frame);
      };
      socket.onclose = () => {
        if (stopped) return;
        on.state(false);
        timer = window.setTimeout(connect, waitMs);
        waitMs = Math.min(waitMs * 1.6, 3000);
      };
    };
    connect();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
      socket?.close();
    };
  }
}
