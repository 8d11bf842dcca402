import { bundle, hasChromium, startChromium } from "@grok/browsers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { servePage } from "./page-server";

const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** A content security policy as pages have it, which lets no worker come from a blob. */
const policy = "default-src 'self'; script-src 'self'";

const headers: Record<string, Record<string, string>> = {
  isolated: isolation,
  plain: {},
  "without-blobs": {
    ...isolation,
    "content-security-policy": `${policy} 'wasm-unsafe-eval'; worker-src 'self'`,
  },
  "without-wasm": { ...isolation, "content-security-policy": policy },
};

describe.skipIf(!hasChromium)(
  "in Chromium [needs Debian's chromium: apt-get install chromium]",
  () => {
    let browser: Browser;
    let server: Awaited<ReturnType<typeof servePage>>;

    beforeAll(async () => {
      server = await servePage({
        script: await bundle(new URL("page.ts", import.meta.url), ["@grok/source"]),
        headers: (path) => headers[path.split("/")[1] ?? ""] ?? {},
      });
      browser = await startChromium();
    });

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    async function report(path: string, threads: (number | null)[]) {
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

    test("a page whose policy allows no worker from a blob computes on one thread, and says so", async () => {
      const result = await report("/without-blobs/", [null]);
      expect(result.error).toBeUndefined();
      expect(result).toMatchObject({ isolated: true, name: "wasm", threads: 1, simd: "relaxed" });
      expect(result.notice).toMatch(/^One thread computes, as no other could be started: thread 1/);
      expect(result.products).toEqual((await report("/isolated/", [1])).products);
      const asked = await report("/without-blobs/", [2]);
      expect(asked.error).toMatch(/ThreadStartError: thread 1 .* did not start/);
    });

    test("a page whose policy allows no WebAssembly computes on backend cpu", async () => {
      const result = await report("/without-wasm/", [null]);
      expect(result.error).toBeUndefined();
      expect(result).toMatchObject({ name: "cpu", threads: 1 });
      const wasm = await report("/without-wasm/", [1]);
      expect(wasm.error).toMatch(/backend wasm is not available/);
    });

    test("a page that is not isolated says why it has no second thread", async () => {
      const result = await report("/plain/", [2]);
      expect(result.error).toMatch(/threads is 2.*cross-origin isolated/);
    });
  },
);
