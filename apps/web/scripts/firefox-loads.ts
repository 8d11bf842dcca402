// Loads the page again and again in Debian's firefox-esr, training a little in between and with another
// tab that trains, and prints JSON: how many loads became ready. Before that, why threads are started
// by the page: how often `new Worker` returns on a page and within a worker, while memory is churned.
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import=./scripts/from-source.mjs apps/web/scripts/firefox-loads.ts [LOADS] > results/firefox-loads.json
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { short } from "../test/browser/driver";
import { startSite } from "../test/browser/site";

const loads = Number(process.argv[2] ?? 200);
/** Workers that are started one after the other. */
const workers = 300;
/** Milliseconds without an answer that count as none. */
const patience = { worker: 20_000, load: 60_000 };

const starter = `
const page = "self.onmessage = () => self.postMessage(1);";
const url = URL.createObjectURL(new Blob([page], { type: "text/javascript" }));
const held = new Set();
let isChurning = true;
(function churn() {
  const rubbish = [];
  for (let i = 0; i < 50_000; i++) rubbish.push({ i, list: [i] });
  if (isChurning) setTimeout(churn, 0);
})();
(async () => {
  for (let i = 0; i < ${workers}; i++) {
    const worker = new Worker(url);
    held.add(worker);
    await new Promise((resolve) => { worker.onmessage = resolve; worker.postMessage(0); });
    held.delete(worker);
    worker.terminate();
    fetch("/started?" + (i + 1));
  }
  isChurning = false;
})();`;

const version = { firefox: "" };
const onPage = await startWorkers(`<script>${starter}</script>`);
const inWorker = await startWorkers("<script>self.starter = new Worker('/starter.js')</script>");
const loaded = await loadAgainAndAgain();
console.log(
  JSON.stringify(
    {
      what: `The page loaded again and again in Firefox, training a little in between and with another tab that trains; a load is ready when Start can be pressed within ${patience.load / 1000} s. And workers started one after the other while memory is churned, until one does not answer within ${patience.worker / 1000} s.`,
      command: `node --conditions=@grok/source --experimental-transform-types --no-warnings --import=./scripts/from-source.mjs apps/web/scripts/firefox-loads.ts ${loads}`,
      machine: `${cpus().length} × ${cpus()[0]?.model}, shared with other jobs`,
      load: loadavg().map((each) => Number(each.toFixed(1))),
      browser: version.firefox,
      date: new Date().toISOString().slice(0, 10),
      loads: loaded,
      workers_started_of: workers,
      workers_started_on_a_page: onPage,
      workers_started_within_a_worker: inWorker,
    },
    null,
    2,
  ),
);

async function startFirefox(): Promise<Browser> {
  const executablePath = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout: 60_000 });
  version.firefox = await browser.version();
  return browser;
}

/** How many of the workers were started by what a page has. */
async function startWorkers(html: string): Promise<number> {
  let started = 0;
  let heard = Date.now();
  const server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/started?")) {
      started = Number(url.split("?")[1]);
      heard = Date.now();
    }
    const isScript = url === "/starter.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? starter : `<!doctype html>${html}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const browser = await startFirefox();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  while (started < workers && Date.now() - heard < patience.worker) await sleep(200);
  // A worker that is stuck keeps Firefox from ending in good order.
  browser.process()?.kill("SIGKILL");
  server.closeAllConnections();
  server.close();
  return started;
}

async function loadAgainAndAgain(): Promise<object> {
  const site = await startSite();
  const browser = await startFirefox();
  const seconds: number[] = [];
  const stuck: string[] = [];
  try {
    const endless = `${site.isolated}#${short.replace("steps=1500", "steps=100000000")}`;
    const other = await browser.newPage();
    await other.goto(endless);
    await becomesReady(other);
    await other.click(".play");
    const page = await browser.newPage();
    await page.goto(endless);
    await becomesReady(page);
    for (let i = 0; i < loads; i++) {
      await page.click(".play");
      await sleep(300 + 700 * Math.random());
      const began = Date.now();
      await page.reload();
      if (await becomesReady(page)) seconds.push((Date.now() - began) / 1000);
      else stuck.push(await page.$eval("main", ({ innerText }) => innerText.slice(0, 300)));
    }
  } finally {
    browser.process()?.kill("SIGKILL");
    await site.close();
  }
  seconds.sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.floor(share * (seconds.length - 1))];
  return {
    loads,
    ready: seconds.length,
    seconds: { median: at(0.5), p95: at(0.95), most: at(1) },
    stuck,
  };
}

async function becomesReady(page: Page): Promise<boolean> {
  const began = Date.now();
  while (Date.now() - began < patience.load) {
    const count = await page.$$eval(".play:not(:disabled)", ({ length }) => length).catch(() => 0);
    if (count > 0) return true;
    await sleep(100);
  }
  return false;
}
