import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createPageServer } from "../../../cli/src/serve/server";
import { lessons } from "../../src/lessons/lessons";
import { grok } from "./command";
import { Driver } from "./driver";
import { inChromium } from "./setup";

/** Where screenshots go that people look at. */
const shots = process.env["GROK_SCREENSHOTS"];

let folder: string;
let server: Server;
let url: string;

/** A run of a second whose every panel has something. */
const small =
  "preset=nanda&p=13&d-model=16&n-heads=2&train-fraction=0.6&steps=60&eval-every=10&checkpoint-every=30";

/** The page's views, and how one comes to each from the one before. */
const views: readonly { name: string; open: (driver: Driver) => Promise<void> }[] = [
  {
    name: "watch",
    open: async ({ page }) => {
      await page.locator(".panel canvas").first().waitFor();
    },
  },
  {
    name: "settings",
    open: async ({ page }) => {
      await page.locator(".experiment").getByText("All settings").click();
      for (const group of await page.locator(".experiment details.group > summary").all())
        await group.click();
      await page.getByText("Data from a file").click();
      await page.getByRole("button", { name: "Numbers" }).first().click();
    },
  },
  {
    name: "sweep",
    open: async ({ page }) => {
      const decay = page.getByRole("textbox", { name: "Weight decay" }).first();
      await decay.fill("0.5, 1");
      await decay.press("Enter");
      await page.getByText("A sweep of 2 runs:").waitFor();
      await page.locator(".sweep-plan").getByText("As a command").click();
      await page.getByRole("region", { name: "What differs from the preset" }).waitFor();
    },
  },
  {
    name: "share",
    open: async (driver) => {
      await driver.press("One value each again");
      await driver.press("Share");
      await driver.page.getByText("For a class").click();
      await driver.page.getByText("Single settings").click();
    },
  },
  {
    name: "runs",
    open: async (driver) => {
      await driver.press("Close");
      await driver.turnTo("Runs");
      await driver.page.getByLabel("Compare s/runs/one").check();
      await driver.page.getByLabel("Compare a + b mod 13").check();
      await driver.page.getByRole("region", { name: "Sweep s" }).waitFor();
      await driver.page.getByText("median and range of 2 seeds").first().waitFor();
    },
  },
  {
    name: "branch",
    open: async (driver) => {
      const { page } = driver;
      await driver.turnTo("Watch");
      const slider = page.getByRole("slider", { name: "Step that is shown" });
      await slider.press("ArrowLeft");
      await slider.press("ArrowLeft");
      await driver.press("Branch here");
      const freeze = page.getByRole("combobox", { name: "Freeze parameters" });
      await freeze.fill("embedding");
      await freeze.press("Tab");
      await page.locator(".field-freeze").getByRole("alert").waitFor();
    },
  },
  {
    name: "futures",
    open: async (driver) => {
      const { page } = driver;
      await page.getByRole("combobox", { name: "Freeze parameters" }).fill("");
      const form = page.getByRole("region", { name: "Branch at step 40" });
      await form.getByRole("textbox", { name: "Learning rate" }).fill("0.03");
      await driver.press("Branch and train");
      await page.getByText("Branch: lr=0.03").waitFor();
      await driver.says(/ended|grokked|found the rule/);
    },
  },
  {
    name: "branches",
    open: async (driver) => {
      await driver.turnTo("Runs");
      await driver.page.getByText("branch of a + b mod 13 at step 40: lr=0.03").waitFor();
    },
  },
  {
    name: "lessons",
    open: async (driver) => {
      await driver.turnTo("Lessons");
      await driver.page.getByRole("heading", { name: "From memory to a rule" }).waitFor();
    },
  },
  {
    name: "lesson",
    open: async ({ page }) => {
      await page.goto(`${page.url().replace(/#.*/, "")}#ui.view=lessons&ui.lesson=memorise`);
      await page.getByRole("radio", { name: "About as well" }).waitFor();
      if (await page.getByRole("radio", { name: "About as well" }).isEnabled()) {
        await page.getByRole("radio", { name: "About as well" }).check();
        await page.getByRole("button", { name: "That is my prediction" }).click();
        await page.getByRole("button", { name: /Start|Go on/ }).click();
      }
      await page.locator(".outcome").waitFor();
    },
  },
  {
    name: "recorded",
    open: async (driver) => {
      await driver.turnTo("Watch");
      await driver.page.getByLabel("Computes on").selectOption("recorded");
      await driver.page.getByText("A recorded run.").waitFor();
    },
  },
  {
    name: "ending",
    open: async ({ page }) => {
      await page.evaluate(
        (names) => {
          const outcome = {
            choice: "all",
            sentence: "At step 39, 500 of 500 neurons are at the line.",
          };
          const answers = Object.fromEntries(
            names.map((name) => [name, { guess: "all", outcome }]),
          );
          localStorage.setItem("grok-lessons", JSON.stringify({ answers }));
        },
        lessons.map(({ name }) => name),
      );
      // Where lessons are open they would write over it.
      await page.reload();
      await page.goto(`${page.url().replace(/#.*/, "")}#ui.view=lessons&ui.lesson=theory`);
      await page.getByRole("heading", { name: "The end, and what to try" }).waitFor();
      await page.getByRole("img", { name: /^Phases of 500 neurons/ }).waitFor();
    },
  },
  {
    name: "story",
    open: async ({ page }) => {
      await page.getByRole("link", { name: "All scenes" }).click();
      await page.getByText("You have made 8 predictions: 8 went as you said.").first().waitFor();
    },
  },
  {
    name: "embed",
    open: async (driver) => {
      await driver.page.goto(`${driver.page.url().replace(/#.*/, "")}#${small}&ui.embed=yes`);
      await driver.page.locator(".embed [data-look=answers] canvas").waitFor();
    },
  },
];

/** What axe finds wrong, in a line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run();
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
    );
  });
}

/** Texts at the head of a run that lie over each other. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll<HTMLElement>(".now *, .machine *")]
      .filter((at) => at.childElementCount === 0 && at.checkVisibility())
      .map((at) => ({ text: at.textContent?.trim() ?? "", box: at.getBoundingClientRect() }))
      .filter(({ text, box }) => text !== "" && box.width > 1 && box.height > 1);
    return texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter(
          (b) =>
            Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 &&
            Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 2,
        )
        .map((b) => `"${a.text}" lies over "${b.text}"`),
    );
  });
}

inChromium(
  (at) => {
    test.each([
      { theme: "light", width: 1440 },
      { theme: "dark", width: 390 },
      // As Windows has them in its contrast themes.
      { theme: "forced", width: 1024 },
      // Looked at, and not in every run: GROK_SCREENSHOTS=FOLDER.
      ...(shots === undefined
        ? []
        : [
            { theme: "dark", width: 1440 },
            { theme: "light", width: 820 },
            { theme: "dark", width: 820 },
            { theme: "light", width: 390 },
          ]),
    ] as const)(
      "in $theme colours, $width pixels wide, axe finds nothing in any view",
      async ({ theme, width }) => {
        await at.context.addInitScript(
          (choice) => {
            localStorage.setItem("grok-theme", choice);
          },
          theme === "forced" ? "auto" : theme,
        );
        const driver = await Driver.open(at.context, `${url}#${small}`);
        const { page, faults } = driver;
        if (theme === "forced") await page.emulateMedia({ forcedColors: "active" });
        await page.setViewportSize({ width, height: 900 });
        // Panels off the screen are not laid out, and axe is to see them all.
        await page.addStyleTag({ content: ".panel { content-visibility: visible !important }" });
        await driver.finish();
        const found: Record<string, string[]> = {};
        for (const { name, open } of views) {
          await open(driver);
          if (shots !== undefined) {
            await page.screenshot({
              path: join(shots, `${name}-${theme}-${width}.png`),
              fullPage: true,
            });
          }
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          found[name] = [
            ...(await violations(page)),
            ...(wide > width ? [`it is ${wide} pixels wide`] : []),
            ...(await overlaps(page)),
          ];
        }
        expect(found).toEqual(Object.fromEntries(views.map(({ name }) => [name, []])));
        expect(faults).toEqual([]);
      },
    );
  },
  {
    prepare: async ({ site }) => {
      folder = await mkdtemp(join(tmpdir(), "grok-views-"));
      const flags = small.split("&").flatMap((field) => {
        const [name = "", value = ""] = field.split("=");
        return [`--${name}`, value];
      });
      await mkdir(join(folder, "runs/s/runs"), { recursive: true });
      await grok(
        folder,
        "train",
        ...flags,
        "--seed",
        "1",
        "--no-plots",
        "--out-dir",
        "runs/s/runs/one",
      );
      await cp(join(folder, "runs/s/runs/one"), join(folder, "runs/s/runs/two"), {
        recursive: true,
      });
      const config = join(folder, "runs/s/runs/two/config.json");
      const text = await readFile(config, "utf8");
      await writeFile(config, text.replace('"weightDecay": 1', '"weightDecay": 2'));
      server = await createPageServer({
        page: site.folder,
        runs: join(folder, "runs"),
        host: "127.0.0.1",
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    end: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  },
);
