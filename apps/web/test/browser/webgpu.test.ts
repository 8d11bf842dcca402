import { chromiumNeeded, hasChromium } from "@grok/browsers";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Driver, short, textOf } from "./driver";
import { launchOptions, type Site, startSite } from "./site";

/** A graphics adapter on the processor: slow, and as strict as a real one. */
const software = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
];

/** A run that does not end before it is paused, however fast the machine. */
const long = short.replace("steps=1500", "steps=1000000");

describe.skipIf(!hasChromium)(`WebGPU ${chromiumNeeded}`, { timeout: 300_000 }, () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await startSite();
    const args = [...(launchOptions.args ?? []), ...software];
    browser = await chromium.launch({ ...launchOptions, args });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test("a run goes over to the graphics device and back; one in software is not taken unasked", async () => {
    const context = await browser.newContext();
    const driver = await Driver.open(context, `${site.isolated}#${long}&ui.webgpu=software`);
    const { page } = driver;
    await driver.press("Start");
    await driver.until(100);
    // In software it is never the faster one, and on the processor it is not lost.
    const reason =
      /^WebAssembly, .*\. Automatic: .* steps\/s on wasm against .* on webgpu, measured /;
    await page.getByText(reason).filter({ hasText: "measured now." }).waitFor();
    await page.getByLabel("Computes on").selectOption("webgpu");
    await page.getByText(/^WebGPU, .*\. Asked for\./).waitFor();
    const at = await driver.step();
    await driver.until(at + 5);
    await page.getByLabel("Computes on").selectOption("wasm:1");
    await page.getByText("WebAssembly, 1 thread. Asked for.").waitFor();
    const back = await driver.step();
    await driver.until(back + 20);
    await driver.pause();
    const config = JSON.parse(textOf(await driver.export(), "config.json"));
    expect(config.backend).toBe("wasm");
    expect(config.history.map(({ backend }: { backend: string }) => backend)).toEqual([
      "wasm",
      "webgpu",
    ]);
    expect(driver.faults).toEqual([]);

    const again = await Driver.open(context, `${site.isolated}#${short}&ui.webgpu=software`);
    await again.finish();
    await again.page
      .getByText(reason)
      .filter({ hasText: /measured on \d{4}-\d\d-\d\d\./ })
      .waitFor();
    const summary = JSON.parse(textOf(await again.export(), "summary.json"));
    expect(summary.backend_choice).toMatch(/ steps\/s on wasm against .* on webgpu, measured on /);
    expect(again.faults).toEqual([]);
    await again.page.close();

    const other = await Driver.open(context, `${site.isolated}#${short}`);
    const option = other.page.locator("option[value=webgpu]");
    expect(await option.isDisabled()).toBe(true);
    expect(await option.getAttribute("title")).toMatch(/computes on the processor/);
    await context.close();
  });

  test("when the graphics device is lost the run continues, and the page says so", async () => {
    const context = await browser.newContext();
    const driver = await Driver.open(context, `${site.isolated}#${long}&ui.webgpu=software`);
    await driver.page.getByLabel("Computes on").selectOption("webgpu");
    await driver.page.getByText(/^WebGPU, .*\. Asked for\./).waitFor();
    await driver.press("Start");
    await driver.until(10);
    const session = await browser.newBrowserCDPSession();
    await session.send("Browser.crashGpuProcess");
    await driver.tells(
      /^At step [\d,]+ .*\. The run continues from step [\d,]+, on (webgpu|wasm)\./,
    );
    const at = await driver.step();
    await driver.until(at + 10);
    await driver.pause();
    expect(driver.faults).toEqual([]);
    await context.close();
  });
});
