import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PackedFiles } from "@grok/train/archive";
import { expect, test } from "vitest";
import { Driver, expectSameRun, short, textOf } from "./driver";
import { inChromium } from "./setup";
import { startBrowser } from "./site";

/** The run of {@link short} without a stop. */
let whole: PackedFiles;

inChromium(
  (at) => {
    const openShort = () => Driver.open(at.context, `${at.site.isolated}#${short}`);

    test("a link starts with a click: the curve moves, and what computes is told", async () => {
      at.site.asked.clear();
      const driver = await openShort();
      expect(await driver.sentence()).toMatch(/Press Start/);
      expect(await driver.page.evaluate(() => crossOriginIsolated)).toBe(true);
      await driver.press("Start");
      await driver.page.locator(".chart .key b").filter({ hasText: "%" }).first().waitFor();
      const machine = (await driver.page.locator(".machine").textContent()) ?? "";
      expect(machine).toMatch(/WebAssembly, \d+ threads/);
      await driver.page.locator(".speed").filter({ hasText: "steps/s" }).waitFor();
      // All that was loaded up to here, as a host sends it.
      const sizes = [...at.site.asked].map((path) => [
        basename(path),
        gzipSync(readFileSync(path)).length,
      ]);
      const kilobytes = sizes.reduce((sum, [, size]) => sum + (size as number), 0) / 1000;
      console.info(`First load, compressed: ${kilobytes.toFixed(0)} KB`, Object.fromEntries(sizes));
      expect(kilobytes).toBeGreaterThan(200);
      expect(kilobytes).toBeLessThanOrEqual(630);
      await driver.pause();
      expect(driver.faults).toEqual([]);
    });

    test("paused and reloaded, the run is there and continues as if it had never stopped", async () => {
      const driver = await openShort();
      await driver.press("Start");
      await driver.until(300);
      await driver.pause();
      const stopped = await driver.step();
      await driver.press("One step");
      await driver.until(stopped + 1);
      expect(await driver.step()).toBe(stopped + 1);
      await driver.page.reload();
      await driver.ready();
      await driver.turnTo("Runs");
      await driver.page.getByText("paused").waitFor();
      await driver.page.getByRole("link", { name: "Open" }).click();
      await driver.says(/^Paused at step/);
      expect(await driver.step()).toBe(stopped + 1);
      await driver.finish();
      await expectSameRun(await driver.export(), whole);
      expect(driver.faults).toEqual([]);
    });

    test("after a crash of the tab in mid-run nothing recorded is lost, and it continues exactly", async () => {
      const driver = await openShort();
      await driver.press("Start");
      await driver.until(400);
      const session = await at.context.newCDPSession(driver.page);
      const crashed = driver.page.waitForEvent("crash");
      session.send("Page.crash").catch(() => {});
      await crashed;
      const again = await Driver.open(at.context, at.site.isolated);
      await again.turnTo("Runs");
      await again.page.getByText("stopped").waitFor();
      await again.page.getByRole("link", { name: "Open" }).click();
      await again.page.locator(".chart .key b").filter({ hasText: "%" }).first().waitFor();
      await again.finish();
      await expectSameRun(await again.export(), whole);
    });

    test("after the browser was killed in mid-run nothing recorded is lost, and it continues exactly", async () => {
      const profile = await mkdtemp(join(tmpdir(), "grok-profile-"));
      try {
        const first = await startBrowser(profile);
        const driver = await Driver.open(first, `${at.site.isolated}#${short}`);
        await driver.press("Start");
        await driver.until(400);
        const closed = first.waitForEvent("close");
        const system = await first.browser()?.newBrowserCDPSession();
        system?.send("Browser.crash").catch(() => {});
        await closed;
        const second = await startBrowser(profile);
        const again = await Driver.open(second, at.site.isolated);
        await again.turnTo("Runs");
        await again.page.getByRole("link", { name: "Open" }).click();
        await again.page.locator(".chart .key b").filter({ hasText: "%" }).first().waitFor();
        await again.finish();
        await expectSameRun(await again.export(), whole);
        await second.close();
      } finally {
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    });

    test("another number of threads in mid-run changes nothing; another backend continues and is told", async () => {
      const driver = await openShort();
      await driver.press("Start");
      await driver.until(200);
      await driver.page.getByLabel("Computes on").selectOption("wasm:1");
      await driver.page.getByText("WebAssembly, 1 thread.").waitFor();
      await driver.says(/ended/);
      await expectSameRun(await driver.export(), whole);

      const other = await openShort();
      await other.press("Start");
      await other.until(200);
      await other.page.getByLabel("Computes on").selectOption("cpu");
      await other.tells(/backend wasm → cpu/);
      await other.page.getByText("Plain JavaScript. Asked for.").waitFor();
      await other.until(260);
      await other.pause();
      const config = JSON.parse(textOf(await other.export(), "config.json"));
      expect(config.backend).toBe("cpu");
      expect(config.history).toMatchObject([{ backend: "wasm" }]);
      expect(driver.faults).toEqual([]);
    });

    test("two tabs do not write one run", async () => {
      const long = short.replace("steps=1500", "steps=1000000");
      const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
      await driver.press("Start");
      await driver.until(50);
      const other = await Driver.open(at.context, at.site.isolated);
      await other.turnTo("Runs");
      await other.page.getByRole("link", { name: "Open" }).click();
      await other.press("Go on");
      await other.tells(/trained in another tab/);
      await driver.pause();
      await other.press("Go on");
      await other.until((await driver.step()) + 1);
      await other.pause();
    });

    test("without isolation it computes on one thread and says why; a service worker mends that", async () => {
      const bare = await at.browser.newContext({ serviceWorkers: "block" });
      const driver = await Driver.open(bare, `${at.site.plain}#${short}`);
      await driver.page.getByText(/1 thread\..*not cross-origin isolated/).waitFor();
      await driver.finish();
      await expectSameRun(await driver.export(), whole);
      await bare.close();
      const helped = await Driver.open(at.context, `${at.site.plain}#${short}`);
      await helped.page.waitForFunction(() => crossOriginIsolated);
      await helped.ready();
      await helped.page.getByText(/WebAssembly, \d+ threads\. The/).waitFor();
    });
  },
  {
    prepare: async ({ context, site }) => {
      const driver = await Driver.open(context, `${site.isolated}#${short}`);
      await driver.finish();
      whole = await driver.export();
    },
  },
);
