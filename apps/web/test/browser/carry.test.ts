import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PackedFiles, unpackRun } from "@grok/train/archive";
import { afterEach, beforeEach, expect, test } from "vitest";
import { grok } from "./command";
import { Driver, expectSameRun, recordsOf, short } from "./driver";
import { inChromium } from "./setup";

let folder: string;
let whole: PackedFiles;

inChromium(
  (at) => {
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "grok-carry-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const read = async (name: string) =>
      unpackRun(new Uint8Array(await readFile(join(folder, name))));

    test("a run begun in the page continues in the command", async () => {
      const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
      await driver.press("Start");
      await driver.until(300);
      await driver.pause();
      await driver.press("Share");
      const [download] = await Promise.all([
        driver.page.waitForEvent("download"),
        driver.press("Run folder (ZIP)"),
      ]);
      await download.saveAs(join(folder, "page.zip"));
      await grok(folder, "import", "page.zip", "--out-dir", "carried");
      await grok(folder, "resume", "carried", "--no-plots");
      await grok(folder, "export", "carried", "done.zip");
      await expectSameRun(await read("done.zip"), whole);
    });

    test("a run begun by the command continues in the page, from a ZIP file or a folder", async () => {
      const flags = short.split("&").flatMap((field) => {
        const [name = "", value = ""] = field.split("=");
        return [`--${name}`, name === "steps" ? "600" : value];
      });
      await grok(folder, "train", ...flags, "--no-plots", "--out-dir", "begun");
      // The same run, as far as it was to go, with the page's steps.
      const path = join(folder, "begun/config.json");
      const config = JSON.parse(await readFile(path, "utf8"));
      config.training.steps = 1500;
      await writeFile(path, JSON.stringify(config));
      await grok(folder, "export", "begun", "begun.zip");
      const driver = await Driver.open(at.context, at.site.isolated);
      await driver.turnTo("Runs");
      await driver.page.getByLabel("ZIP files of runs").setInputFiles(join(folder, "begun.zip"));
      await driver.tells(/begun is in the list/);
      await driver.turnTo("Watch");
      expect(await driver.step()).toBe(600);
      await driver.finish();
      await expectSameRun(await driver.export(), whole);

      await driver.turnTo("Runs");
      await driver.page.getByLabel("A run's folder").setInputFiles(join(folder, "begun"));
      await driver.page.getByRole("button", { name: "begun", exact: true }).nth(1).waitFor();
      await driver.page.getByRole("link", { name: "Open" }).first().click();
      await driver.until(600);
      expect(recordsOf(await driver.export())).toEqual(recordsOf(whole).slice(0, 13));
      expect(driver.faults).toEqual([]);
    });

    test("the address has the experiment, and gives the same curve elsewhere", async () => {
      const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
      await driver.page.getByRole("textbox", { name: "Seed" }).fill("8");
      await driver.page.getByRole("textbox", { name: "Seed" }).press("Enter");
      await driver.page.waitForURL(/seed=8/);
      await driver.finish();
      const elsewhere = await at.browser.newContext();
      const other = await Driver.open(elsewhere, driver.page.url());
      await other.finish();
      await expectSameRun(await other.export(), await driver.export());
      expect(recordsOf(await other.export())).not.toEqual(recordsOf(whole));
      await elsewhere.close();
    });

    test("curves can be saved as SVG, PNG and CSV", async () => {
      const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
      await driver.finish();
      await driver.press("Share");
      const save = async (name: string) => {
        const [download] = await Promise.all([
          driver.page.waitForEvent("download"),
          driver.press(name),
        ]);
        return readFile(await download.path());
      };
      expect((await save("Accuracy (SVG)")).toString()).toMatch(/^<svg[\s\S]*validation/);
      const png = await save("Loss (PNG)");
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(png.length).toBeGreaterThan(5000);
      const lines = (await save("Metrics (CSV)")).toString().trim().split("\r\n");
      expect(lines[0]).toMatch(/^step,epoch,train_loss,/);
      expect(lines).toHaveLength(1 + recordsOf(whole).length);
    });
  },
  {
    prepare: async ({ context, site }) => {
      const driver = await Driver.open(context, `${site.isolated}#${short}`);
      await driver.finish();
      whole = await driver.export();
    },
  },
);
