// Measures what the page and its trainer hold in memory while a run trains that does not end, in
// Debian's Chromium, and prints JSON: JavaScript heap and the buffers behind it after a collection, of
// each apart, and the slope once what is kept has reached its limits. The page is built with smaller
// limits than usual, so that they are reached soon.
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import=./scripts/from-source.mjs apps/web/scripts/measure-memory.ts [MINUTES]
import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { chromium } from "playwright-core";
import { launchOptions, startSite } from "../test/browser/site";
import { slope } from "./slope";

const minutes = Number(process.argv[2] ?? 17);
/** How long everything takes that is made once, besides what is kept up to a limit. */
const settledMinutes = 2;
const caps = { records: 400, traces: 200, viewBytes: 400_000 };
const link =
  "preset=mlp&p=11&width=24&embed-dim=8&batch-size=16&steps=100000000&eval-every=50&checkpoint-every=5000&seed=3";

interface Held {
  heap: number;
  buffers: number;
}

interface Sample {
  minute: number;
  step: number;
  page: Held;
  trainer: Held;
  resident: number;
}

const site = await startSite([
  {
    name: "small-caps",
    enforce: "pre",
    load: (id) =>
      id.endsWith("/src/network/limits.ts")
        ? `export const limits = ${JSON.stringify(caps)};`
        : null,
  },
]);
const port = 9000 + (process.pid % 1000);
const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`];
const browser = await chromium.launch({ ...launchOptions, args });
const load = loadavg();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.isolated}#${link}`);
  await page.locator(".play:not(:disabled)").click();
  const { webSocketDebuggerUrl } = (await (
    await fetch(`http://127.0.0.1:${port}/json/version`)
  ).json()) as { webSocketDebuggerUrl: string };
  const devtools = await connect(webSocketDebuggerUrl);
  const { sessionId: main } = await devtools.send("Target.attachToTarget", {
    targetId: await targetOf(page.url()),
    flatten: true,
  });
  const sessionId = String(main);
  const trainerSession = devtools.attachedTo("grok-trainer");
  await devtools.send(
    "Target.setAutoAttach",
    { autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
    sessionId,
  );
  const trainer = await trainerSession;
  const samples: Sample[] = [];
  const began = performance.now();
  while (performance.now() - began < 60_000 * minutes) {
    await page.waitForTimeout(10_000);
    samples.push({
      minute: (performance.now() - began) / 60_000,
      step: await page.evaluate(() => {
        const text = document.querySelector(".machine .speed")?.textContent ?? "";
        return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
      }),
      page: await devtools.held(sessionId),
      trainer: await devtools.held(trainer),
      resident: await residentBytes(),
    });
  }
  const later = samples.filter(({ minute }) => minute >= settledMinutes);
  const slopeOf = (of: (sample: Sample) => number) =>
    slope(later.map((sample) => [sample.minute, of(sample) / 1000]));
  const report = {
    what: "Memory of the page and of its trainer, each after a garbage collection, in a run that does not end; slopes in kB per minute with their standard errors, allowing for samples that depend on the one before.",
    command: `node --conditions=@grok/source --experimental-transform-types --no-warnings --import=./scripts/from-source.mjs apps/web/scripts/measure-memory.ts ${minutes}`,
    machine: `${cpus().length} × ${cpus()[0]?.model}, shared with other jobs`,
    load: [load, loadavg()].map((each) => each.map((one) => Number(one.toFixed(1)))),
    browser: `Chromium ${browser.version()}, headless`,
    date: new Date().toISOString().slice(0, 10),
    caps,
    link,
    minutes,
    steps: samples.at(-1)?.step,
    evaluations: Math.floor((samples.at(-1)?.step ?? 0) / 50),
    slopes_from_minute: settledMinutes,
    samples_in_slopes: later.length,
    slopes_kb_per_min: {
      page_heap: slopeOf(({ page: { heap } }) => heap),
      page_buffers: slopeOf(({ page: { buffers } }) => buffers),
      trainer_heap: slopeOf(({ trainer: { heap } }) => heap),
      trainer_buffers: slopeOf(({ trainer: { buffers } }) => buffers),
      page: slopeOf(({ page: { heap, buffers } }) => heap + buffers),
      trainer: slopeOf(({ trainer: { heap, buffers } }) => heap + buffers),
      resident: slopeOf(({ resident }) => resident),
    },
    samples_kb: samples
      .filter((_, i) => i % 6 === 5)
      .map(({ minute, step, page: main, trainer: worker, resident }) => ({
        minute: Number(minute.toFixed(1)),
        step,
        page: kb(main.heap + main.buffers),
        trainer: kb(worker.heap + worker.buffers),
        resident: kb(resident),
      })),
  };
  console.log(JSON.stringify(report, null, 2));
} finally {
  await browser.close();
  await site.close();
}

function kb(bytes: number): number {
  return Math.round(bytes / 1000);
}

async function targetOf(url: string): Promise<string> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    id: string;
    type: string;
    url: string;
  }[];
  const found = targets.find(
    (each) => each.type === "page" && url.startsWith(each.url.split("#")[0] as string),
  );
  if (found === undefined) throw new Error(`no page ${url} in the browser`);
  return found.id;
}

/** A connection to the browser's DevTools, as playwright's own does not reach a page's workers. */
async function connect(url: string) {
  const socket = new WebSocket(url);
  await new Promise((done) => socket.addEventListener("open", done, { once: true }));
  let last = 0;
  const answers = new Map<number, (message: Answer) => void>();
  const attached: { title: string; sessionId: string }[] = [];
  const waiting: (() => void)[] = [];
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data) as Answer;
    if (message.id !== undefined) answers.get(message.id)?.(message);
    if (message.method === "Target.attachedToTarget" && message.params !== undefined) {
      const { sessionId, targetInfo } = message.params;
      attached.push({ title: targetInfo.title, sessionId });
      for (const look of waiting) look();
    }
  });
  const send = (method: string, params: object = {}, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++last;
      answers.set(id, ({ result, error }) => {
        answers.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  return {
    send,
    /** The session of a worker with that name, once there is one. */
    attachedTo: (name: string) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const found = attached.find(({ title }) => title.includes(name));
          if (found !== undefined) resolve(found.sessionId);
        };
        waiting.push(look);
        look();
      }),
    /** What a page or worker holds after a garbage collection. */
    async held(sessionId: string): Promise<Held> {
      await send("HeapProfiler.collectGarbage", {}, sessionId);
      const usage = await send("Runtime.getHeapUsage", {}, sessionId);
      return { heap: Number(usage["usedSize"]), buffers: Number(usage["backingStorageSize"]) };
    },
  };
}

interface Answer {
  id?: number;
  method?: string;
  result?: Record<string, unknown>;
  error?: { message: string };
  params?: { sessionId: string; targetInfo: { title: string } };
}

/** Resident memory of the processes that run pages and workers. */
async function residentBytes(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let bytes = 0;
  for (const { id, type } of processInfo) {
    if (type !== "renderer") continue;
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    bytes += 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }
  return bytes;
}
