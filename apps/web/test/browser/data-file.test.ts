import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "@grok/data";
import { unpackRun } from "@grok/train/archive";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grok } from "./command";
import { Driver, expectSameRun, textOf } from "./driver";
import { inChromium } from "./setup";

const settings =
  "preset=mlp&width=24&batch-size=32&steps=600&eval-every=50&checkpoint-every=170&seed=3";

const [examples, columns] = [200, 20];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-data-"));
  const stream = randomStream(1, "rows");
  const numbers = (count: number) => Array.from({ length: count }, () => stream.uniform() - 0.5);
  const weights = numbers(columns);
  const rows = Array.from({ length: examples }, () => {
    const row = numbers(columns);
    const sum = row.reduce((total, value, i) => total + value * (weights[i] as number), 0);
    return [...row, sum > 0 ? "yes" : "no"].join(",");
  });
  const names = [...weights.keys()].map((i) => `x${i}`);
  await writeFile(join(folder, "rows.csv"), [[...names, "label"].join(","), ...rows].join("\n"));
  await writeFile(join(folder, "broken.csv"), "a,b\n1,2\n3\n");
});
afterAll(() => rm(folder, { recursive: true }));

inChromium((at) => {
  test("a CSV file trains, survives a reload, continues as the command trains it, and is asked for by its link", async () => {
    const trained = (async () => {
      const flags = settings.split("&").flatMap((each) => {
        const [name = "", value = ""] = each.split("=");
        return [`--${name}`, value];
      });
      const data = ["--data", "rows.csv", "--no-plots", "--out-dir", "run"];
      await grok(folder, "train", ...flags, ...data);
      await grok(folder, "export", "run", "run.zip");
      return unpackRun(new Uint8Array(await readFile(join(folder, "run.zip"))));
    })();
    trained.catch(() => {});
    const driver = await Driver.open(at.context, `${at.site.isolated}#${settings}`);
    const { page } = driver;
    const control = (from = page) =>
      from.getByLabel("Data: rows (CSV) or images (IDX)", { exact: true });
    await page.getByText("Data from a file").click();
    await control().setInputFiles(join(folder, "broken.csv"));
    await page
      .locator(".experiment")
      .getByRole("alert")
      .filter({ hasText: "broken.csv" })
      .waitFor();
    await control().setInputFiles(join(folder, "rows.csv"));
    await page
      .locator(".data-name")
      .filter({ hasText: /rows\.csv, [\d.]+ kB, sha256 / })
      .waitFor();
    await page.waitForURL(/data=rows\.csv/);
    // A step by hand: a run of 600 steps may have ended before a busy machine presses Pause.
    await driver.press("One step");
    await driver.until(1);
    const stopped = await driver.step();

    // The address names the file, which a run of this browser has.
    await page.reload();
    await driver.ready();
    await page
      .locator(".data-name")
      .filter({ hasText: /rows\.csv, [\d.]+ kB/ })
      .waitFor();
    await driver.turnTo("Runs");
    await page.getByRole("link", { name: "Open" }).click();
    await driver.says(/^Paused at step/);
    expect(await driver.step()).toBe(stopped);
    await driver.finish();
    const run = await driver.export();
    await expectSameRun(run, await trained);
    const data = [...run.keys()].filter((name) => name.startsWith("data/"));
    expect(textOf(run, data[0] ?? "")).toBe(await readFile(join(folder, "rows.csv"), "utf8"));

    const elsewhere = await at.browser.newContext();
    const other = await Driver.open(elsewhere, page.url());
    await other.tells(
      /learns from the file rows\.csv \(sha256 [0-9a-f]{8}…\), which a link does not/,
    );
    await control(other.page).setInputFiles(join(folder, "broken.csv"));
    await other.tells(/broken\.csv \(sha256 [0-9a-f]{8}…\) is another file than rows\.csv/);
    const bytes = await readFile(join(folder, "rows.csv"), "utf8");
    const dropped = await other.page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "renamed.csv"));
      return transfer;
    }, bytes);
    await other.page.locator(".data-file").first().dispatchEvent("drop", { dataTransfer: dropped });
    await other.page
      .locator(".data-name")
      .filter({ hasText: /rows\.csv, [\d.]+ kB/ })
      .waitFor();
    await other.finish();
    await expectSameRun(await other.export(), run);
    await elsewhere.close();
    expect([...driver.faults, ...other.faults]).toEqual([]);
  });
});
