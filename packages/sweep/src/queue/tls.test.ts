import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseQueueAddress } from "./address";
import { readTls, tlsFilesOf } from "./tls";
import { tlsTrouble } from "./tls-trouble";

it("reads the files that the environment names, or says what is wrong with them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-tls-"));
  const file = join(folder, "a.pem");
  const text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  await writeFile(file, text);
  await writeFile(join(folder, "a.der"), "0");
  expect(readTls(tlsFilesOf({ GROK_QUEUE_TLS_CERT: "" }))).toBeUndefined();
  expect(readTls(tlsFilesOf({ GROK_QUEUE_TLS_CA: file }))).toEqual({ ca: text });
  expect(readTls({ cert: file, key: file })).toEqual({ cert: text, key: text });
  expect(() => readTls({ cert: file })).toThrow(
    "GROK_QUEUE_TLS_CERT needs GROK_QUEUE_TLS_KEY: a certificate and its key go together.",
  );
  expect(() => readTls({ ca: join(folder, "none") })).toThrow(
    /^GROK_QUEUE_TLS_CA names .* cannot be read\.$/,
  );
  expect(() => readTls({ ca: join(folder, "a.der") })).toThrow(/is no file in PEM/);
  await rm(folder, { recursive: true });
});

it.each([
  ["read ECONNRESET", /may not speak TLS, or ask for a client certificate/],
  ["connect ETIMEDOUT", /if it does not speak TLS there, its address begins with redis:\/\/\.$/],
  ["ssl3_get_record:wrong version number", /does not speak TLS: without it/],
  ["ssl3_read_bytes:tlsv13 alert certificate required", /asks for a client certificate/],
  ["self-signed certificate in certificate chain", /GROK_QUEUE_TLS_CA names a file/],
])("says of %s what to do, and never proposes rediss:// to who uses it", (message, sentence) => {
  const address = parseQueueAddress("rediss://me:secret@host");
  const said = tlsTrouble(address, new Error(message))?.sentence;
  expect(said).toMatch(sentence);
  expect(said).not.toContain("begins with rediss://");
  expect(said).not.toContain("secret");
});
