// Measures the built page in Debian's Chromium, and prints JSON: from the link to the first moving
// curve, the first lesson's network until it groks, frames while it trains, and the slope of memory.
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import=./scripts/from-source.mjs apps/web/scripts/measure-page.ts [MINUTES OF MEMORY] > results/page.json
//
// With 0 minutes memory is left out.
import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { type Browser, chromium, type Page } from "playwright-core";
import { quick } from "../src/state/starting-point";
import { launchOptions, startSite } from "../test/browser/site";

const minutes = Number(process.argv[2] ?? 5);

const site = await startSite();
// Memory is measured when asked for, not at the browser's next collection.
const args = [...(launchOptions.args ?? []), "--enable-blink-features=ForceEagerMeasureMemory"];
const browser = await chromium.launch({ ...launchOptions, args });
try {
  const first = await measureFirstCurve(browser);
  const lesson = [
    await measureLesson(browser, "curves"),
    await measureLesson(browser, "curves"),
    await measureLesson(browser, "panels"),
  ];
  const memory = minutes > 0 ? await measureMemory(browser) : undefined;
  const report = {
    what: "The page in Chromium: from the link to the first moving curve; the first lesson's network until it groks; frames while it trains; memory over a longer run.",
    command: `node --conditions=@grok/source --experimental-transform-types --no-warnings --import=./scripts/from-source.mjs apps/web/scripts/measure-page.ts ${minutes}`,
    machine: `${cpus().length} × ${cpus()[0]?.model}, shared with other jobs`,
    browser: `Chromium ${browser.version()}, headless, no GPU`,
    date: new Date().toISOString().slice(0, 10),
    first_curve: first,
    lesson,
    memory,
  };
  console.log(JSON.stringify(report, null, 2));
} finally {
  await browser.close();
  await site.close();
}

/** Seconds from the link to the first point of a curve, with a click on Start as soon as that can be. */
async function measureFirstCurve(from: Browser): Promise<object[]> {
  const times: object[] = [];
  for (let i = 0; i < 5; i++) {
    const context = await from.newContext();
    const page = await context.newPage();
    const began = performance.now();
    await page.goto(site.isolated);
    await page.locator(".play:not(:disabled)").click();
    await page.locator(".chart .key b").filter({ hasText: "%" }).first().waitFor();
    times.push({ seconds: round((performance.now() - began) / 1000), load: load() });
    await context.close();
  }
  return times;
}

/**
 * The first lesson's network from its first step until it groks, and the page's frames meanwhile,
 * with the curves or the panels on the screen.
 */
async function measureLesson(from: Browser, onScreen: "curves" | "panels"): Promise<object> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(site.isolated);
  await page.locator(".play:not(:disabled)").waitFor();
  if (onScreen === "panels") {
    await page.locator(".panel").first().waitFor();
    await page.evaluate(() => document.querySelector(".panels")?.scrollIntoView());
  }
  const still = await countFrames(page, () => new Promise((done) => setTimeout(done, 5000)));
  const began = performance.now();
  const training = await countFrames(page, async () => {
    await page.getByRole("button", { name: "Start" }).click();
    await page.locator(".sentence").filter({ hasText: "Grokked" }).waitFor({ timeout: 600_000 });
  });
  const seconds = round((performance.now() - began) / 1000);
  const sentence = await page.locator(".sentence").textContent();
  const machine = await page.locator(".machine > span:last-child").textContent();
  await context.close();
  return {
    on_screen: onScreen,
    load: load(),
    sentence,
    machine,
    seconds_to_grok: seconds,
    frames_idle: still,
    frames_training: training,
  };
}

/** Frames and long tasks of the main thread while something happens. */
async function countFrames(page: Page, during: () => Promise<unknown>): Promise<object> {
  await page.evaluate(() => {
    const counted = { gaps: [] as number[], tasks: [] as number[], isOver: false };
    Object.assign(window, { counted });
    new PerformanceObserver((list) => {
      counted.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now: number) => {
      counted.gaps.push(now - last);
      last = now;
      if (!counted.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await during();
  const { gaps, tasks } = await page.evaluate(() => {
    const { counted } = window as unknown as {
      counted: { gaps: number[]; tasks: number[]; isOver: boolean };
    };
    counted.isOver = true;
    return counted;
  });
  const sorted = gaps.slice(1).toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const total = sorted.reduce((sum, each) => sum + each, 0);
  return {
    seconds: round(total / 1000),
    frames_per_sec: round((1000 * sorted.length) / total),
    gap_ms: { median: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) },
    gaps_over_34_ms_percent: round((100 * sorted.filter((gap) => gap > 34).length) / sorted.length),
    long_tasks: tasks.length,
    long_tasks_ms: round(tasks.reduce((sum, each) => sum + each, 0)),
  };
}

/** Memory of a run that does not end, and its slope over the last two thirds of the time. */
async function measureMemory(from: Browser): Promise<object> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const fields = Object.entries({ ...quick.flags, steps: "10000000" });
  const link = [["preset", quick.preset], ...fields].map((field) => field.join("=")).join("&");
  await page.goto(`${site.isolated}#${link}`);
  await page.locator(".play:not(:disabled)").click();
  const samples: { minute: number; resident_mb: number; measured_mb: number; step: number }[] = [];
  const began = performance.now();
  while (performance.now() - began < 60_000 * minutes) {
    await page.waitForTimeout(5_000);
    samples.push({
      minute: round((performance.now() - began) / 60_000),
      resident_mb: round((await residentBytes(from)) / 1e6),
      measured_mb: round((await measuredBytes(page)) / 1e6),
      step: await stepOf(page),
    });
  }
  await context.close();
  const later = samples.slice(Math.floor(samples.length / 3));
  return {
    minutes,
    steps: samples.at(-1)?.step,
    resident_slope_mb_per_min: slope(later.map(({ minute, resident_mb }) => [minute, resident_mb])),
    measured_slope_mb_per_min: slope(later.map(({ minute, measured_mb }) => [minute, measured_mb])),
    measured:
      "performance.measureUserAgentSpecificMemory(): the page and its workers after a collection",
    resident: "resident memory of the browser's renderer processes",
    samples,
  };
}

/** What the page and its workers hold after a garbage collection. */
function measuredBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const measuring = performance as Performance & {
      measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
    };
    return (await measuring.measureUserAgentSpecificMemory()).bytes;
  });
}

/** Resident memory of the processes that run pages and workers. */
async function residentBytes(from: Browser): Promise<number> {
  const session = await from.newBrowserCDPSession();
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

async function stepOf(page: Page): Promise<number> {
  const text = (await page.locator(".machine .speed").textContent()) ?? "";
  return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

/** The least-squares slope, with its standard error. */
function slope(points: readonly (readonly [number, number])[]): { value: number; error: number } {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const value = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - value * (x - meanX)) ** 2, 0);
  return { value: round(value), error: round(Math.sqrt(rest / (n - 2) / spread)) };
}

/** How many wanted to compute during the last minute. */
function load(): number {
  return Number(loadavg()[0]?.toFixed(1));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
