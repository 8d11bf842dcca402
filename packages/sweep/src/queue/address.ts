import { QueueError } from "./error";

/** Where a queue is kept, and how it is reached. */
export interface QueueAddress {
  readonly kind: "redis" | "postgres";
  /** With its password: for the connection alone, never for eyes. */
  readonly url: string;
  /** What may be shown: protocol, host, port and database. */
  readonly shown: string;
}

const kinds: Readonly<Record<string, QueueAddress["kind"]>> = {
  "redis:": "redis",
  "rediss:": "redis",
  "postgres:": "postgres",
  "postgresql:": "postgres",
};

const allowed =
  "redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE], or rediss:// for the same over TLS";

/**
 * Reads a queue's URL.
 *
 * @param password for a URL without one, so that it stands neither in a list of processes nor in a
 *   shell's history
 * @throws QueueError where it is no URL of a queue; the sentence has no password
 */
export function parseQueueAddress(text: string, password?: string): QueueAddress {
  const url = URL.parse(text);
  const kind = url === null ? undefined : kinds[url.protocol];
  if (url === null || kind === undefined) {
    // What was typed may hold a password, so that only the protocol is said again.
    const [, protocol] = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(text) ?? [];
    const found = protocol === undefined ? "" : `, not ${protocol}://`;
    throw new QueueError(`The queue's address must be ${allowed}${found}.`);
  }
  if (url.hostname === "") throw new QueueError(`The queue's address names no host: ${allowed}.`);
  if (kind === "redis" && !/^(\/\d*)?$/.test(url.pathname)) {
    throw new QueueError(`The queue's database must be a number, as in redis://HOST:6379/0.`);
  }
  if (url.password === "" && password !== undefined && password !== "") {
    url.password = encodeURIComponent(password);
  }
  const path = url.pathname === "/" ? "" : url.pathname;
  return { kind, url: url.href, shown: `${url.protocol}//${url.host}${path}` };
}

const queueNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Checks a queue's name. Throws a {@link QueueError} where it cannot be one. */
export function checkQueueName(name: string): string {
  if (queueNamePattern.test(name)) return name;
  throw new QueueError(
    `A queue's name has up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit; ${JSON.stringify(name.slice(0, 80))} is none.`,
  );
}
