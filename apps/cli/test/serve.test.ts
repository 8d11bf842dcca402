import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { lockFolder } from "@grok/train/node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { serve } from "../src/commands/serve";
import { isAllowedHost, isLoopback } from "../src/serve/allowed-host";
import { createPageServer } from "../src/serve/server";
import { TestProcessEnv } from "./process-env";
import { inFreshFolder, run, tiny } from "./tiny";

inFreshFolder();

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Awaited<ReturnType<typeof createPageServer>> | undefined;
let port: number;

beforeEach(async () => {
  await mkdir("page/assets", { recursive: true });
  await writeFile("page/index.html", "<html><head></head><body>the page</body></html>");
  await writeFile("page/assets/a.js", "export {};");
  await writeFile("page/assets/b.wasm", "\0asm");
  await writeFile("secret.json", '"secret"');
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function start(
  runs = "runs",
  host = "127.0.0.1",
  embedders: readonly string[] = [],
): Promise<void> {
  const made = await createPageServer({ page: resolve("page"), runs, host, embedders });
  server = made;
  await new Promise<void>((done) => made.listen(0, "127.0.0.1", done));
  port = (made.address() as AddressInfo).port;
}

/** Asks for exactly this path: nothing tidies it up on its way, as `fetch` would. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((done, fail) => {
    const asked = request(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", fail);
        response.on("end", () => {
          const body = Buffer.concat(chunks).toString();
          done({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    asked.on("error", fail).end();
  });
}

const train = (folder: string, ...flags: string[]) =>
  run([...tiny, "--steps", "4", "--eval-every", "2", "--no-plots", "--out-dir", folder, ...flags]);

async function list() {
  const { status, body } = await ask("/runs/");
  expect(status).toBe(200);
  return JSON.parse(body);
}

it("serves the page, isolated, under a policy, with right types, and tells it that there are runs", async () => {
  await mkdir("runs");
  await start();
  const page = await ask("/");
  expect(page.status).toBe(200);
  expect(page.body).toMatch(/<meta name="grok-runs" content=".\/runs\/" \/><\/head>.*the page/);
  expect(page.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none';/);
  expect(page.headers["content-security-policy"]).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')/);
  expect((await ask("/index.html")).body).toBe(page.body);
  const script = await ask("/assets/a.js");
  expect(script).toMatchObject({ status: 200, body: "export {};" });
  expect(script.headers["content-type"]).toMatch(/^text\/javascript/);
  // A worker takes the isolation from its own script's headers.
  expect(script.headers["cross-origin-embedder-policy"]).toBe("require-corp");
  expect((await ask("/assets/b.wasm")).headers["content-type"]).toBe("application/wasm");
  expect((await ask("/nothing.js")).status).toBe(404);
  expect(await list()).toMatchObject({ isWhole: true, problem: null, runs: [] });
});

it("lets other sites show the page in a frame if they are named, and nothing else", async () => {
  await mkdir("runs");
  await start();
  const closed = (await ask("/")).headers;
  expect(closed["x-frame-options"]).toBe("DENY");
  expect(closed["content-security-policy"]).toMatch(/frame-ancestors 'none'$/);
  server?.close();
  await start("runs", "127.0.0.1", ["https://blog.example", "http://localhost:8080"]);
  const { headers } = await ask("/");
  expect(headers["x-frame-options"]).toBeUndefined();
  expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
  expect(headers["content-security-policy"]).toMatch(
    /; frame-ancestors https:\/\/blog\.example http:\/\/localhost:8080$/,
  );
  for (const path of ["/runs/", "/assets/a.js", "/nothing"]) {
    const other = (await ask(path)).headers;
    expect([path, other["x-frame-options"]]).toEqual([path, "DENY"]);
    expect(other["content-security-policy"]).toMatch(/frame-ancestors 'none'/);
    expect(other["cross-origin-resource-policy"]).toBe("same-origin");
  }
  expect(await run(["serve", "runs", "--allow-embed", "*"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--allow-embed must be origins such as https://blog.example"),
  });
});

it("lists runs, those of sweeps too, with what they are and where they stand", async () => {
  await train("runs/a", "--seed", "5");
  await train("runs/sweeps/s/runs/b");
  await mkdir("runs/broken");
  await writeFile("runs/broken/config.json", "{");
  await mkdir("runs/empty");
  await rm("runs/sweeps/s/runs/b/summary.json");
  await appendFile("runs/sweeps/s/runs/b/metrics.jsonl", '{"step": 6, "epo');
  await start();
  const lock = await lockFolder("runs/a");
  const { runs } = await list();
  const named = Object.fromEntries(runs.map((each: { name: string }) => [each.name, each]));
  expect(Object.keys(named).sort()).toEqual(["a", "broken", "sweeps/s/runs/b"]);
  expect(named.a).toMatchObject({ isInUse: true, summary: { steps: 4 }, config: { seed: 5 } });
  const records = (await readFile("runs/a/metrics.jsonl", "utf8")).trim().split("\n");
  expect(named.a.last).toEqual(JSON.parse(records.at(-1) ?? ""));
  expect(named["sweeps/s/runs/b"]).toMatchObject({
    isInUse: false,
    summary: null,
    last: { step: 4 },
  });
  expect(named.broken).toMatchObject({ config: null, problem: /^config.json cannot be read/ });
  expect(JSON.stringify(runs)).not.toContain(process.cwd());
  await lock.release();
  expect((await list()).runs.some((each: { isInUse: boolean }) => each.isInUse)).toBe(false);
});

it("finds the one run in a folder that is a run", async () => {
  await train("one");
  await start("one");
  expect((await list()).runs).toMatchObject([{ name: "one", last: { step: 4 } }]);
  expect((await ask("/runs/one/config.json")).status).toBe(200);
});

it("gives a run's files as they are, and says when they are the same", async () => {
  await train("runs/a");
  await start();
  const { body: files } = await ask("/runs/a/");
  expect(JSON.parse(files).files).toEqual([
    expect.stringMatching(/^checkpoints\/step-\d{8}\.safetensors$/),
    "config.json",
    "metrics.jsonl",
    "summary.json",
  ]);
  for (const name of JSON.parse(files).files as string[]) {
    const { status, body, headers } = await ask(`/runs/a/${name}`);
    expect(status).toBe(200);
    expect(body).toBe((await readFile(`runs/a/${name}`)).toString());
    expect(headers["content-security-policy"]).toMatch(/sandbox/);
  }
  const metrics = await ask("/runs/a/metrics.jsonl");
  const tag = { "if-none-match": metrics.headers.etag ?? "" };
  expect(await ask("/runs/a/metrics.jsonl", tag)).toMatchObject({ status: 304, body: "" });
  const listTag = { "if-none-match": (await ask("/runs/")).headers.etag ?? "" };
  expect((await ask("/runs/", listTag)).status).toBe(304);
  const last = JSON.parse(metrics.body.trim().split("\n").at(-1) ?? "");
  await appendFile("runs/a/metrics.jsonl", `${JSON.stringify({ ...last, step: 5 })}\n`);
  const grown = await ask("/runs/a/metrics.jsonl", tag);
  expect(grown.status).toBe(200);
  expect(grown.body.startsWith(metrics.body)).toBe(true);
  expect(grown.body.length).toBeGreaterThan(metrics.body.length);
  const { status, body } = await ask("/runs/", listTag);
  expect(status).toBe(200);
  expect(JSON.parse(body).runs[0].last.step).toBe(5);
  const part = await ask("/runs/a/metrics.jsonl", { range: `bytes=${metrics.body.length - 1}-` });
  expect(part).toMatchObject({ status: 206, body: grown.body.slice(metrics.body.length - 1) });
  expect(part.headers["grok-file"]).toBe(metrics.headers["grok-file"]);
  const end = grown.body.length;
  expect(part.headers["content-range"]).toBe(`bytes ${metrics.body.length - 1}-${end - 1}/${end}`);
  const behind = await ask("/runs/a/metrics.jsonl", { range: `bytes=${end}-` });
  expect(behind).toMatchObject({ status: 416, headers: { "content-range": `bytes */${end}` } });
  const head = await ask("/runs/a/metrics.jsonl", {}, "HEAD");
  expect(head).toMatchObject({ status: 200, body: "" });
  expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(grown.body)));
});

it.each([
  "/runs/../secret.json",
  "/runs/%2e%2e/secret.json",
  "/runs/a/../../secret.json",
  "/runs/a/%2e%2e/%2e%2e/secret.json",
  "/runs/a/..%2f..%2fsecret.json",
  "/runs/a/%252e%252e/%252e%252e/secret.json",
  "/runs/a/..\\..\\secret.json",
  "/runs/../outside/config.json",
  "/runs/%2e%2e%2foutside%2fconfig.json",
  "/runs/a/../../outside/config.json",
  "/runs/a/checkpoints/../../../outside/config.json",
  "/runs//outside/config.json",
  "/runs/./a/config.json",
  "/runs/a//config.json",
  "/runs/a/config.json/",
  "/runs/a/config.json%00.json",
  "/runs/a/.lock",
  "/runs/a/notes.txt",
  "/runs/a/checkpoints/other.safetensors",
  "/runs/a/checkpoints/",
  "/runs/a/plots/linked.png",
  "/runs/a/plots/plot.html",
  "/runs/a/summary.json",
  "/runs/linked/config.json",
  "/runs/.hidden/config.json",
  "/runs/plain",
  "/runs",
  "/../secret.json",
  "/%2e%2e/secret.json",
  "/assets/..%2f..%2fsecret.json",
  "//etc/passwd",
  "/%2fetc%2fpasswd",
  "/etc/passwd",
  "/runs//etc/passwd",
  "/%",
  "/runs/%ff/config.json",
  "http://elsewhere/secret.json",
])("gives nothing but a run's own files: %s", async (path) => {
  const config = { "config.json": "secret" };
  for (const folder of ["outside", "runs/a/checkpoints", "runs/a/plots", "runs/.hidden"]) {
    await mkdir(folder, { recursive: true });
  }
  for (const folder of ["outside", "runs/a", "runs/.hidden"]) {
    await writeFile(`${folder}/config.json`, config["config.json"]);
  }
  for (const name of [".lock", "notes.txt", "checkpoints/other.safetensors", "plots/plot.html"]) {
    await writeFile(`runs/a/${name}`, "secret");
  }
  await symlink(resolve("outside"), "runs/linked");
  await symlink(resolve("secret.json"), "runs/a/plots/linked.png");
  await symlink(resolve("secret.json"), "runs/a/summary.json");
  await start();
  // The same server gives what may be had.
  expect((await ask("/runs/a/config.json")).body).toBe("secret");
  const { status, body } = await ask(path);
  expect([400, 404]).toContain(status);
  expect(body).not.toContain("secret");
});

it("gives no file of a folder that has become a link since it was found", async () => {
  await train("runs/a");
  await train("outside");
  await mkdir("away");
  await start();
  expect((await ask("/runs/a/config.json")).status).toBe(200);
  await rename("runs/a/checkpoints", "away/checkpoints");
  await symlink(resolve("away/checkpoints"), "runs/a/checkpoints");
  const [name] = JSON.parse((await ask("/runs/a/")).body).files as string[];
  expect(name).toMatch(/checkpoints/);
  expect((await ask(`/runs/a/${name}`)).status).toBe(404);
  await rm("runs/a", { recursive: true });
  await symlink(resolve("outside"), "runs/a");
  expect((await ask("/runs/a/config.json")).status).toBe(404);
});

it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("can only be read: %s", async (method) => {
  await train("runs/a");
  await start();
  const { status, headers } = await ask("/runs/a/config.json", {}, method);
  expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  expect((await ask("/runs/a/config.json")).status).toBe(200);
});

it("answers under this machine's names and addresses only, whatever another site calls it", async () => {
  await train("runs/a");
  await start();
  for (const host of ["localhost", `localhost:${port}`, "127.0.0.1:1", "[::1]:4600"]) {
    expect((await ask("/runs/", { host })).status).toBe(200);
  }
  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example:4600",
    "a@localhost",
  ]) {
    for (const path of ["/", "/runs/", "/runs/a/config.json"]) {
      const { status, body } = await ask(path, { host });
      expect([400, 403]).toContain(status);
      expect(body).not.toMatch(/the page|seed/);
    }
  }
  expect(isAllowedHost(undefined, "127.0.0.1")).toBe(false);
  expect(isAllowedHost("", "127.0.0.1")).toBe(false);
  expect(isAllowedHost("lab:4600", "127.0.0.1")).toBe(false);
  expect(isAllowedHost("lab:4600", "lab")).toBe(true);
  expect(["127.0.0.1", "127.9.9.9", "::1", "localhost"].every(isLoopback)).toBe(true);
  expect(["0.0.0.0", "::", "10.0.0.1", "127.evil.example", "lab"].some(isLoopback)).toBe(false);
});

/** The environment of a command that lies beside the page made here. */
class PageEnv extends TestProcessEnv {
  override readonly self = [pathToFileURL(resolve("cli/dist/main.js")).pathname];
}

async function withPage(): Promise<PageEnv> {
  await mkdir("web", { recursive: true });
  await rename("page", "web/dist");
  return new PageEnv();
}

it("serves until it is asked to stop, and ends with status 0", async () => {
  await train("runs/a");
  const processEnv = await withPage();
  const ended = serve(undefined, { port: "0" }, processEnv);
  await expect.poll(() => processEnv.stdout.text).toMatch(/Ctrl-C ends it/);
  const [address = "", told] = processEnv.stdout.text.split("\n");
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(told).toBe("The page, with the runs in runs. Ctrl-C ends it.");
  expect(processEnv.stderr.text).toBe("");
  port = Number(new URL(address).port);
  expect((await ask("/runs/a/config.json")).status).toBe(200);
  expect(processEnv.send("SIGINT")).toBe(1);
  expect(await ended).toBe(0);
  await expect(ask("/")).rejects.toThrow("ECONNREFUSED");
});

it("says plainly that others can read the runs where --host lets them", async () => {
  await mkdir("runs");
  const processEnv = await withPage();
  const ended = serve("runs", { port: "0", host: "0.0.0.0" }, processEnv);
  await expect
    .poll(() => processEnv.stderr.text)
    .toMatch(/^Everyone who reaches this machine at 0.0.0.0 can read the runs in runs\./);
  expect(processEnv.stdout.text).toMatch(/^http:\/\/localhost:\d+\/\n/);
  processEnv.send("SIGTERM");
  expect(await ended).toBe(0);
});

it("says in a sentence what it cannot serve", async () => {
  const refusal = async (...args: string[]) => {
    const { status, stderr, stdout } = await run(["serve", ...args], processEnv);
    processEnv = new PageEnv();
    expect(stdout).toBe("");
    return [status, stderr];
  };
  let processEnv = new PageEnv();
  expect(await refusal()).toEqual([
    2,
    "grok: runs cannot be served: it does not exist (runs). Name the folder that has your runs, as in grok serve DIR; grok train makes one here.\n",
  ]);
  expect(await refusal("none")).toEqual([
    2,
    "grok: none cannot be served: it does not exist (none).\n",
  ]);
  expect(await refusal("secret.json")).toEqual([
    2,
    "grok: secret.json cannot be served: it is a file, not a folder.\n",
  ]);
  expect(await refusal("page", "page")).toEqual([2, "grok: grok serve takes one folder.\n"]);
  expect(await refusal("page", "--port", "70000")).toEqual([
    2,
    'grok: --port must be a whole number from 0 to 65535, not "70000".\n',
  ]);
  expect(await refusal("page")).toEqual([
    1,
    `grok: The page was not built: ${resolve("web/dist")} has no index.html. Run pnpm build.\n`,
  ]);
  await withPage();
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port: taken } = other.address() as AddressInfo;
  expect(await refusal("web", "--port", String(taken))).toEqual([
    2,
    `grok: Port ${taken} of 127.0.0.1 is taken; give another with --port, or 0 for any that is free.\n`,
  ]);
  other.close();
  expect(await refusal("web", "--port", "0", "--host", "192.0.2.1")).toEqual([
    2,
    "grok: --host 192.0.2.1 is no address of this machine; 0.0.0.0 means all that it has.\n",
  ]);
});
