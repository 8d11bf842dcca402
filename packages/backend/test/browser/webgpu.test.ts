import { hasChromium } from "@grok/browsers";
import {
  operationSamplers,
  updateSamplers,
  wgslTolerance,
  wrongIndexMessage,
  wrongIndices,
} from "@grok/ops/conformance";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWebgpuTab, type WebgpuTab } from "./webgpu-tab";

/** Samples of each operation. */
const SAMPLES = 8;

describe.skipIf(!hasChromium)(
  "WebGPU in Chromium, on SwiftShader [needs Debian's chromium: apt-get install chromium]",
  { timeout: 600_000 },
  () => {
    let tab: WebgpuTab;

    beforeAll(async () => {
      tab = await openWebgpuTab(new URL("webgpu-page.ts", import.meta.url));
    }, 300_000);

    afterAll(async () => {
      await tab?.close();
    });

    test("a network trains as on cpu, in few dispatches, and again after the device is lost", async () => {
      const report = await tab.page.evaluate(() => window.webgpuReport());
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

    test("indices out of range are refused, and those that it computes read nobody's memory", async () => {
      const { computed, ...messages } = await tab.page.evaluate(() => window.wrongIndexMessages());
      expect(computed).toBe("3");
      expect(Object.keys(messages)).toEqual(Object.keys(wrongIndices));
      for (const [name, message] of Object.entries(messages)) {
        expect(message, name).toMatch(wrongIndexMessage);
      }
    });

    test("every operation agrees with its reference form on cpu, and with itself to the last bit", async () => {
      const reports = await tab.page.evaluate(
        (samples) => window.operationReports(samples),
        SAMPLES,
      );
      const lines = Object.entries(reports).map(
        ([name, { largest }]) => `${name} ${largest.toExponential(1)}`,
      );
      console.log(`Chromium, largest differences: ${lines.join(", ")}`);
      const names = Object.keys({ ...operationSamplers, ...updateSamplers });
      expect(Object.keys(reports)).toEqual(names);
      for (const [name, { largest, where, ...others }] of Object.entries(reports)) {
        expect(largest, `${name}: ${where}`).toBeLessThan(wgslTolerance);
        expect(others, name).toEqual({ unrepeatable: [], leaks: 0 });
      }
      expect(tab.errors).toEqual([]);
    });
  },
);
