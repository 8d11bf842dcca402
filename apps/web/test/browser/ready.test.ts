import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

inChromium((at) => {
  test("where the trainer does not answer the page says so, and trying again helps", async () => {
    await at.context.addInitScript(() => {
      const mute = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
      let isFirst = true;
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(isFirst ? mute : url, options);
          isFirst = false;
        }
      };
    });
    const page = await at.context.newPage();
    await page.clock.install();
    await page.goto(`${at.site.isolated}#${short}`);
    await page.getByText("Getting ready…").waitFor();
    const notice = page.locator(".notice");
    await expect
      .poll(async () => {
        await page.clock.fastForward(10_000);
        return notice.count();
      })
      .toBe(1);
    expect(await notice.textContent()).toContain(
      "The page is not ready, as the trainer's script did not answer within 20 s.",
    );
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".play:not(:disabled)").waitFor();
    await page.clock.fastForward(60_000);
    expect(await notice.count()).toBe(0);
  });

  test("where threads may not be started the page trains on one, and says why", async () => {
    await at.context.route(at.site.isolated, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": "worker-src 'self'" };
      await route.fulfill({ response, headers });
    });
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    const machine = await driver.page.locator(".machine").textContent();
    expect(machine).toMatch(/WebAssembly, 1 thread\..*One thread: with \d+, thread 1 .*not start/);
    await driver.finish();
    expect(driver.faults).toEqual([]);
  });
});
