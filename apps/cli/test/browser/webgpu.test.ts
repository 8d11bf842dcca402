import { hasChromium } from "@grok/browsers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  openWebgpuTab,
  type WebgpuTab,
} from "../../../../packages/backend/test/browser/webgpu-tab";
import { fixtureNames } from "../../../../packages/models/test/fixture-files";
import {
  describeDifferences,
  expectAgreement,
} from "../../../../packages/models/test/oracle-suite";
import { shortRun } from "../device-loss";

// Training on WebGPU in a page, on SwiftShader.
describe.skipIf(!hasChromium)(
  "on WebGPU in Chromium [needs Debian's chromium: apt-get install chromium]",
  // A software adapter compiles and computes slowly, the more so on a busy machine.
  { timeout: 600_000 },
  () => {
    let tab: WebgpuTab;

    beforeAll(async () => {
      tab = await openWebgpuTab(new URL("webgpu-page.ts", import.meta.url), {
        data: new URL("../../../../fixtures/", import.meta.url),
      });
    }, 300_000);

    afterAll(async () => {
      await tab?.page.evaluate(() => window.stop());
      await tab?.close();
    });

    it.each(fixtureNames)("%s agrees with PyTorch over two steps", async (name) => {
      const { leaks, ...found } = await tab.page.evaluate(
        ([fixture, steps]) => window.oracleReport(fixture, steps),
        [name, 2] as const,
      );
      console.log(`Chromium ${name}: ${describeDifferences(found)}`);
      expectAgreement(found);
      expect(leaks).toBe(0);
      expect(tab.errors).toEqual([]);
    });

    it("a run continues when its device is lost: on another with the same result, else on wasm", async () => {
      const { steps } = shortRun.training;
      const whole = await tab.page.evaluate(() => window.runReport());
      expect(whole.summary).toMatchObject({ status: "finished", backend: "webgpu", steps });
      expect(whole.summary.device_losses).toBeUndefined();

      const from = expect.toSatisfy((at: number) => at > 0 && at < steps);
      const reason = expect.stringMatching(/lost/);
      const once = await tab.page.evaluate(() => window.runReport("once"));
      expect(once.summary).toMatchObject({
        status: "finished",
        backend: "webgpu",
        steps,
        device_losses: [{ backend: "webgpu", from, reason }],
      });
      // The same adapter computes the same.
      expect(once.losses).toEqual(whole.losses);

      const forGood = await tab.page.evaluate(() => window.runReport("for good"));
      expect(forGood.summary).toMatchObject({
        status: "finished",
        backend: "wasm",
        steps,
        device_losses: [{ backend: "wasm", from, reason }],
      });
      expect(forGood.losses.length).toBe(whole.losses.length);
      for (const [i, loss] of forGood.losses.entries()) {
        expect(Math.abs(loss - (whole.losses[i] as number))).toBeLessThan(1e-4);
      }
      expect(tab.errors).toEqual([]);
    });
  },
);
