import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { stopBackend, useBackend } from "@grok/backend";
import { chromiumNeeded, hasChromium } from "@grok/browsers";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tally } from "../../src/network/answers";
import { panelNames, type TableScene } from "../../src/network/scene";
import type { AnswersView, NetworkView } from "../../src/network/view";
import { launchOptions } from "../browser/site";
import type { Recorded } from "./harness";
import { pack } from "./packed";
import { record, smallRun, streamRun } from "./record";

describe.skipIf(!hasChromium)(`panels ${chromiumNeeded}`, () => {
  let browser: Browser;
  let server: Server;
  let files: Map<string, string>;
  let small: Recorded;
  const runs = new Map<string, string>();

  beforeAll(async () => {
    await useBackend("wasm", { threads: 1 });
    small = await record(smallRun());
    runs.set("small", pack(small));
    runs.set("stream", pack(await record(streamRun())));
    await stopBackend();
    files = await bundle();
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://page");
      const [run = "", name = ""] = pathname.slice(1).split("/");
      const body = name === "run.json" ? runs.get(run) : files.get(name || "index.html");
      const type = { js: "text/javascript", css: "text/css", json: "application/json" };
      const extension = name.split(".").at(-1) as keyof typeof type;
      response.writeHead(body === undefined ? 404 : 200, {
        "content-type": type[extension] ?? "text/html",
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch(launchOptions);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const pages = new Map<string, { page: Page; errors: string[] }>();

  /** Calls with a run's page, as it was when it was opened, and expects that nothing went wrong in it. */
  async function open(
    path: string,
    look: (page: Page) => Promise<void>,
    { width = 1440 }: { width?: number } = {},
  ): Promise<void> {
    const opened = pages.get(path) ?? (await newPage(path, width));
    pages.set(path, opened);
    await opened.page.evaluate(() => (window as unknown as { reset(): void }).reset());
    await look(opened.page);
    expect(opened.errors).toEqual([]);
  }

  async function newPage(path: string, width: number): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/${path}`);
    await page.waitForSelector("[data-ready]", { state: "attached" });
    return { page, errors };
  }

  const newest = () => small.views.at(-1) as NetworkView;
  const table = () => small.scene.table as TableScene;
  const answersAt = (view: NetworkView) => view.answers as AnswersView;

  test("every figure and canvas has a name and a description", () =>
    open("small/", async (page) => {
      const unnamed = await page.evaluate(() =>
        [...document.querySelectorAll("canvas, .figure svg:not([aria-hidden])")]
          .filter((node) => {
            const text = document.getElementById(node.getAttribute("aria-describedby") ?? "");
            return !node.getAttribute("aria-label") || !text?.textContent;
          })
          .map((node) => node.outerHTML.slice(0, 80)),
      );
      expect(unnamed).toEqual([]);
      expect(await page.locator(".panel canvas").count()).toBe(2);
      expect(await page.locator(".panel").count()).toBe(panelNames.length);
      expect(await page.locator(".panels-missing").count()).toBe(0);
    }));

  test("the table's cells are strong where right, pale where wrong, in the colour of their set", () =>
    open("small/", async (page) => {
      const colors = await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("[data-panel=answers] canvas");
        const context = canvas?.getContext("2d");
        const size = 13;
        const side = (canvas?.width ?? 0) / size;
        return Array.from({ length: size * size }, (_, cell) => {
          const x = (cell % size) * side + 1;
          const y = Math.floor(cell / size) * side + 1;
          return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
        });
      });
      const { answers, train, firstClass } = table();
      const { classes, depth } = answersAt(newest());
      for (const [cell, [red = 0, , blue = 0]] of colors.entries()) {
        const isRight = classes[cell * depth] === firstClass + (answers[cell] as number);
        // Orange loses its blue, blue its red, as far as they are from white.
        const far = 255 - (train[cell] === 1 ? blue : red);
        expect(far > 0.55 * 255).toBe(isRight);
      }
    }));

  test("what is printed is of the newest step, on the screen or not", () =>
    open("small/", async (page) => {
      const reach = (step: number) =>
        page.evaluate(
          (last) => (window as unknown as { reach(at: number): void }).reach(last),
          step,
        );
      const norm = page.locator("[data-panel=norm] path.line");
      await reach(100);
      await page.waitForTimeout(700);
      const before = await norm.getAttribute("d");
      await reach(240);
      expect(await norm.getAttribute("d")).toBe(before);
      const points = await page.evaluate(async () => {
        window.dispatchEvent(new Event("beforeprint"));
        await Promise.resolve();
        const path = document.querySelector("[data-panel=norm] path.line");
        return path?.getAttribute("d")?.split("L").length;
      });
      expect(points).toBe(small.records.filter(({ step }) => step <= 240).length);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".panel-tools").first().isVisible()).toBe(false);
      const hidden = await page
        .locator(".panel")
        .evaluateAll((all) =>
          all.filter((each) => getComputedStyle(each).contentVisibility === "auto"),
        );
      expect(hidden).toEqual([]);
      await page.emulateMedia({ media: null });
    }));

  test("the marked step lies within every chart, though it was looked into before", () =>
    open("small/", async (page) => {
      const outside = await page.evaluate(async () => {
        (window as unknown as { reach(at: number, looked: number): void }).reach(240, 100);
        window.dispatchEvent(new Event("beforeprint"));
        await Promise.resolve();
        return [...document.querySelectorAll(".panel svg .marker")].filter((marker) => {
          const frame = marker.closest("svg")?.querySelector(".frame, .rule") as Element;
          const [at, of] = [marker.getBoundingClientRect(), frame.getBoundingClientRect()];
          return at.left < of.left - 1 || at.right > of.right + 1;
        }).length;
      });
      expect(outside).toBe(0);
    }));

  test("colours that say something stay under the system's own", () =>
    open("small/", async (page) => {
      await page.emulateMedia({ forcedColors: "active" });
      const look = await page.evaluate(() =>
        [".swatch-train", ".swatch-rest", ".candidates .is-right .candidate-bar span"].map(
          (name) => getComputedStyle(document.querySelector(name) as Element).backgroundColor,
        ),
      );
      expect(look.slice(0, 2)).toEqual(["rgb(230, 159, 0)", "rgb(0, 114, 178)"]);
      expect(look.slice(0, 2)).toContain(look[2]);
      await page.emulateMedia({ forcedColors: null });
    }));

  test("a finger that scrolls past the table changes nothing, and a tap chooses", async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 800 },
      hasTouch: true,
    });
    const page = await context.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/small/`);
    const picker = page.locator(".cell-picker");
    await picker.scrollIntoViewIfNeeded();
    const box = (await picker.boundingBox()) as { x: number; y: number; width: number };
    const equation = page.locator(".equation");
    const cell = box.width / 13;
    const point = { x: box.x + 7.5 * cell, y: box.y + 9.5 * cell };
    const session = await context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: y === undefined ? [] : [{ x: point.x, y }],
      });
    await touch("touchStart", point.y);
    for (let y = point.y; y > point.y - 120; y -= 20) await touch("touchMove", y);
    await touch("touchEnd");
    expect(await equation.textContent()).toBe("3 + 5 = 8");
    await picker.scrollIntoViewIfNeeded();
    const now = (await picker.boundingBox()) as { x: number; y: number };
    await page.touchscreen.tap(now.x + 7.5 * cell, now.y + 9.5 * cell);
    expect(await equation.textContent()).toBe("9 + 7 = 3");
    await context.close();
  });

  test("pointing at a cell shows it, leaving takes back, a click and arrow keys choose", () =>
    open("small/", async (page) => {
      const equation = page.locator(".equation");
      const picker = page.locator(".cell-picker");
      const box = await picker.boundingBox();
      if (box === null) throw new Error("the table is not there");
      const cell = box.width / 13;
      expect(await equation.textContent()).toBe("3 + 5 = 8");
      await page.mouse.move(box.x + 7.5 * cell, box.y + 9.5 * cell);
      expect(await equation.textContent()).toBe("9 + 7 = 3");
      await page.mouse.move(box.x + 7.5 * cell, box.y - 20);
      expect(await equation.textContent()).toBe("3 + 5 = 8");
      await page.mouse.click(box.x + 0.5 * cell, box.y + 12.5 * cell);
      await page.mouse.move(0, 0);
      expect(await equation.textContent()).toBe("12 + 0 = 12");
      await picker.press("ArrowRight");
      await picker.press("ArrowUp");
      await picker.press("ArrowUp");
      // At the edge it stays.
      for (let i = 0; i < 20; i++) await picker.press("ArrowRight");
      expect(await equation.textContent()).toBe("10 + 12 = 9");
      await page.getByLabel("a", { exact: true }).fill("2");
      await page.getByLabel("a", { exact: true }).press("Enter");
      expect(await equation.textContent()).toBe("2 + 12 = 1");
      const first = answersAt(newest()).classes[(2 * 13 + 12) * 3];
      expect(await page.locator(".candidate-name").first().textContent()).toBe(String(first));
    }));

  test("the chosen input's logits and attention are those of the view", () =>
    open("small/", async (page) => {
      const { logits, attention } = newest().pair ?? {};
      const bars = await page
        .locator(".logits rect")
        .evaluateAll((nodes) => nodes.map((node) => Number(node.getAttribute("height"))));
      const [low, high] = [Math.min(...bars), Math.max(...bars)];
      const numbers = [...(logits?.subarray(0, 13) ?? [])];
      const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
      for (const [i, bar] of bars.entries()) {
        const share = ((numbers[i] ?? 0) - least) / (most - least);
        expect(Math.abs((bar - low) / (high - low) - share)).toBeLessThan(0.02);
      }
      const row = page.locator(".input-attention tbody tr").nth(1).locator("td");
      const shares = (await row.allTextContents()).map((text) => Number.parseFloat(text) / 100);
      const own = attention?.subarray(1 * 9 + 6, 1 * 9 + 9) ?? [];
      for (const [i, share] of shares.entries()) {
        expect(Math.abs(share - (own[i] ?? 9))).toBeLessThan(0.0051);
      }
    }));

  test("scrubbing shows the stored state of each step in every panel", () =>
    open("small/", async (page) => {
      const slider = page.getByRole("slider", { name: "Step that is shown" });
      const legend = page.locator(".legend");
      const spectrum = page.locator("[data-panel=spectrum] canvas");
      const stateAt = async () => ({
        step: await page.locator(".timeline-step b").textContent(),
        legend: await legend.textContent(),
        spectrum: (await spectrum.getAttribute("aria-label"))?.split("Strongest now: ")[1],
        circles: await page.locator("[data-panel=circles] svg").first().getAttribute("aria-label"),
        attention: await page.locator("[data-panel=attention] svg").getAttribute("aria-label"),
        embedding: await page.locator("[data-panel=embedding] svg").getAttribute("aria-label"),
      });
      const live = await stateAt();
      await slider.focus();
      await slider.press("Home");
      const first = await stateAt();
      expect(first.step).toBe("step 1");
      for (const key of ["legend", "spectrum", "circles", "attention", "embedding"] as const) {
        expect(first[key]).not.toBe(live[key]);
      }
      for (const view of small.views.slice(0, 4)) {
        expect(await page.locator(".timeline-step b").textContent()).toBe(`step ${view.step}`);
        const { train, rest } = tally(answersAt(view), table());
        expect(await legend.textContent()).toContain(
          `trained on: ${train.right} of ${train.of} right`,
        );
        expect(await legend.textContent()).toContain(`held out: ${rest.right} of ${rest.of}`);
        await slider.press("ArrowRight");
      }
      const shown = small.views[4]?.step ?? 0;
      expect(await slider.getAttribute("aria-valuetext")).toMatch(new RegExp(`^step ${shown}, `));
      await slider.press("PageDown");
      await slider.press("End");
      expect(await stateAt()).toEqual(live);
      expect(await page.locator(".timeline .live").count()).toBe(1);
    }));

  test("a click into a curve looks at that step, and a button goes back to the newest", () =>
    open("small/", async (page) => {
      const chart = page.locator("[data-panel=losses] .pickable");
      await chart.scrollIntoViewIfNeeded();
      const box = await chart.boundingBox();
      if (box === null) throw new Error("the chart is not there");
      await page.mouse.click(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
      const step = await page.locator(".timeline-step b").textContent();
      expect(["step 100", "step 120", "step 140"]).toContain(step);
      const marker = Number(await chart.locator(".marker").getAttribute("x1"));
      expect(Math.abs(marker / box.width - 0.5)).toBeLessThan(0.06);
      await page.getByRole("button", { name: "To the newest" }).click();
      expect(await page.locator(".timeline-step b").textContent()).toBe("step 240");
    }));

  test("a replay goes through the steps in order and can be stopped", () =>
    open("small/", async (page) => {
      await page.evaluate(() => {
        const shown: string[] = [];
        Object.assign(window, { shown });
        const step = document.querySelector(".timeline-step b") as Element;
        new MutationObserver(() => shown.push(step.textContent ?? "")).observe(step, {
          subtree: true,
          characterData: true,
          childList: true,
        });
      });
      await page.getByRole("button", { name: "Replay the run" }).click();
      await page.waitForFunction(() => (window as unknown as { shown: string[] }).shown.length > 3);
      await page.getByRole("button", { name: "Stop the replay" }).click();
      const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
      const steps = shown.map((text) => Number(text.replace("step ", "")));
      const all = small.views.map(({ step }) => step);
      expect(steps).toEqual(all.slice(0, steps.length));
      const stopped = await page.locator(".timeline-step b").textContent();
      await page.waitForTimeout(1500);
      expect(await page.locator(".timeline-step b").textContent()).toBe(stopped);
    }));

  test("the numbers behind a figure, and the figure as files", () =>
    open("small/", async (page) => {
      const panel = page.locator("[data-panel=spectrum]");
      const numbers = panel.getByRole("button", { name: "Which waves it is made of: numbers" });
      await numbers.click();
      expect(await numbers.getAttribute("aria-expanded")).toBe("true");
      expect(await panel.locator("tbody tr").count()).toBe(6);
      const save = async (kind: string, from = panel) => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          from.getByRole("button", { name: `save as ${kind}` }).click(),
        ]);
        return readFile(await download.path());
      };
      const svg = (await save("SVG")).toString();
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(svg).toContain('href="data:image/png;base64,');
      expect(svg).not.toMatch(/class=|var\(/);
      const isDrawn = await page.evaluate(async (text) => {
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      }, svg);
      expect(isDrawn).toEqual([420, 380]);
      const png = await save("PNG");
      expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([840, 760]);
      // A panel of several charts is one file.
      const order = (await save("SVG", page.locator("[data-panel=order]"))).toString();
      for (const title of ["circularity", "effective rank", "signal to noise"]) {
        expect(order).toContain(`>${title}</text>`);
      }
      expect(order.match(/<svg /g)).toHaveLength(6);
    }));

  test("a measure on demand is computed when asked for", () =>
    open("small/", async (page) => {
      const order = page.locator("[data-panel=order]");
      await order.getByRole("button", { name: "Compute it now" }).click();
      await order.getByText("as defined 0.5", { exact: true }).waitFor();
    }));

  test("panels that an experiment cannot have say why", () =>
    open("stream/", async (page) => {
      const reasons = await page.locator(".panels-missing dd").allTextContents();
      expect(reasons).toHaveLength(6);
      expect(reasons[0]).toBe(
        "Addition of 2-digit numbers has too many inputs for a table of all pairs.",
      );
      expect(await page.locator("[data-panel=attention] .heat").count()).toBe(45);
      const embedding = page.locator("[data-panel=embedding]");
      expect(await embedding.locator(".symbol, .point").count()).toBe(14);
      // A name that would lie on another is a point.
      const names = await embedding
        .locator(".symbol")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
      expect(names.length).toBeGreaterThan(3);
      const overlaps = names.filter((one, i) =>
        names
          .slice(i + 1)
          .some(
            (other) =>
              Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
              Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3,
          ),
      );
      expect(overlaps).toEqual([]);
    }));

  test.each([
    ["small/?log", 1440],
    ["small/?theme=dark", 390],
  ])(
    "%s, %d pixels wide: axe finds nothing, and nothing is wider than the page",
    { timeout: 180_000 },
    (path, width) =>
      open(
        path,
        async (page) => {
          for (const button of await page.getByRole("button", { name: /numbers$/ }).all()) {
            await button.click();
          }
          // Panels off the screen are not laid out, and axe is to see them all.
          await page.addStyleTag({ content: ".panel { content-visibility: visible !important }" });
          await page.addScriptTag({ content: axe.source });
          const violations = await page.evaluate(async () => {
            const run = (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe;
            return (await run.run()).violations.map(
              ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`,
            );
          });
          expect(violations).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        },
        { width },
      ),
  );
});

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** The harness as files by name. */
async function bundle(): Promise<Map<string, string>> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  const { output } = (await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "silent",
    resolve: { conditions: ["@grok/source", "module", "browser"] },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      minify: false,
      target: "esnext",
      assetsDir: "",
      rolldownOptions: { input: `${root}index.html` },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(
    output.map((file) => [file.fileName, file.type === "chunk" ? file.code : String(file.source)]),
  );
}
