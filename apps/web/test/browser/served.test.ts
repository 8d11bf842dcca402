import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { LoadedExtension } from "@grok/train";
import { unpackRun } from "@grok/train/archive";
import { lockFolder, useExtensions } from "@grok/train/node";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPageServer } from "../../../cli/src/serve/server";
import { grok } from "./command";
import { Driver, expectSameRun, recordsOf, short } from "./driver";
import { inChromium } from "./setup";

/** A network of stock operations, and a column of its own. */
const ownExtension = `
import { defineExtension, defineMetric, defineModel, z } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";

const bag = defineModel({
  name: "bag",
  sentence: "a sum of rows",
  source: null,
  settings: z.strictObject({}),
  parameters: (_, { vocabulary, classes }) => ({ rows: { shape: [vocabulary, classes] } }),
  forward: ({ rows }, { tokens, size, length }) =>
    tf.sum(tf.tanh(tf.reshape(tf.gather(rows, tokens), [size, length, -1])), 1),
});
const first = defineMetric({
  name: "first-squared",
  description: "the square of the first weight",
  value: async ({ parameters }) => (await parameters.rows.data())[0] ** 2,
});
const own = {
  title: "Own",
  description: "A sum of rows.",
  source: "a test",
  task: { kind: "modular", op: "+", p: 5, trainFraction: 0.8 },
  model: { architecture: "bag" },
  optimizer: { kind: "adamw", lr: 0.01 },
  training: { steps: 60, batch: { mode: "full" }, evalEvery: 20 },
};
export default defineExtension({ name: "own", models: [bag], metrics: [first], presets: { own } });
`;

let folder: string;
let server: Server;
let url: string;
/** What the browser refused to load or run. */
let refused: string[];

inChromium(
  (at) => {
    beforeEach(async () => {
      await listen(0);
      refused = [];
      at.context.on("console", (message) => {
        if (/Content Security Policy|Refused|blocked/i.test(message.text())) {
          refused.push(message.text());
        }
      });
    });
    afterEach(close);

    async function listen(
      port: number,
      extensions: readonly LoadedExtension[] = [],
    ): Promise<void> {
      const runs = join(folder, "runs");
      server = await createPageServer({
        page: at.site.folder,
        runs,
        host: "127.0.0.1",
        extensions,
      });
      await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }

    function close(): void {
      server.closeAllConnections();
      server.close();
    }

    const rowOf = (page: Page, name: string) =>
      page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
    const pictureOf = (page: Page) =>
      page
        .locator(".plot-frame canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

    test("what a running experiment records moves its curve", async () => {
      const live = join(folder, "runs/live");
      await cp(join(folder, "runs/done"), live, { recursive: true });
      const lines = (await readFile(join(live, "metrics.jsonl"), "utf8")).trim().split("\n");
      await rm(join(live, "summary.json"));
      await writeFile(join(live, "metrics.jsonl"), `${lines.slice(0, 6).join("\n")}\n`);
      const lock = await lockFolder(live);
      try {
        const driver = await Driver.open(at.context, `${url}#${short}`);
        const { page, faults } = driver;
        await driver.turnTo("Runs");
        const row = rowOf(page, "live");
        await row.getByText("training").waitFor();
        await row.getByRole("button", { name: /View the curves/ }).click();
        await page.getByRole("button", { name: "Numbers" }).click();
        const steps = page.getByRole("region", { name: /numbers/ }).getByRole("row");
        await expect.poll(() => steps.count()).toBe(1 + 6);
        const before = await pictureOf(page);
        // A record comes in two pieces, as a reader may see it.
        const [seventh = "", ...others] = lines.slice(6);
        await appendFile(join(live, "metrics.jsonl"), seventh.slice(0, 30));
        await appendFile(join(live, "metrics.jsonl"), `${seventh.slice(30)}\n`);
        const step = (line: string) => JSON.parse(line).step.toLocaleString("en");
        await row.getByRole("cell", { name: step(seventh), exact: true }).waitFor();
        await expect.poll(() => steps.count()).toBe(1 + 7);
        await expect.poll(() => pictureOf(page)).not.toBe(before);
        await appendFile(join(live, "metrics.jsonl"), `${others.join("\n")}\n`);
        await expect.poll(() => steps.count()).toBe(1 + lines.length);
        // A run that begins meanwhile appears, and one that ends says so.
        await cp(join(folder, "runs/done"), join(folder, "runs/begun"), { recursive: true });
        await rowOf(page, "begun").waitFor();
        await lock.release();
        await row.getByText("stopped").waitFor();
        // The server goes and comes: the list stays, and then continues.
        const { port } = server.address() as AddressInfo;
        close();
        await page.getByText(/does not answer. The list is as it was last/).waitFor();
        await row.getByText("stopped").waitFor();
        await rm(join(folder, "runs/begun"), { recursive: true });
        await listen(port);
        await page.getByText(/does not answer/).waitFor({ state: "detached" });
        await rowOf(page, "begun").waitFor({ state: "detached" });
        await expect.poll(() => steps.count()).toBe(1 + lines.length);
        expect(faults).toEqual([]);
        expect(refused).toEqual([]);
      } finally {
        await lock.release();
        await rm(live, { recursive: true });
        await rm(join(folder, "runs/begun"), { recursive: true, force: true });
      }
    });

    test("served runs lie over the browser's own, and continue here in a copy", async () => {
      // The run may go further than it was to go.
      const config = join(folder, "runs/s/runs/other seed/config.json");
      const before = await readFile(config, "utf8");
      await writeFile(config, before.replace('"steps": 1500', '"steps": 1700'));
      expect(await readFile(config, "utf8")).not.toBe(before);
      const driver = await Driver.open(at.context, `${url}#${short.replace("seed=3", "seed=4")}`);
      const { page } = driver;
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await driver.finish();
      await driver.turnTo("Runs");
      await page.getByLabel("Compare s/runs/other seed").check();
      await page.getByLabel("Compare a + b mod 11").check();
      await page.getByText("median and range of 2 seeds").first().waitFor();
      const shot = process.env["GROK_SCREENSHOT"];
      if (shot !== undefined) await page.screenshot({ path: shot, fullPage: true });

      await page
        .getByRole("button", { name: "Continue here: a copy of s/runs/other seed" })
        .click();
      await driver.until(1500);
      expect(recordsOf(await driver.export())).toHaveLength(31);
      await driver.press("Go on");
      await driver.until(1700);
      expect(await readFile(config, "utf8")).not.toBe(before);
      // The other run is the very same on the machine and in its copy here.
      await driver.turnTo("Runs");
      await page.getByRole("button", { name: "Continue here: a copy of done" }).click();
      await driver.until(1500);
      const copy = await driver.export();
      await grok(folder, "export", "runs/done", "done.zip");

      await expectSameRun(
        copy,
        unpackRun(new Uint8Array(await readFile(join(folder, "done.zip")))),
      );
      expect(driver.faults).toEqual([]);
      expect(refused).toEqual([]);
      await writeFile(config, before);
    });

    test("an extension's stock operations train here, and its column is drawn, also without it", async () => {
      const file = join(folder, "own.ts");
      await writeFile(file, ownExtension);
      close();
      await listen(0, await useExtensions([file]));
      const driver = await Driver.open(at.context, `${url}#preset=own&metrics=first-squared`);
      await driver.finish();
      const { page } = driver;
      const measures = page.getByRole("region", { name: "Measures" });
      await measures.getByText("the square of the first weight").waitFor();
      await measures.getByRole("button", { name: "Numbers" }).click();
      expect(await measures.getByRole("columnheader").allTextContents()).toEqual([
        "step",
        "first_squared",
      ]);
      expect(await measures.getByRole("row").count()).toBe(1 + 3);
      const files = await driver.export();
      const [last] = (recordsOf(files) as { first_squared: number }[]).slice(-1);
      expect(last?.first_squared).toBeGreaterThan(0);
      expect(driver.faults).toEqual([]);
      expect(refused).toEqual([]);

      // The same run, on a page that does not have the code: it is read, and not trained.
      for (const [name, bytes] of files) {
        await mkdir(dirname(join(folder, "runs/own", name)), { recursive: true });
        await writeFile(join(folder, "runs/own", name), bytes);
      }
      close();
      await listen(0);
      const { page: other } = await Driver.show(at.context, `${url}#ui.view=runs`);
      const row = rowOf(other, "own");
      await row
        .getByText(/made with the extension own, whose code this page does not have/)
        .waitFor();
      expect(await row.getByRole("button", { name: /Continue here/ }).isDisabled()).toBe(true);
      await row.getByRole("button", { name: /View the curves/ }).click();
      await other.getByLabel("What to compare").selectOption("first_squared");
      await other.getByRole("region", { name: "first_squared" }).waitFor();
      await other.getByRole("button", { name: "Numbers" }).click();
      const shown = other
        .getByRole("region", { name: /numbers/ })
        .getByRole("cell")
        .first();
      expect(Number(await shown.textContent())).toBeCloseTo(last?.first_squared as number, 2);
      await rm(join(folder, "runs/own"), { recursive: true });
    });

    test("elsewhere there is no such list", async () => {
      const driver = await Driver.open(at.context, at.site.isolated);
      const { page } = driver;
      await driver.turnTo("Runs");
      await page.getByRole("heading", { name: "Runs in this browser" }).waitFor();
      expect(await page.getByRole("heading", { name: "Runs on this machine" }).count()).toBe(0);
      expect([...at.site.asked].filter((path) => path.endsWith("/runs"))).toEqual([]);
    });
  },
  {
    prepare: async () => {
      folder = await mkdtemp(join(tmpdir(), "grok-served-"));
      const flags = short.split("&").flatMap((field) => {
        const [name = "", value = ""] = field.split("=");
        return [`--${name}`, value];
      });
      await grok(folder, "train", ...flags, "--no-plots", "--out-dir", "runs/done");
      await cp(join(folder, "runs/done"), join(folder, "runs/s/runs/other seed"), {
        recursive: true,
      });
    },
    end: () => rm(folder, { recursive: true, force: true }),
  },
);
