import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumOptions } from "@grok/browsers";
import { type BrowserContext, chromium } from "playwright-core";
import { build, type Plugin } from "vite";

/** How Chromium is started. */
export const launchOptions = chromiumOptions([
  // A name that is not this machine's own, as a page over plain http from elsewhere has it.
  "--host-resolver-rules=MAP elsewhere.test 127.0.0.1",
]);

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The page, built and served. */
export interface Site {
  /** Its folder on this disk. */
  folder: string;
  /** Served with the headers that make it isolated. */
  isolated: string;
  /** Served as a host that knows nothing of them would. */
  plain: string;
  /** The files that were asked for since it was emptied. */
  asked: Set<string>;
  close(): Promise<void>;
}

/** The folder of a page that is built already: the one to publish after these tests. */
const built = process.env["GROK_PAGE"];

/** Serves the page: the build that GROK_PAGE names, below the repository, else a new one. */
export async function startSite(plugins: Plugin[] = []): Promise<Site> {
  const isBuilt = built !== undefined && plugins.length === 0;
  const folder = isBuilt
    ? fileURLToPath(new URL(`../../../../${built}`, import.meta.url))
    : await buildPage(plugins);
  const asked = new Set<string>();
  const servers = [serve(folder, true, asked), serve(folder, false, asked)];
  await Promise.all(
    servers.map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))),
  );
  const [isolated, plain] = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  ) as [string, string];
  return {
    folder,
    isolated,
    plain,
    asked,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      if (!isBuilt) await rm(folder, { recursive: true });
    },
  };
}

async function buildPage(plugins: Plugin[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "grok-web-"));
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    build: { outDir: folder, emptyOutDir: true },
    plugins,
    worker: { plugins: () => plugins },
    logLevel: "error",
  });
  return folder;
}

function serve(folder: string, isIsolated: boolean, asked: Set<string>): Server {
  const headers: Record<string, string> = isIsolated
    ? {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      }
    : {};
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, normalize(pathname === "/" ? "/index.html" : pathname));
    asked.add(path);
    readFile(path).then(
      (bytes) => {
        const type = types[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, { ...headers, "content-type": type });
        response.end(bytes);
      },
      () => response.writeHead(404, headers).end(),
    );
  });
}

/** A browser with a profile of its own, as after a fresh start; it can be started again. */
export function startBrowser(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...launchOptions, acceptDownloads: true });
}
