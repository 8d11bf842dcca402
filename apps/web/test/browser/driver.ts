import { readFile } from "node:fs/promises";
import { decodeCheckpoint } from "@grok/train";
import { type PackedFiles, unpackRun } from "@grok/train/archive";
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

/** A run of a second or two, which does not grok and whose checkpoints come at odd places. */
export const short =
  "preset=mlp&p=11&width=24&embed-dim=8&batch-size=16&steps=1500&eval-every=50&checkpoint-every=170&seed=3";

/** What a test does with the page, as a person would. */
export class Driver {
  readonly page: Page;
  /** What went wrong in the page without a message. */
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(90_000);
    page.on("pageerror", (error) => this.faults.push(error.message));
  }

  /** Opens an address in a new tab, and waits until the trainer is there. */
  static async open(context: BrowserContext, url: string): Promise<Driver> {
    const driver = await Driver.show(context, url);
    await driver.ready();
    return driver;
  }

  /** Opens an address in a new tab. */
  static async show(context: BrowserContext, url: string): Promise<Driver> {
    const driver = new Driver(await context.newPage());
    await driver.page.goto(url);
    return driver;
  }

  /** Waits until the trainer is there. */
  async ready(): Promise<void> {
    await this.page.locator(".play:not(:disabled)").waitFor();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name }).first().click();
  }

  /** Waits until training is that far. */
  async until(step: number): Promise<void> {
    await this.page.waitForFunction((least) => {
      const text = document.querySelector(".machine .speed")?.textContent ?? "";
      return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", "")) >= least;
    }, step);
  }

  /** The step where training stands. */
  async step(): Promise<number> {
    const text = (await this.page.locator(".machine .speed").textContent()) ?? "";
    return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
  }

  async sentence(): Promise<string> {
    return (await this.page.locator(".sentence").textContent()) ?? "";
  }

  /** Waits for a sentence about the run. */
  async says(pattern: RegExp): Promise<void> {
    await this.page.locator(".sentence").filter({ hasText: pattern }).waitFor();
  }

  /** Waits for a message of the page. */
  async tells(pattern: RegExp): Promise<void> {
    await this.page.locator(".notice").filter({ hasText: pattern }).first().waitFor();
  }

  /** Pauses, and waits for it. */
  async pause(): Promise<void> {
    await this.press("Pause");
    await this.page.getByRole("button", { name: /Go on/ }).waitFor();
  }

  /** Trains to the end. */
  async finish(): Promise<void> {
    await this.press(/^(Start|Go on)$/);
    await this.says(/ended|grokked|found the rule/);
  }

  async turnTo(view: "Watch" | "Lessons" | "Runs"): Promise<void> {
    const views = this.page.getByRole("navigation", { name: "Views" });
    await views.getByRole("link", { name: view }).click();
  }

  /** The files of the run that is shown, as the page exports them. */
  async export(): Promise<PackedFiles> {
    await this.press("Share");
    const errors = this.page.locator(".notice.error");
    const refusal = errors.nth(await errors.count()).waitFor();
    const coming = this.page.waitForEvent("download");
    for (const each of [coming, refusal]) each.catch(() => {});
    await this.press("Run folder (ZIP)");
    const download = await Promise.race([coming, refusal]);
    if (download === undefined) {
      throw new Error((await errors.allTextContents()).join(" "));
    }
    await this.press("Close");
    return unpackRun(new Uint8Array(await readFile(await download.path())));
  }
}

/** The text of a run's file. */
export function textOf(files: PackedFiles, name: string): string {
  return new TextDecoder().decode(files.get(name));
}

/** That two runs have the same records, except the clock, and the same last checkpoint, to the byte. */
export async function expectSameRun(one: PackedFiles, other: PackedFiles): Promise<void> {
  expect(recordsOf(one)).toEqual(recordsOf(other));
  expect(recordsOf(one).length).toBeGreaterThan(3);
  const [a, b] = await Promise.all([lastCheckpoint(one), lastCheckpoint(other)]);
  expect(a.progress.step).toBe(b.progress.step);
  expect(a.parameters).toEqual(b.parameters);
  expect(a.optimizer).toEqual(b.optimizer);
  expect(a.parameters.size).toBeGreaterThan(2);
}

/** A run's records without what the clock says. */
export function recordsOf(files: PackedFiles): unknown[] {
  return textOf(files, "metrics.jsonl")
    .trim()
    .split("\n")
    .map((line) => ({ ...JSON.parse(line), elapsed_sec: 0 }));
}

function lastCheckpoint(files: PackedFiles) {
  const name = [...files.keys()]
    .filter((each) => each.startsWith("checkpoints/"))
    .sort()
    .at(-1);
  return decodeCheckpoint(files.get(name ?? "") ?? new Uint8Array());
}
