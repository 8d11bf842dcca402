import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle, hasChromium, startChromium } from "./chromium";

const tfjs = dirname(
  createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm",
  ),
);

describe.skipIf(!hasChromium)(
  "in Chromium [needs Debian's chromium: apt-get install chromium]",
  () => {
    let browser: Browser;
    let server: Server;
    let script: string;

    beforeAll(async () => {
      script = await bundle("page.ts");
      server = createServer((request, response) => void serve(request.url ?? "", response));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      browser = await startChromium();
    });

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    async function serve(url: string, response: import("node:http").ServerResponse) {
      const headers: Record<string, string> = url.startsWith("/plain")
        ? {}
        : {
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-embedder-policy": "require-corp",
          };
      const name = url.split("/").at(-1) as string;
      if (name.endsWith(".wasm")) {
        response.writeHead(200, { ...headers, "content-type": "application/wasm" });
        response.end(await readFile(join(tfjs, name)));
      } else if (name === "page.js") {
        response.writeHead(200, { ...headers, "content-type": "text/javascript" });
        response.end(script);
      } else {
        response.writeHead(200, { ...headers, "content-type": "text/html" });
        response.end('<!doctype html><script type="module" src="page.js"></script>');
      }
    }

    async function report(path: string, threads: number[]) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}${path}`);
      await page.waitForFunction(() => "report" in window, undefined, { timeout: 20_000 });
      const result = await page.evaluate((counts) => window.report(counts), threads);
      await page.close();
      expect(errors).toEqual([]);
      return result;
    }

    test("an isolated page computes on two threads, with the bytes of one", async () => {
      const result = await report("/isolated/", [1, 2]);
      expect(result.error).toBeUndefined();
      expect(result).toMatchObject({ isolated: true, name: "wasm", threads: 2, simd: "relaxed" });
      expect(result.products[1]).toEqual(result.products[0]);
      expect(result.products[0]?.some((x) => x !== 0)).toBe(true);
    });

    test("a page that is not isolated computes on one thread", async () => {
      const result = await report("/plain/", [1]);
      expect(result.error).toBeUndefined();
      expect(result).toMatchObject({ isolated: false, name: "wasm", threads: 1 });
      const isolated = await report("/isolated/", [1]);
      expect(result.products).toEqual(isolated.products);
    });

    test("a page that is not isolated says why it has no second thread", async () => {
      const result = await report("/plain/", [2]);
      expect(result.error).toMatch(/threads is 2.*cross-origin isolated/);
    });
  },
);
