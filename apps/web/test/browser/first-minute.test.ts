import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

/** How far down the page something reaches. */
async function bottomOf(part: Locator): Promise<number> {
  const box = await part.boundingBox();
  if (box === null) throw new Error("It is not on the page.");
  return box.y + box.height;
}

inChromium((at) => {
  test("the sentence, the curve, the table and the circle are above the fold in three sizes", async () => {
    at.site.asked.clear();
    const driver = await Driver.open(at.context, at.site.isolated);
    const { page } = driver;
    expect(await driver.sentence()).toMatch(
      /^The network must learn clock arithmetic: add a and b, and start again from 0 after 58\./,
    );
    // The panels below, and their style sheet, have not been loaded by then.
    expect([...at.site.asked].filter((path) => /panels-/.test(path))).toEqual([]);
    const start = page.getByRole("button", { name: "Start" });
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const isPhone = width < 700;
      // On a phone the bar with Start lies over the end of the page.
      const fold = isPhone ? ((await start.boundingBox())?.y ?? 0) : height;
      for (const part of [".sentence", ".first-look .plot", "[data-look=answers] .figure"]) {
        const bottom = await bottomOf(page.locator(part));
        expect(bottom, `${part} at ${width}`).toBeLessThanOrEqual(fold);
      }
      expect(await bottomOf(page.locator("[data-look=circle] .figure"))).toBeLessThanOrEqual(
        fold + 8,
      );
      expect(await bottomOf(start)).toBeLessThanOrEqual(height);
    }
    expect(driver.faults).toEqual([]);
  });

  test("the table fills in, the circle closes and the sentence changes as it groks", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#ui.recorded=yes`);
    const { page } = driver;
    /** How many cells are strong, as right answers are. */
    const strong = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("[data-look=answers] canvas");
        const { data } = canvas?.getContext("2d")?.getImageData(0, 0, 59, 59) ?? { data: [] };
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          const cell = [data[i], data[i + 1], data[i + 2]] as number[];
          if (Math.max(...cell) - Math.min(...cell) > 75) count++;
        }
        return count / 3481;
      });
    const first = await strong();
    await driver.press("Start");
    await driver.says(/by heart/);
    await expect.poll(strong).toBeGreaterThan(0.4);
    expect(first).toBeLessThan(0.2);
    const ring = page.locator("[data-look=circle] .thread");
    const before = await ring.getAttribute("d");
    await driver.says(
      /^It grokked! It memorised at step 40 and found the rule at step 590, 15 times/,
    );
    await expect.poll(strong).toBeGreaterThan(0.9);
    expect(await ring.getAttribute("d")).not.toBe(before);
    expect(await page.locator(".first-look.has-grokked").count()).toBe(1);
    // The linear axis shows how long it waited.
    expect(await page.getByRole("radio", { name: "linear steps" }).first().isChecked()).toBe(true);
    expect(driver.faults).toEqual([]);
  });

  test("what else could happen is a press away, and eight seeds train side by side", async () => {
    const brief = short.replace("steps=1500", "steps=200");
    const driver = await Driver.open(at.context, `${at.site.isolated}#${brief}`);
    const { page } = driver;
    await driver.press("with other numbers (0 to 46)");
    await driver.until(1);
    expect(page.url()).toContain("p=47");
    await driver.says(/ended|found the rule/);
    await driver.press("with eight seeds at once");
    await page.getByRole("heading", { name: "The same with 8 seeds" }).waitFor();
    expect(await page.locator(".side-runs li").count()).toBe(8);
    await page.getByRole("link", { name: "Compare them" }).waitFor();
    expect(await page.locator(".side-runs li").allTextContents()).not.toContain("failed");
    expect(await page.locator(".side-runs header p").textContent()).toMatch(
      / of 8 (have|has) grokked/,
    );
    const curves = await page
      .locator(".side-runs .side-train")
      .evaluateAll((all) => all.map((line) => line.getAttribute("points")));
    expect(new Set(curves).size).toBe(8);
    await page.getByRole("link", { name: "Compare them" }).click();
    // The first run, which was trained before them, has a seed of theirs.
    await expect
      .poll(() => page.getByRole("checkbox", { checked: true }).count())
      .toBeGreaterThanOrEqual(8);
    expect(driver.faults).toEqual([]);
  });

  test("networks to begin from are cards, with the curve and the time of those trained here", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#preset=quadratic`);
    const { page } = driver;
    await driver.finish();
    await driver.press("See all");
    const card = page.locator(".preset-cards li").filter({ hasText: "Addition mod 97, squares" });
    await card.getByText(/a \+ b mod 97 · grokked here at step [\d,]+/).waitFor();
    expect(await card.locator(".preset-val").count()).toBe(1);
    const own = page.getByRole("button", { name: "Your own", exact: true });
    expect(await page.getByText("not trained here yet").count()).toBeGreaterThan(15);
    await own.click();
    await expect.poll(() => page.url()).toContain("preset=custom");
    expect(await page.locator(".preset-dialog[open]").count()).toBe(0);
    expect(driver.faults).toEqual([]);
  });
});
