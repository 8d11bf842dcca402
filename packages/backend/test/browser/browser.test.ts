import { bundle, hasChromium, startChromium } from "@grok/browsers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { servePage } from "./page-server";

const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

describe.skipIf(!hasChromium)(
  "in Chromium [needs Debian's chromium: apt-get install chromium]",
  () => {
    let browser: Browser;
    let server: Awaited<ReturnType<typeof servePage>>;

    beforeAll(async () => {
      server = await servePage({
        script: await bundle(new URL("page.ts", import.meta.url), ["@grok/source"]),
        headers: (path) => (path.startsWith("/plain") ? {} : isolation),
      });
      browser = await startChromium();
    });

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    async function report(path: string, threads: number[]) {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`http://127.0.0.1:${server.port}${path}`);
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
