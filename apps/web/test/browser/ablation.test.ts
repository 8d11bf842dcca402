import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Driver, recordsOf, textOf } from "./driver";
import { inChromium } from "./setup";

/** Where screenshots go that people look at. */
const shots = process.env["GROK_SCREENSHOTS"];

/** A small transformer that has found the rule after a second or two. */
const run =
  "preset=nanda&p=23&d-model=32&n-heads=2&train-fraction=0.7&lr=0.003&steps=400&eval-every=50&checkpoint-every=200&stop-on-grok=no";

inChromium((at) => {
  test("a head or a wave is out at a press, back at the next, and a run can lose it for good", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${run}`);
    const { page } = driver;
    await driver.finish();
    const bar = page.getByRole("region", { name: "Take parts out of the network" });
    const answers = page.getByRole("img", { name: /^Table of answers/ }).first();
    const label = () => answers.getAttribute("aria-label");
    const whole = await label();

    await bar.getByRole("button", { name: "head 1" }).click();
    const outcome = bar.getByRole("table", { name: "Without head 1" });
    await outcome.waitFor();
    const rows = await outcome.getByRole("row").allTextContents();
    expect(rows[1]).not.toBe(rows[2]?.replace("without", "whole"));
    expect(await label()).not.toBe(whole);
    if (shots !== undefined) {
      await mkdir(shots, { recursive: true });
      await page.screenshot({ path: join(shots, "ablation.png"), fullPage: true });
    }

    // The same part in another panel, where pressing it again puts it back.
    const attention = page.locator('[data-panel="attention"]');
    const head = attention.getByRole("button", { name: "Take out head 1" });
    expect(await head.getAttribute("aria-pressed")).toBe("true");
    await head.click();
    await outcome.waitFor({ state: "detached" });
    await expect.poll(label).toBe(whole);

    const circles = page.locator('[data-panel="circles"]');
    await circles
      .getByRole("button", { name: /^Take out wave k = / })
      .first()
      .click();
    await bar.getByRole("table", { name: /^Without wave k = / }).waitFor();
    await attention.getByRole("button", { name: "Take out head 2" }).click();
    await bar.getByRole("table", { name: /^Without wave k = \d+ and head 2$/ }).waitFor();

    // Earlier weights are not here, so nothing can be taken out of them.
    const slider = page.getByRole("slider", { name: "Step that is shown" });
    await slider.press("ArrowLeft");
    await bar.getByText("Show the newest step to take parts out").waitFor();
    expect(await bar.getByRole("button", { name: "head 1" }).isDisabled()).toBe(true);
    await slider.press("End");
    await bar.getByRole("table", { name: /^Without/ }).waitFor();

    await bar.getByRole("button", { name: "Train on without them" }).click();
    await page.getByRole("link", { name: "Runs (2)" }).waitFor();
    await driver.says(/ended|grokked|found the rule/);
    const branch = await driver.export();
    const config = JSON.parse(textOf(branch, "config.json"));
    expect(config.training.steps).toBe(800);
    expect(config.changes).toEqual([
      {
        at: 400,
        edits: [
          { kind: "zero-rows", match: "layers.0.attention.output.weight", rows: "16-31" },
          expect.objectContaining({ kind: "remove-frequencies", match: "tokenEmbedding" }),
        ],
      },
    ]);
    expect(recordsOf(branch).length).toBeGreaterThan(9);
    expect(await bar.getByRole("table").count()).toBe(0);
    expect(driver.faults).toEqual([]);
  });

  test("a neuron is a picture over all questions, and goes out like any part", async () => {
    const driver = await Driver.open(
      at.context,
      `${at.site.isolated}#${run.replace("steps=400", "steps=200")}`,
    );
    const { page } = driver;
    await driver.finish();
    const panel = page.locator('[data-panel="neurons"]');
    await panel.scrollIntoViewIfNeeded();
    await panel.getByRole("button", { name: "Look at the neurons" }).click();
    const groups = panel.getByRole("list", { name: "Neurons by frequency" });
    await groups.waitFor();
    expect(await groups.getByRole("button").count()).toBe(128);
    await panel.getByRole("spinbutton", { name: "neuron" }).fill("9");
    await panel.getByRole("spinbutton", { name: "neuron" }).press("Tab");
    await panel.getByRole("img", { name: /^Activation of neuron 9 for every pair/ }).waitFor();
    await panel
      .getByText(/Its main frequency is \d+, which explains .* Read at step 200/)
      .waitFor();
    if (shots !== undefined) await panel.screenshot({ path: join(shots, "neurons.png") });
    await panel.getByRole("button", { name: "Take out neuron 9" }).click();
    const bar = page.getByRole("region", { name: "Take parts out of the network" });
    await bar.getByRole("table", { name: "Without neuron 9" }).waitFor();
    await bar.getByRole("button", { name: "Put back" }).click();
    await bar.getByRole("table").waitFor({ state: "detached" });
    expect(driver.faults).toEqual([]);
  });
});
