import type { QueueAddress } from "./address";
import { tlsTrouble } from "./tls-trouble";
import type { Trouble, TroubleKind } from "./trouble";

type Reason = [pattern: RegExp, kind: TroubleKind, sentence: (message: string) => string];

/** The first that matches counts. `at` is the store as it may be shown. */
const reasonsAt = (at: string): Reason[] => [
  [/ECONNREFUSED/, "passing", () => `No Redis listens at ${at}: the connection was refused.`],
  [/ENOTFOUND|EAI_AGAIN/, "passing", () => `The host of ${at} is not known.`],
  [/EHOSTUNREACH|ENETUNREACH/, "passing", () => `There is no way to ${at}.`],
  [
    /WRONGPASS|invalid password|invalid username/i,
    "final",
    () => `Redis at ${at} refuses this user or password.`,
  ],
  [
    /NOAUTH|Authentication required/i,
    "final",
    () => `Redis at ${at} wants a password: redis://:PASSWORD@HOST, or GROK_QUEUE_PASSWORD.`,
  ],
  [
    /NOPERM|no permissions|can't run this command|ACL failure|can't access at least one/i,
    "final",
    (message) =>
      `Redis at ${at} does not let this user do what a queue needs (${short(message)}); the README of @grok/sweep lists the permissions.`,
  ],
  [
    /DB index|select.*index|out of range/i,
    "final",
    () =>
      `Redis at ${at} has no such database; redis-server has 16, 0 to 15, unless told otherwise.`,
  ],
  [
    /READONLY|read.only replica/i,
    "passing",
    () => `Redis at ${at} can only be read: it is a replica.`,
  ],
  [/MISCONF/, "passing", (message) => `Redis at ${at} cannot write to its disk: ${short(message)}`],
  [
    /\bOOM\b|maxmemory/,
    "full",
    () =>
      `Redis at ${at} is out of memory: raise its maxmemory, or let results go through a folder with --shared-dir.`,
  ],
  [/LOADING/, "passing", () => `Redis at ${at} is still reading its data.`],
  [
    /MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|UNBLOCKED|BUSY|UNKILLABLE/,
    "passing",
    (message) => `Redis at ${at} is busy or changes over: ${short(message)}`,
  ],
  [/Protocol error|Parser|RESP/i, "final", () => `What answers at ${at} is no Redis.`],
  [/ETIMEDOUT|timed out|timeout/i, "passing", () => `Nothing answers at ${at} in time.`],
  [
    /ECONNRESET|closed|EPIPE/i,
    "passing",
    () => `${at} closed the connection; with TLS the address begins with rediss://.`,
  ],
];

/** What an error of a Redis means; null if it is none that a Redis or a connection to it gives. */
export function redisTrouble(address: QueueAddress, error: Error): Trouble | null {
  const ofTls = tlsTrouble(address, error);
  if (ofTls !== null) return ofTls;
  const { shown } = address;
  const { message, code, name } = error as NodeJS.ErrnoException;
  const text = `${code ?? ""} ${message}`;
  const found = reasonsAt(shown).find(([pattern]) => pattern.test(text));
  if (found !== undefined) return { kind: found[1], sentence: found[2](message) };
  if (name !== "ReplyError") return null;
  return { kind: "final", sentence: `Redis at ${shown} refuses: ${short(message)}` };
}

/** What an error means, in a sentence. */
export function whyNoRedis(address: QueueAddress, error: Error): string {
  return (
    redisTrouble(address, error)?.sentence ?? `Redis at ${address.shown}: ${short(error.message)}`
  );
}

/** A message without the script that it came from, in one line. */
function short(message: string): string {
  const [first = ""] = message.split(/ script: |\n/);
  return first.slice(0, 200).replace(/\.$/, "");
}
