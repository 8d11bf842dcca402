import type { ConnectionOptions } from "node:tls";
import { QueueError } from "./error";
import { readTls, type TlsFiles } from "./tls";

/** Where a queue is kept, and how it is reached. */
export interface QueueAddress {
  readonly kind: "redis" | "postgres";
  /** With its password: for the connection alone, never for eyes. */
  readonly url: string;
  /** What may be shown: protocol, host, port and database. */
  readonly shown: string;
  /** What a store over TLS is shown and held against, besides what Node knows. */
  readonly tls?: ConnectionOptions;
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
 * Reads a queue's URL. A user or password may have characters that a URL encodes, such as `/` or `#`:
 * what stands before the last `@` is theirs.
 *
 * @param password for a URL without one, so that it stands neither in a list of processes nor in a
 *   shell's history
 * @param files of a connection over TLS, if it needs any
 * @throws QueueError if it is no URL of a queue, or where the files cannot be used; the sentence has
 *   no password
 */
export function parseQueueAddress(
  text: string,
  password?: string,
  files: TlsFiles = {},
): QueueAddress {
  const url = URL.parse(withEncodedUser(text.trim()));
  const kind = url === null ? undefined : kinds[url.protocol];
  if (url === null || kind === undefined) {
    // What was typed may hold a password, so that only the protocol is said again.
    const [, protocol] = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text) ?? [];
    const isKnown = Object.hasOwn(kinds, `${protocol?.toLowerCase()}:`);
    const found = protocol === undefined || isKnown ? "" : `, not ${protocol}://`;
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
  const tls = readTls(files);
  if (tls !== undefined && url.protocol === "redis:") {
    throw new QueueError(
      "The files of GROK_QUEUE_TLS_CA, GROK_QUEUE_TLS_CERT and GROK_QUEUE_TLS_KEY are for a queue over TLS: its address begins with rediss://.",
    );
  }
  const shown = `${url.protocol}//${url.host}${path}`;
  return { kind, url: url.href, shown, ...(tls && { tls }) };
}

/** A URL whose user and password are encoded, as far as they are not. */
function withEncodedUser(text: string): string {
  const [, protocol, user, rest] = /^([a-z][a-z0-9+.-]*:\/\/)(.*)@(.*)$/is.exec(text) ?? [];
  if (protocol === undefined || user === undefined) return text;
  const colon = user.indexOf(":");
  const parts = colon < 0 ? [user] : [user.slice(0, colon), user.slice(colon + 1)];
  // A percent sign before two digits is taken for encoded, as it always was.
  const encoded = parts.map((part) =>
    part
      .split(/(%[0-9a-f]{2})/i)
      .map((piece, i) => (i % 2 === 1 ? piece : encodeURIComponent(piece)))
      .join(""),
  );
  return `${protocol}${encoded.join(":")}@${rest}`;
}

const queueNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Checks a queue's name. Throws a {@link QueueError} where it cannot be one. */
export function checkQueueName(name: string): string {
  if (queueNamePattern.test(name)) return name;
  throw new QueueError(
    `A queue's name has up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit; ${JSON.stringify(name.slice(0, 80))} is none.`,
  );
}
