import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

inChromium((at) => {
  test("after a reload or a change of settings the page says where the run waits, and continues it", async () => {
    const long = short.replace("steps=1500", "steps=1000000");
    const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
    const { page } = driver;
    await driver.press("Start");
    await driver.until(400);
    // How long the rest will take is said.
    await page
      .locator(".speed")
      .filter({ hasText: / \d[\d.]* (s|min|h|days) left/ })
      .waitFor();
    await page.reload();
    await driver.tells(/^A run of this experiment waits at step [\d,]+\./);
    await driver.press(/^Continue it at step [\d,]+$/);
    // Beyond 999, as the page separates thousands.
    await driver.until(1100);
    expect(await page.getByRole("link", { name: "Runs (1)" }).count()).toBe(1);

    await page.getByRole("textbox", { name: "Seed" }).fill("4");
    await page.getByRole("textbox", { name: "Seed" }).press("Enter");
    await driver.tells(
      /The run with the settings before waits at step [\d,]+ in the list of runs\./,
    );
    await driver.press("Go back to it");
    await driver.says(/^Paused at step [\d,]+/);
    expect(page.url()).toContain("seed=3");

    // A row stays where it is as it is ticked.
    await driver.turnTo("Runs");
    const box = page.getByRole("checkbox", { name: /^Compare a \+ b/ }).first();
    const topOf = async () => (await box.boundingBox())?.y ?? -1;
    await box.waitFor();
    const before = await topOf();
    await box.check();
    await page.locator(".compare-place .plot").waitFor();
    expect(Math.abs((await topOf()) - before)).toBeLessThan(6);
    expect(driver.faults).toEqual([]);
  });

  test("an ended run is trained on if it is given more steps, and seeds that waited are not forgotten", async () => {
    const brief = short.replace("steps=1500", "steps=200");
    const driver = await Driver.open(at.context, `${at.site.isolated}#${brief}`);
    const { page } = driver;
    await driver.finish();
    await page.locator(".experiment").getByText("All settings").click();
    await page.getByRole("searchbox", { name: "Search settings" }).fill("steps");
    const steps = page.getByRole("textbox", { name: "Steps", exact: true });
    await steps.fill("400");
    await steps.press("Enter");
    await driver.tells(/The run of before ended at step 200; it can be trained on to step 400\./);
    await driver.press("Train it on from step 200");
    await driver.says(/ended|found the rule/);
    expect(await driver.step()).toBe(400);
    await driver.turnTo("Runs");
    await page.getByText(/branch of a \+ b mod 11 at step 200/).waitFor();

    const slow = short.replace("steps=1500", "steps=20000");
    await page.goto(`${at.site.isolated}#${slow}`);
    await driver.ready();
    await driver.press("One step");
    await driver.until(1);
    await driver.turnTo("Runs");
    await page.getByRole("button", { name: "More seeds" }).first().click();
    await page
      .getByText(/3 more|3 runs|waits?/)
      .first()
      .waitFor();
    await page.reload();
    await driver.tells(/^3 more runs were to be trained when the page was closed\./);
    expect(driver.faults).toEqual([]);
  });
});
