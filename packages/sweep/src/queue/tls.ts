import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import type { QueueAddress } from "./address";
import { QueueError } from "./error";
import type { Trouble } from "./redis-trouble";

/** What a Redis over TLS is shown and held against: files in PEM. */
export interface TlsFiles {
  /** Authorities that its certificate may come from, besides those that Node knows. */
  readonly ca?: string | undefined;
  /** Our own certificate, for a Redis that asks for one. */
  readonly cert?: string | undefined;
  /** The key of that certificate. */
  readonly key?: string | undefined;
}

const names: Record<keyof TlsFiles, string> = {
  ca: "GROK_QUEUE_TLS_CA",
  cert: "GROK_QUEUE_TLS_CERT",
  key: "GROK_QUEUE_TLS_KEY",
};

/** The files that the environment names: GROK_QUEUE_TLS_CA, GROK_QUEUE_TLS_CERT, GROK_QUEUE_TLS_KEY. */
export function tlsFilesOf(env: Readonly<Record<string, string | undefined>>): TlsFiles {
  const named = (part: keyof TlsFiles) => env[names[part]] || undefined;
  return { ca: named("ca"), cert: named("cert"), key: named("key") };
}

/**
 * Reads the files of a connection over TLS; undefined if none is named.
 *
 * @throws QueueError for a file that cannot be read or is no PEM, and for a certificate without its
 *   key or the other way round
 */
export function readTls(files: TlsFiles): ConnectionOptions | undefined {
  const { ca, cert, key } = files;
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] =
      cert === undefined ? (["key", "cert"] as const) : (["cert", "key"] as const);
    throw new QueueError(
      `${names[given]} needs ${names[missing]}: a certificate and its key go together.`,
    );
  }
  const read = (part: keyof TlsFiles) => {
    const file = files[part];
    return file === undefined ? {} : { [part]: pem(file, names[part]) };
  };
  return { ...read("ca"), ...read("cert"), ...read("key") };
}

function pem(file: string, name: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new QueueError(`${name} names ${file}, which cannot be read.`, { cause });
  }
  if (/^-----BEGIN [A-Z ]+-----$/m.test(text)) return text;
  throw new QueueError(
    `${name} names ${file}, which is no file in PEM: it has no -----BEGIN … line.`,
  );
}

/**
 * What an error of a connection means where TLS is to blame; null for other errors.
 *
 * @param address of the store: an address over TLS is never told to use TLS
 */
export function tlsTrouble({ shown, tls }: QueueAddress, error: Error): Trouble | null {
  const { message, code = "" } = error as NodeJS.ErrnoException;
  const text = `${code} ${message}`;
  const isTls = shown.startsWith("rediss:");
  const final = (sentence: string): Trouble => ({ kind: "final", sentence });
  const passing = (sentence: string): Trouble => ({ kind: "passing", sentence });
  if (/certificate.required|bad.certificate|alert.unknown.ca|handshake.failure/i.test(text)) {
    return final(
      tls?.cert === undefined
        ? `${shown} asks for a client certificate: ${names.cert} and ${names.key} name its file and its key's.`
        : `${shown} refuses the client certificate that ${names.cert} names.`,
    );
  }
  if (/self.signed|UNABLE_TO|unable to (get|verify)|CERT_|altname|certificate/i.test(text)) {
    const [reason = ""] = message.split("\n");
    return final(
      `The TLS certificate of ${shown} is not trusted (${reason.replace(/\.$/, "")}): ${names.ca} names a file of the authorities that are.`,
    );
  }
  if (/wrong.version|EPROTO|packet.length|\bSSL\b/i.test(text)) {
    return final(`${shown} does not speak TLS: without it the address begins with redis://.`);
  }
  if (isTls && /ECONNRESET|closed|EPIPE|socket disconnected/i.test(text)) {
    return passing(
      `${shown} closed the connection while TLS began or after: it may not speak TLS, or ask for a client certificate (${names.cert} and ${names.key}).`,
    );
  }
  if (isTls && /ETIMEDOUT|timed out|timeout/i.test(text)) {
    return passing(
      `Nothing answers at ${shown} in time; if it does not speak TLS there, its address begins with redis://.`,
    );
  }
  return null;
}
