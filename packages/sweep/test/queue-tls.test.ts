import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { freePort, hasRedis, RedisServer, scratch } from "@grok/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../src/queue/open-store";

describe.runIf(hasRedis)("a queue over TLS (needs redis-server)", () => {
  let folder: string;
  let server: RedisServer;
  let url: string;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(scratch, "grok-tls-"));
    const openssl = (...args: string[]) =>
      execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    const key = (name: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`];
    openssl("req", "-x509", ...key("ca"), "-out", "ca.pem", "-subj", "/CN=ca", "-days", "2");
    for (const name of ["server", "client"]) {
      openssl("req", "-new", ...key(name), "-out", `${name}.csr`, "-subj", "/CN=localhost");
      const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"];
      openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.pem`, ...by);
    }
    const port = await freePort();
    const options = ["tls-port", "tls-cert-file", "tls-key-file", "tls-ca-cert-file"];
    const values = [`${port}`, file("server.pem"), file("server.key"), file("ca.pem")];
    const asked = options.flatMap((option, i) => [`--${option}`, values[i] as string]);
    server = await RedisServer.start(...asked, "--tls-auth-clients", "yes");
    url = `rediss://localhost:${port}`;
  });
  afterAll(async () => {
    await server.remove();
    await rm(folder, { recursive: true });
  });

  it("is opened with a client certificate", async () => {
    const tls = { ca: file("ca.pem"), cert: file("client.pem"), key: file("client.key") };
    const store = await openStore({ url, tls });
    await store.close();
  });

  it("says in a sentence what of TLS is wrong, and never to use TLS", async () => {
    const refusal = (settings: Parameters<typeof openStore>[0]) =>
      openStore(settings).then(
        () => "opened",
        (error: Error) => error.message,
      );
    expect(await refusal({ url })).toMatch(/is not trusted .*: GROK_QUEUE_TLS_CA names a file/);
    expect(await refusal({ url, tls: { ca: file("ca.pem") } })).toMatch(
      /(asks for a client certificate: |ask for a client certificate \()GROK_QUEUE_TLS_CERT/,
    );
    expect(await refusal({ url: server.url, tls: { ca: file("ca.pem") } })).toMatch(
      /are for a queue over TLS: its address begins with rediss:\/\/\.$/,
    );
  });
});
