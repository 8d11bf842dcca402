import { packRun } from "@grok/train/archive";
import { expect, test } from "vitest";
import { Driver, recordsOf, short, textOf } from "./driver";
import { inChromium } from "./setup";

inChromium((at) => {
  const long = short.replace("steps=1500", "steps=1000000");

  test("a broken link is told, and the page continues", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#preset=mlp&p=banana`);
    await driver.tells(/The address has no experiment.*--p must be a whole number/);
    await driver.page.goto(`${at.site.isolated}#preset=nothing`);
    await driver.tells(/Unknown preset/);
    await driver.press("Start");
    await driver.until(1);
    expect(driver.faults).toEqual([]);
  });

  test("the first link leads to what is shown, and another view begins at its top", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    const { page } = driver;
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("main");
    expect(new URL(page.url()).hash).toContain(short.split("&")[0] as string);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    expect(await page.title()).toBe("Watch · Grokking, live");
    await driver.turnTo("Runs");
    await expect.poll(() => page.title()).toBe("Runs · Grokking, live");
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    await expect.poll(focused).toBe("main");
    await expect.poll(() => page.locator(".skip").textContent()).toBe("To the list of runs");
    expect(await page.locator("[role=alert], .notice").allTextContents()).toEqual([]);
    expect(driver.faults).toEqual([]);
  });

  test("over plain http from elsewhere the page says what cannot work and what helps", async () => {
    const { port } = new URL(at.site.isolated);
    const driver = await Driver.show(at.context, `http://elsewhere.test:${port}/`);
    await driver.tells(
      new RegExp(
        `nothing can be trained or listed here.*ssh -L ${port}:localhost:${port} elsewhere`,
      ),
    );
    expect(await driver.page.evaluate(() => isSecureContext)).toBe(false);
    expect(driver.faults).toEqual([]);
  });

  test("a setting that cannot be is told where it was made, and nothing else is trained meanwhile", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    await driver.page.getByRole("textbox", { name: "Train fraction" }).fill("2");
    await driver.page.getByRole("textbox", { name: "Train fraction" }).press("Enter");
    const fault = driver.page.locator(".faults");
    await fault.filter({ hasText: "--train-fraction must be a number greater than 0" }).waitFor();
    const start = driver.page.getByRole("button", { name: "Start" });
    expect(await start.isDisabled()).toBe(true);
    expect(await start.getAttribute("title")).toContain("--train-fraction must be a number");
    // Nor by its key.
    await driver.page.keyboard.press("Space");
    await driver.says(/Press Start/);
    await driver.page.getByRole("textbox", { name: "Train fraction" }).fill("0,4");
    await driver.page.getByRole("textbox", { name: "Train fraction" }).press("Enter");
    await fault.waitFor({ state: "detached" });
    await driver.says(/Press Start/);
    await driver.press("Start");
    await driver.until(1);
    expect(driver.page.url()).toContain("train-fraction=0.4");
  });

  test("what is no run, hostile or of a newer version is refused in a sentence", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    await driver.finish();
    const files = await driver.export();
    await driver.turnTo("Runs");
    const open = async (name: string, buffer: Uint8Array) => {
      const file = { name, mimeType: "application/zip", buffer: Buffer.from(buffer) };
      await driver.page.getByLabel("ZIP files of runs").setInputFiles(file);
    };
    await open("noise.zip", new Uint8Array(1000).fill(7));
    await driver.tells(/noise cannot be opened: .+\./);

    const damaged = new Map(files);
    const name = [...files.keys()].find((each) => each.startsWith("checkpoints/")) as string;
    const weights = new Uint8Array(files.get(name) as Uint8Array);
    weights[weights.length - 3] = (weights[weights.length - 3] as number) ^ 1;
    await open("damaged.zip", packRun(damaged.set(name, weights)));
    await driver.tells(/damaged cannot be opened: .*was damaged/);

    const config = { ...JSON.parse(textOf(files, "config.json")), warp: 9 };
    config.versions["@grok/train"] = "99.0.0";
    const newer = new Map(files).set(
      "config.json",
      new TextEncoder().encode(JSON.stringify(config)),
    );
    await open("newer.zip", packRun(newer));
    await driver.tells(/newer cannot be opened: .*(99\.0\.0|warp)/);
    await driver.page.getByRole("row").nth(2).waitFor({ state: "detached" });
    expect(driver.faults).toEqual([]);
  });

  test("when the trainer dies it can be started again, with what was recorded", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
    await driver.press("Start");
    await driver.until(400);
    const trainer = driver.page.workers().find((worker) => worker.url().includes("train.worker"));
    await trainer?.evaluate(() => {
      setTimeout(() => {
        throw new Error("out of memory, say");
      });
    });
    await driver.tells(/The trainer stopped unexpectedly/);
    await driver.press("Start the trainer again");
    await driver.says(/^Paused at step/);
    await driver.page.locator(".notice.error").waitFor({ state: "detached" });
    const before = await driver.step();
    expect(before).toBeGreaterThanOrEqual(340);
    await driver.press("Go on");
    await driver.until(before + 100);
    await driver.pause();
    expect(recordsOf(await driver.export()).length).toBeGreaterThan(5);
  });

  test("when the storage is full the run continues and the page says so", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
    await driver.press("Start");
    await driver.until(200);
    const session = await at.context.newCDPSession(driver.page);
    const { origin } = new URL(at.site.isolated);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
    await driver.tells(/storage takes no more/);
    const before = await driver.step();
    await driver.until(before + 200);
    await driver.pause();
    const records = recordsOf(await driver.export()) as { step: number }[];
    expect(records.at(-1)?.step).toBeGreaterThanOrEqual(before);
    expect(driver.faults).toEqual([]);
  });
});
