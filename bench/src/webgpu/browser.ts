// An implementation in Chromium: browser.ts SETTINGS. The page is served and asked by this process.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { bundle, startChromium } from "@grok/browsers";
import type { Browser } from "playwright-core";
import { jaxVersion } from "../implementations/jax/version.ts";
import type { Ready, Slice } from "../protocol.ts";
import { type Served, serve } from "../serve.ts";

/** What runs in the browser, and how, on the command line as JSON. */
export interface InBrowser {
  page: "page-ours.ts" | "page-jax.ts";
  /** The workload's fixture. */
  folder: string;
  /** Whether WebGPU is to compute on the processor, there being nothing else. */
  isSoftware: boolean;
  /** Of the page. */
  settings: unknown;
}

/** The longest that a page may compute, in milliseconds. */
const patience = 280_000;

async function begin(): Promise<Served> {
  const {
    page: file,
    folder,
    isSoftware,
    settings,
  } = JSON.parse(process.argv[2] as string) as InBrowser;
  const address = await servePage(await bundle(new URL(file, import.meta.url)), folder);
  const browser = await start(isSoftware);
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(address);
  await page.waitForFunction(() => "begin" in window);
  const ready = (await page.evaluate((given) => window.begin(given), settings)) as Ready;
  const library: Record<string, string> = file === "page-jax.ts" ? { "jax-js": jaxVersion() } : {};
  return {
    ready: { ...ready, versions: { ...ready.versions, ...library, Chromium: browser.version() } },
    run: (seconds) =>
      page.evaluate(
        (given) => window.ask({ do: "run", seconds: given }),
        seconds,
      ) as Promise<Slice>,
    answer: (request) => page.evaluate((given) => window.ask(given), request),
    stop: () => browser.close(),
  };
}

/** Serves the page, its script and the fixture, and says where. */
async function servePage(script: string, folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/page.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    } else if (path.startsWith("/fixture/")) {
      readFile(join(folder, basename(path))).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    } else {
      response.writeHead(200, { "content-type": "text/html" });
      response.end('<!doctype html><script type="module" src="page.js"></script>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // localhost is a secure context, which WebGPU needs.
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

function start(isSoftware: boolean): Promise<Browser> {
  return startChromium([
    "--enable-unsafe-webgpu",
    "--enable-features=Vulkan",
    // Times of passes as the device has them.
    "--enable-webgpu-developer-features",
    ...(isSoftware ? ["--use-webgpu-adapter=swiftshader"] : ["--ignore-gpu-blocklist"]),
  ]);
}

await serve(begin);
