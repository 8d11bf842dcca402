import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

inChromium((at) => {
  test("a lesson: predict first, then the run tells; by keyboard alone, and kept", async () => {
    const driver = await Driver.show(at.context, `${at.site.isolated}#ui.view=lessons`);
    const { page } = driver;
    await page.getByRole("link", { name: "Learned by heart" }).press("Enter");
    const start = page.getByRole("button", { name: "Start" });
    const guess = page.getByRole("radio", { name: "It will be no better than guessing" });
    await guess.waitFor();
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    expect(await start.isDisabled()).toBe(true);
    expect(await page.locator(".lesson-run .panel").count()).toBe(0);
    await page.getByRole("radio", { name: "About as well" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("The run pauses when it knows").waitFor();
    await start.press("Enter");
    await page.getByText(/^As you predicted\. At step [\d,]+ it had \d/).waitFor();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    const told = await page.locator(".outcome").textContent();
    const stopped = await driver.step();

    // What was predicted, the outcome and the run are there again.
    await page.reload();
    await page.locator(".outcome").waitFor();
    expect(await page.locator(".outcome").textContent()).toBe(told);
    await driver.says(/^Paused at step/);
    expect(await driver.step()).toBe(stopped);
    await page.getByRole("link", { name: "Next: The long wait" }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("The long wait");
    // A wrong prediction is told as such.
    await page.getByRole("img", { name: /^Table of all 3481 pairs/ }).waitFor();
    expect(await page.locator(".lesson-run .panel").count()).toBe(0);
    await page.getByRole("radio", { name: "Nothing: it keeps guessing them" }).check();
    await driver.press("That is my prediction");
    await driver.press("Go on");
    await page
      .getByText(/^It went another way\. It had 9\d.*% of the pairs that it never saw/)
      .waitFor();
    expect(await page.locator(".lesson-run .panel").count()).toBe(1);

    // What the run can answer already is concealed, and then looked at before it is told.
    await page.getByRole("link", { name: "Next: What it did all that time" }).click();
    await page.getByText("so it comes back when you have predicted").waitFor();
    expect(await page.locator(".lesson-run .chart, .lesson-run .sentence").count()).toBe(0);
    await page.getByRole("radio", { name: "It falls, long before" }).check();
    await driver.press("That is my prediction");
    await page.getByText("Then follow the blue curve").waitFor();
    expect(await page.locator(".outcome").count()).toBe(0);
    await driver.press("I have looked: what happened?");
    await page.getByText(/^As you predicted\. Validation loss was \d/).waitFor();
    await page.getByRole("link", { name: "All scenes" }).click();
    await page.getByText("You have made 3 predictions: 2 went as you said.").waitFor();
    expect(await page.getByText("Done", { exact: true }).count()).toBe(3);

    // What is shared within a lesson leads to it.
    await page.getByRole("link", { name: "Continue: What makes it happen" }).click();
    await driver.press("Share");
    expect(await page.getByLabel("The link to this scene", { exact: true }).textContent()).toMatch(
      /#ui\.view=lessons&ui\.lesson=weight-decay$/,
    );
    await driver.press("Close");

    await page.goto(`${at.site.isolated}#ui.view=lessons&ui.lesson=alchemy`);
    await driver.tells(/There is no lesson "alchemy"; lessons are memorise, /);
    expect(driver.faults).toEqual([]);
  });

  test("a lesson begins with a run of its own, whatever was trained before", async () => {
    const driver = await Driver.open(at.context, at.site.isolated);
    const { page } = driver;
    await driver.finish();
    await driver.turnTo("Lessons");
    await page.getByRole("link", { name: "Learned by heart" }).click();
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    await page.getByRole("radio", { name: "About as well" }).check();
    await driver.press("That is my prediction");
    expect(await page.locator(".outcome").count()).toBe(0);
    await driver.turnTo("Runs");
    await page.getByRole("row").filter({ hasText: "a + b mod 59" }).waitFor();
    // The same network, untouched, is what the lesson has when one comes back.
    await page.goBack();
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    expect(driver.faults).toEqual([]);
  });

  test("a question stays where it is while the lesson's network comes", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    const { page } = driver;
    await driver.turnTo("Lessons");
    const link = page.getByRole("link", { name: "Learned by heart" });
    await link.waitFor();
    await page.evaluate(() => {
      const tops: number[] = [];
      Object.assign(window, { tops });
      // At every change, so that it does not depend on how many frames a busy machine draws.
      const look = () => {
        const box = document.querySelector(".question .play")?.getBoundingClientRect();
        if (box !== undefined) tops.push(box.top + scrollY);
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    await link.click();
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    await page.getByText(/^The network: /).waitFor();
    const tops = await page.evaluate(() => (window as unknown as { tops: number[] }).tops);
    expect(tops.length).toBeGreaterThan(1);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(1);
    expect(driver.faults).toEqual([]);
  });

  test("on a phone what moves is on the screen, and then the outcome", async () => {
    const driver = await Driver.show(
      at.context,
      `${at.site.isolated}#ui.view=lessons&ui.lesson=memorise`,
    );
    const { page } = driver;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    await page.getByRole("radio", { name: "About as well" }).check();
    await driver.press("That is my prediction");
    const topOf = async (part: string) => (await page.locator(part).boundingBox())?.y ?? -1;
    // The bar with Start lies over the last 60 pixels.
    const chart = async () => {
      const box = await page.locator(".scene-figure .plot").boundingBox();
      return box === null ? 9999 : box.y + box.height;
    };
    await expect.poll(chart).toBeLessThanOrEqual(784);
    expect(await topOf(".scene-figure .plot")).toBeGreaterThan(0);
    await driver.press("Start");
    await page.locator(".outcome").waitFor();
    const isSeen = async () => {
      const top = await topOf(".outcome");
      return top >= 0 && top < 400;
    };
    await expect.poll(isSeen).toBe(true);
    expect(driver.faults).toEqual([]);
  });

  test("the waves of the answers can be taken away, and theory lies beside a run; then the story ends", async () => {
    const story = `${at.site.isolated}#ui.view=lessons&ui.lesson=`;
    const driver = await Driver.open(at.context, at.site.isolated);
    const { page } = driver;
    await page.goto(`${story}take-apart`);
    await page.locator(".speed").filter({ hasText: "Step 0 of 1,500" }).waitFor();
    await page.getByRole("radio", { name: "Nothing but guesses" }).check();
    await driver.press("That is my prediction");
    await driver.press("Start");
    await driver.says(/grokked/);
    await driver.pause();
    const waves = page.getByRole("group", { name: "Waves" }).getByRole("button");
    await waves.first().waitFor();
    const count = await waves.count();
    for (let i = 0; i < count; i++) await waves.nth(i).click();
    await page.getByText(/^As you predicted\. Without the waves k = \d/).waitFor();

    await page.getByRole("link", { name: "Next: Theory beside experiment" }).click();
    await page.locator(".speed").filter({ hasText: "Step 0 of 100" }).waitFor();
    await page.getByRole("radio", { name: "A sixth, as by chance" }).check();
    await driver.press("That is my prediction");
    const figure = page.getByRole("img", { name: /^Phases of 500 neurons at step 0/ });
    await figure.waitFor();
    const before = Number(/: (\d+) lie/.exec((await figure.getAttribute("aria-label")) ?? "")?.[1]);
    // The neurons are seen: nothing lies over them.
    const fill = await page
      .locator(".phases-frame")
      .evaluate((frame) => getComputedStyle(frame).fill);
    expect(fill).toBe("none");
    // By chance it is a sixth of them.
    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(130);
    await driver.press("Start");
    await page
      .getByText(/^It went another way\. At step \d+, (4[5-9]\d|500) of 500 neurons/)
      .waitFor();
    await page.getByRole("heading", { name: "The end, and what to try" }).waitFor();
    await page.getByText("You have made 2 predictions: 1 went as you said.").waitFor();
    expect(await page.getByLabel("The link to the story", { exact: true }).textContent()).toBe(
      `${at.site.isolated}#ui.view=lessons`,
    );
    // What can be tried is an experiment.
    await page.getByRole("link", { name: /^A rule without a group/ }).click();
    await driver.says(/Press Start/);
    expect(page.url()).toContain("formula=");
    expect(driver.faults).toEqual([]);
  });

  test("a teacher's link hides and locks; what it cannot is told; the share menu makes one", async () => {
    const limits = "ui.hide=runs,attention,weight-decay,nonsense&ui.lock=settings,reset";
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}&${limits}`);
    const { page } = driver;
    await driver.tells(/hides or locks "nonsense", which is no part of this page/);
    await page.getByRole("link", { name: "Lessons", exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "Runs" }).count()).toBe(0);
    expect(await page.getByLabel("Weight decay").count()).toBe(0);
    expect(await page.getByRole("textbox", { name: "Seed" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "One step" }).click();
    await driver.until(1);
    // Neither its button nor its key begins again.
    expect(await page.getByRole("button", { name: /^Reset/ }).isDisabled()).toBe(true);
    await page.locator("h1").click();
    await page.keyboard.press("r");
    await page.keyboard.press("s");
    await driver.until(2);
    expect(page.url()).toContain("ui.hide=runs,attention,weight-decay,nonsense");

    await driver.press("Share");
    await page.getByText("For a class").click();
    const parts = page.locator(".class-link");
    await parts.getByLabel("What computes").selectOption("hidden");
    await parts.getByLabel("All settings").selectOption("shown");
    await parts.getByLabel("One step").selectOption("locked");
    const link = await page.getByLabel("The link for a class", { exact: true }).textContent();
    expect(link).toMatch(
      /#preset=mlp&.*&ui\.hide=runs,attention,weight-decay,backend&ui\.lock=reset,step$/,
    );
    const other = await Driver.open(at.context, link ?? "");
    expect(await other.page.getByLabel("Computes on").count()).toBe(0);
    expect(await other.page.getByRole("textbox", { name: "Seed" }).isDisabled()).toBe(false);
    expect(await other.page.getByRole("button", { name: "One step" }).isDisabled()).toBe(true);

    await page.goto(`${at.site.isolated}#${short}&ui.hide=%E0%A4`);
    await driver.tells(/is not percent-encoded text/);
    await page.goto(`${at.site.isolated}#${short}&ui.hide=${"x".repeat(300)}`);
    await driver.tells(/ui\.hide has 300 characters; allowed are 200/);
    await page.goto(`${at.site.isolated}#${short}&ui.theme=<script>`);
    await driver.tells(/ui\.theme is no field of this page/);
    expect(await page.getByRole("link", { name: "Runs" }).count()).toBe(1);
    expect([...driver.faults, ...other.faults]).toEqual([]);
  });

  test("a recorded run plays in the same page, says so, and gives way to training", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#ui.recorded=yes`);
    const { page } = driver;
    await page.getByText("A recorded run.").waitFor();
    await page.getByText("Recorded; nothing is computed.").waitFor();
    await driver.press("Start");
    await driver.says(/by heart \(step 40\)\. .* no better than guessing/);
    await page.locator("[data-look=answers] canvas").waitFor();
    // At some evaluations it is still an example short of it.
    await expect.poll(() => page.locator(".chart .key b").first().textContent()).toBe("100%");
    await driver.pause();
    expect(page.url()).toContain("ui.recorded=yes");
    expect([...at.site.asked].filter((path) => path.endsWith(".run"))).toHaveLength(1);
    await driver.press("Train it here instead");
    await driver.says(/Press Start/);
    expect(page.url()).not.toContain("ui.recorded");
    await driver.press("One step");
    await driver.until(1);

    // A slow device is offered it.
    await page.getByLabel("Computes on").selectOption("cpu");
    await page.getByText("Plain JavaScript. Asked for.").waitFor();
    await driver.press("Go on");
    await driver.press("Watch a recorded run of it");
    await page.getByText("A recorded run.").waitFor();
    expect(await driver.step()).toBe(0);

    await page.goto(`${at.site.isolated}#${short}&ui.recorded=yes`);
    await driver.tells(/There is no recorded run of this experiment/);
    expect(driver.faults).toEqual([]);
  });
});
