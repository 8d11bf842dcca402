import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle, hasChromium, startChromium } from "./chromium";
import type { WebgpuReport } from "./webgpu-page";

describe.skipIf(!hasChromium)(
  "WebGPU in Chromium, on SwiftShader [needs Debian's chromium: apt-get install chromium]",
  { timeout: 300_000 },
  () => {
    let browser: Browser;
    let server: Server;

    beforeAll(async () => {
      const script = await bundle("webgpu-page.ts");
      server = createServer((request, response) => {
        const isScript = request.url?.endsWith("page.js") === true;
        response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
        response.end(
          isScript ? script : '<!doctype html><script type="module" src="page.js"></script>',
        );
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      browser = await startChromium([
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--enable-features=Vulkan",
      ]);
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    test("a network trains as on cpu, in few dispatches, and again after the device is lost", async () => {
      const page = await browser.newPage();
      page.setDefaultTimeout(240_000);
      // localhost is a secure context, which WebGPU needs.
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => "webgpuReport" in window);
      const report = (await page.evaluate(() => window.webgpuReport())) as WebgpuReport;
      await page.close();
      expect(report.error).toBeUndefined();
      expect(report.adapter).toMatch(/swiftshader.*\(software\)$/i);
      const { cpu = [], webgpu = [], perStep } = report;
      expect(webgpu.length).toBe(8);
      for (const [i, loss] of webgpu.entries()) {
        expect(Math.abs(loss - (cpu[i] as number))).toBeLessThan(1e-4);
      }
      expect(webgpu.at(-1)).toBeLessThan(webgpu[0] as number);
      expect(report.isDeviceError).toBe(true);
      expect(report.lost).toMatch(/graphics device/);
      expect(report.again).toEqual(webgpu);
      console.log(`Chromium, ${report.adapter}: per step ${JSON.stringify(perStep)}`);
      expect(perStep?.dispatches).toBeLessThan(25);
      expect(perStep?.submits).toBeLessThan(4);
    });
  },
);
