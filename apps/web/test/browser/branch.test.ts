import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PackedFiles, unpackRun } from "@grok/train/archive";
import { expect, test } from "vitest";
import { grok } from "./command";
import { Driver, expectSameRun, recordsOf, short, textOf } from "./driver";
import { inChromium } from "./setup";

const run = short.replace("steps=1500", "steps=600");

/** What the branch changes, as the command takes it. */
const change = "400: weight-decay=0.5 freeze=embedding";

/** The run with the change in its course, by the command. */
async function trainByCommand(): Promise<PackedFiles> {
  const folder = await mkdtemp(join(tmpdir(), "grok-branch-"));
  const flags = run.split("&").flatMap((each) => {
    const [name = "", value = ""] = each.split("=");
    return [`--${name}`, value];
  });
  try {
    await grok(folder, "train", ...flags, "--change", change, "--no-plots", "--out-dir", "run");
    await grok(folder, "export", "run", "run.zip");
    return unpackRun(new Uint8Array(await readFile(join(folder, "run.zip"))));
  } finally {
    await rm(folder, { recursive: true });
  }
}

inChromium((at) => {
  test("a branch is the run that the command trains with --change, and its link trains it again", async () => {
    const trained = trainByCommand();
    trained.catch(() => {});
    const driver = await Driver.open(at.context, `${at.site.isolated}#${run}`);
    const { page } = driver;
    await driver.finish();
    const parent = await driver.export();

    const slider = page.getByRole("slider", { name: "Step that is shown" });
    for (let i = 0; i < 4; i++) await slider.press("ArrowLeft");
    await driver.press("Branch here");
    const form = page.getByRole("region", { name: "Branch at step 400" });
    // Of all checkpoints only the newest are kept.
    await form.getByText(/is trained again up to step 400, to the same bytes/).waitFor();

    const field = (name: string) => form.getByRole("textbox", { name });
    const fault = form.getByRole("alert");
    await form.getByRole("button", { name: "Branch and train" }).click();
    await fault.filter({ hasText: "change at least one setting" }).waitFor();
    await field("Weight decay").fill("much");
    await field("Weight decay").press("Tab");
    await form.locator(".field-weight-decay").getByRole("alert").waitFor();
    await field("Weight decay").fill("0.5");
    await form.getByRole("combobox", { name: "Freeze parameters" }).fill("embeding");
    await form.getByRole("button", { name: "Branch and train" }).click();
    await form
      .locator(".field-freeze")
      .getByRole("alert")
      .filter({ hasText: /fits no parameter.*embedding/ })
      .waitFor();
    await expect(page.getByRole("link", { name: "Runs (1)" }).count()).resolves.toBe(1);
    await form.getByRole("combobox", { name: "Freeze parameters" }).fill("embedding");
    await form.getByRole("button", { name: "Branch and train" }).click();
    await page.getByRole("link", { name: "Runs (2)" }).waitFor();
    await driver.says(/ended/);

    const branch = await driver.export();
    const config = JSON.parse(textOf(branch, "config.json"));
    expect(config.changes).toMatchObject([{ at: 400, set: { "optimizer.weightDecay": 0.5 } }]);
    expect(config.forkedFrom).toMatchObject({ run: "a + b mod 11", step: 400 });
    expect(recordsOf(branch).slice(0, 9)).toEqual(recordsOf(parent).slice(0, 9));
    expect(recordsOf(branch).at(-1)).not.toEqual(recordsOf(parent).at(-1));

    // Both over one trunk, named by what differs; and both tables at one step.
    const key = page.locator(".chart .key").first();
    await key.getByText("validation, weight-decay=0.5 freeze=embedding").waitFor();
    await key
      .getByText(/^validation, weight-decay=/)
      .nth(1)
      .waitFor();
    const panels = page.locator(".panels");
    const shownStep = page.locator(".timeline-step b");
    await slider.press("ArrowLeft");
    const [step, own] = [await shownStep.textContent(), await panels.textContent()];
    await page.getByText(/^Parent: weight-decay=/).click();
    await page.waitForFunction(
      (before) => document.querySelector(".panels")?.textContent !== before,
      own,
    );
    expect(await shownStep.textContent()).toBe(step);
    await page.getByText(/^Branch: weight-decay=0.5/).click();

    await driver.turnTo("Runs");
    await page
      .getByText(/branch of a \+ b mod 11 at step 400: weight-decay=0.5 freeze=emb/)
      .waitFor();
    await driver.turnTo("Watch");

    await expectSameRun(branch, await trained);

    const elsewhere = await at.browser.newContext();
    const other = await Driver.open(elsewhere, page.url());
    await other.finish();
    const again = await other.export();
    await expectSameRun(again, branch);
    expect(JSON.parse(textOf(again, "config.json"))).not.toHaveProperty("forkedFrom");
    await elsewhere.close();
    expect([...driver.faults, ...other.faults]).toEqual([]);
  });
});
