// Measures the built page in Debian's Chromium, and prints JSON: from the link to the first moving
// curve, the first lesson's network until it groks, and frames while it trains.
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import=./scripts/from-source.mjs apps/web/scripts/measure-page.ts > page.json
//
// results/page.json has this and, as "memory", what measure-memory.ts prints.
import { cpus, loadavg } from "node:os";
import { type Browser, chromium, type Page } from "playwright-core";
import { launchOptions, startSite } from "../test/browser/site";

const site = await startSite();
const browser = await chromium.launch(launchOptions);
try {
  const first = await measureFirstCurve(browser);
  const lesson = [
    await measureLesson(browser, "curves"),
    await measureLesson(browser, "curves"),
    await measureLesson(browser, "panels"),
  ];
  const report = {
    what: "The page in Chromium: from the link to the first moving curve; the first lesson's network until it groks; frames while it trains.",
    command: `node --conditions=@grok/source --experimental-transform-types --no-warnings --import=./scripts/from-source.mjs apps/web/scripts/measure-page.ts`,
    machine: `${cpus().length} × ${cpus()[0]?.model}, shared with other jobs`,
    browser: `Chromium ${browser.version()}, headless, no GPU`,
    date: new Date().toISOString().slice(0, 10),
    first_curve: first,
    lesson,
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
    // They are loaded when somebody scrolls there.
    await page.locator(".below-fold").evaluate((place) => place.scrollIntoView());
    await page.locator(".panel").first().waitFor();
    await page.evaluate(() => document.querySelector(".panels")?.scrollIntoView());
  }
  const still = await countFrames(page, () => new Promise((done) => setTimeout(done, 5000)));
  const began = performance.now();
  const training = await countFrames(page, async () => {
    await page.getByRole("button", { name: "Start" }).click();
    await page.locator(".sentence").filter({ hasText: "It grokked" }).waitFor({ timeout: 600_000 });
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

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** How many wanted to compute during the last minute. */
function load(): number {
  return Number(loadavg()[0]?.toFixed(1));
}
