import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

const brief = short.replace("steps=1500", "steps=200");
const long = short.replace("steps=1500", "steps=1000000");

inChromium((at) => {
  test("several values in a field are a sweep, which trains side by side and can be compared", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${brief}`);
    const { page } = driver;
    const type = async (name: string, text: string) => {
      const field = page.getByRole("textbox", { name, exact: true });
      await field.fill(text);
      await field.press("Enter");
    };
    const plan = page.getByRole("region", { name: "Sweep" });
    await type("Weight decay", "0,1; 1");
    await plan.getByText("A sweep of 2 runs: Weight decay 0.1, 1.").waitFor();
    await type("Seed", "0, 1");
    await plan.getByText("A sweep of 4 runs: Weight decay 0.1, 1; Seed 0, 1.").waitFor();
    await plan
      .getByText(/Start still trains one run, with Weight decay [\d.]+ and Seed 3\./)
      .waitFor();
    // The run that Start trains is not touched.
    expect(page.url()).toContain("seed=3");
    await plan.getByText("As a command").click();
    expect(await plan.getByLabel("The sweep's command", { exact: true }).textContent()).toMatch(
      /^npx -y pnpm@12 grok sweep --preset mlp .*--grid weight-decay=0\.1,1 --seeds 0,1$/,
    );

    // What cannot be is told, and nothing is trained.
    await type("Seed", "0, 0.5");
    await plan
      .getByRole("alert")
      .filter({ hasText: /^With weight decay 0\.1, seed 0\.5: --seed/ })
      .waitFor();
    expect(await plan.getByRole("button", { name: "Train all 4" }).isDisabled()).toBe(true);
    await type("Seed", "0 1 2 3 4 5 6 7 8 9 10 11 12");
    await plan
      .getByRole("alert")
      .filter({ hasText: "26 runs, and the page trains at most 24" })
      .waitFor();
    await type("Seed", "0, 1");
    await driver.press("Train all 4");
    const card = page.getByRole("region", { name: "A sweep of 4 runs" });
    await card.getByRole("link", { name: "Compare them" }).waitFor();
    expect(await card.locator("li b").allTextContents()).toEqual([
      "weight decay 0.1, seed 0",
      "weight decay 0.1, seed 1",
      "weight decay 1, seed 0",
      "weight decay 1, seed 1",
    ]);
    await card.getByRole("link", { name: "Compare them" }).click();
    await page.getByText("weight decay 0.1 (median and range of 2 seeds)").first().waitFor();

    // The heads of the table sort it, by keyboard too, and say how.
    const seeds = () => page.locator(".list td[data-name=seed]").allTextContents();
    const head = page.getByRole("columnheader", { name: "Seed" });
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("ascending");
    expect(await seeds()).toEqual(["0", "0", "1", "1"]);
    await page.keyboard.press("Enter");
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("descending");
    expect(await seeds()).toEqual(["1", "1", "0", "0"]);
    await page.keyboard.press("Enter");
    await expect.poll(() => head.getAttribute("aria-sort")).toBeNull();
    expect(driver.faults).toEqual([]);
  });

  test("what differs from the preset is listed, and a press puts each back", async () => {
    const driver = await Driver.open(at.context, at.site.isolated);
    const { page } = driver;
    const differences = page.getByRole("region", { name: "What differs from the preset" });
    expect(await differences.count()).toBe(0);
    for (const [name, text] of [
      ["Weight decay", "0"],
      ["Train fraction", "0,4"],
    ] as const) {
      const field = page.getByRole("textbox", { name, exact: true });
      await field.fill(text);
      await field.press("Enter");
    }
    await differences.getByRole("heading", { name: /^2 settings differ from Quick/ }).waitFor();
    expect(await differences.locator("li > span").allTextContents()).toEqual([
      "Weight decay: 1 0",
      "Train fraction: 0.5 0.4",
    ]);
    await page.locator(".experiment").getByText("As a command").click();
    const command = page.getByLabel("The command", { exact: true });
    await command.filter({ hasText: "--train-fraction 0.4" }).waitFor();
    await driver.press("Weight decay: put back to 1");
    await differences.getByRole("heading", { name: /^1 setting differs/ }).waitFor();
    await expect
      .poll(() => page.getByRole("textbox", { name: "Weight decay" }).inputValue())
      .toBe("1");
    await driver.press("Train fraction: put back to 0.5");
    await differences.waitFor({ state: "detached" });
    expect(driver.faults).toEqual([]);
  });

  test("what somebody types stays theirs while the page is drawn again", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
    const { page } = driver;
    const decay = page.getByRole("textbox", { name: "Weight decay", exact: true });
    const fraction = page.getByRole("textbox", { name: "Train fraction", exact: true });
    await decay.fill("0");
    await decay.press("Enter");
    await fraction.fill("0,4");
    await page.waitForURL(/weight-decay=0/);
    await page.locator(".field.changed").filter({ has: decay }).waitFor();
    expect(await fraction.inputValue()).toBe("0,4");
    await fraction.press("Enter");
    await page.waitForURL(/train-fraction=0\.4/);

    await driver.press("Start");
    await driver.until(10);
    await page.locator(".below-fold").scrollIntoViewIfNeeded();
    const a = page.getByRole("spinbutton", { name: "a", exact: true });
    await a.fill("7");
    await driver.until((await driver.step()) + 100);
    expect(await a.inputValue()).toBe("7");
    await a.press("Enter");
    await driver.until((await driver.step()) + 50);
    expect(await a.inputValue()).toBe("7");
    // What is no input puts the last one back.
    await a.fill("700");
    await a.press("Enter");
    await expect.poll(() => a.inputValue()).toBe("7");
    expect(driver.faults).toEqual([]);
  });
});
