import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { QueueError } from "./error";

/** What a Redis over TLS is shown and held against: files in PEM. */
export interface TlsFiles {
  /** Authorities that its certificate may come from, besides those that Node knows. */
  readonly ca?: string | undefined;
  /** Our own certificate, for a Redis that asks for one. */
  readonly cert?: string | undefined;
  /** The key of that certificate. */
  readonly key?: string | undefined;
}

/** The environment variables that name those files. */
export const tlsVariables: Readonly<Record<keyof TlsFiles, string>> = {
  ca: "GROK_QUEUE_TLS_CA",
  cert: "GROK_QUEUE_TLS_CERT",
  key: "GROK_QUEUE_TLS_KEY",
};

/** The files that the environment names: GROK_QUEUE_TLS_CA, GROK_QUEUE_TLS_CERT, GROK_QUEUE_TLS_KEY. */
export function tlsFilesOf(env: Readonly<Record<string, string | undefined>>): TlsFiles {
  const named = (part: keyof TlsFiles) => env[tlsVariables[part]] || undefined;
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
      `${tlsVariables[given]} needs ${tlsVariables[missing]}: a certificate and its key go together.`,
    );
  }
  const read = (part: keyof TlsFiles) => {
    const file = files[part];
    return file === undefined ? {} : { [part]: pem(file, tlsVariables[part]) };
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
