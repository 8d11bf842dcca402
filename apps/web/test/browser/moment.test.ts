import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

/** Width and height of a PNG file. */
function sizeOfPng(bytes: Buffer): [number, number] {
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** The step that the timeline shows, as it is read out. */
async function shownStep(page: Page): Promise<number> {
  const slider = page.getByRole("slider", { name: "Step that is shown" });
  const text = (await slider.getAttribute("aria-valuetext")) ?? "";
  return Number(/^step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

inChromium((at) => {
  const long = short.replace("steps=1500", "steps=1000000");

  test("while it trains one place says the step, and when it rests all say the same", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${long}`);
    const { page } = driver;
    await driver.press("Start");
    await driver.until(300);
    const timeline = page.getByRole("region", { name: "Timeline" });
    const texts: string[] = [];
    for (let i = 0; i < 5; i++) {
      texts.push(
        await timeline
          .locator(".timeline-step, .timeline-text")
          .allInnerTexts()
          .then((all) => all.join(" ")),
      );
      await driver.until((await driver.step()) + 40);
    }
    for (const text of texts) expect(text).not.toMatch(/step [\d,]+/);
    // Between two evaluations: the last one is of an earlier step.
    await driver.pause();
    const now = (await driver.step()) + 1;
    await driver.press("One step");
    await driver.until(now);
    await expect
      .poll(() => timeline.locator(".timeline-step b").innerText())
      .toBe(`step ${now.toLocaleString("en")}`);
    expect(await timeline.innerText()).not.toContain("The panels are of step");
    expect(driver.faults).toEqual([]);
  });

  test("the first look at a large table says that it works and can be cancelled", async () => {
    // A fast machine is done before the page says anything: here the trainer hears of it late.
    await at.context.addInitScript(() => {
      window.Worker = class extends Worker {
        override postMessage(message: { path?: unknown }, options?: object): void {
          const isLate = String(message.path) === "configure";
          setTimeout(() => super.postMessage(message, options), isLate ? 3000 : 0);
        }
      };
    });
    const driver = await Driver.open(at.context, at.site.isolated);
    const { page } = driver;
    const p = page.getByRole("textbox", { name: "Modulus p" });
    // Nor can a test be sure to find the button in time.
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const notice = [...document.querySelectorAll(".notice")].find((each) =>
          each.textContent?.includes("Making the network ready"),
        );
        if (notice === undefined) return;
        seen.disconnect();
        document.body.dataset["cancelled"] = "yes";
        notice.querySelector("button")?.click();
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    // The largest prime that fits.
    await p.fill("787");
    await p.press("Enter");
    await page.locator("[data-cancelled=yes]").waitFor();
    await page.locator(".notice").waitFor({ state: "detached" });
    await driver.says(/Press Start/);
    await driver.ready();
    await expect.poll(() => p.inputValue()).toBe("59");
    await driver.press("Start");
    await driver.until(10);
    expect(page.url()).toContain("p=59");
    expect(driver.faults).toEqual([]);
  });

  test("a curve stays sharp when the screen's pixels change, as on another monitor", async () => {
    // Browsers fire this event of a media query; the emulation of Chromium changes the ratio alone.
    await at.context.addInitScript(() => {
      const lists = new Set<MediaQueryList>();
      const own = window.matchMedia.bind(window);
      window.matchMedia = (query) => {
        const list = own(query);
        lists.add(list);
        return list;
      };
      window.addEventListener("tell-ratio", () => {
        for (const list of lists)
          if (list.media.includes("resolution") && !list.matches)
            list.dispatchEvent(new MediaQueryListEvent("change"));
      });
    });
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    const { page } = driver;
    await driver.finish();
    const canvas = page.locator(".first-look .plot canvas");
    const ratio = () =>
      canvas.evaluate((each: HTMLCanvasElement) => each.width / each.getBoundingClientRect().width);
    expect(await ratio()).toBeCloseTo(1, 1);
    const session = await at.context.newCDPSession(page);
    const metrics = { width: 1440, height: 1000, mobile: false };
    for (const deviceScaleFactor of [2, 1]) {
      await session.send("Emulation.setDeviceMetricsOverride", { ...metrics, deviceScaleFactor });
      await page.evaluate(() => window.dispatchEvent(new Event("tell-ratio")));
      await expect.poll(ratio).toBeCloseTo(deviceScaleFactor, 1);
    }
    expect(driver.faults).toEqual([]);
  });

  test("a finger that is dragged along a curve is followed by all pictures", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${short}`);
    const { page } = driver;
    await driver.finish();
    const box = await page.locator(".first-look .plot .u-over").boundingBox();
    if (box === null) throw new Error("The curve is not on the page.");
    const session = await at.context.newCDPSession(page);
    const touch = async (type: "touchStart" | "touchMove" | "touchEnd", share: number) => {
      const point = { x: box.x + share * box.width, y: box.y + box.height / 2 };
      const touchPoints = type === "touchEnd" ? [] : [point];
      await session.send("Input.dispatchTouchEvent", { type, touchPoints });
    };
    await touch("touchStart", 0.2);
    await touch("touchMove", 0.3);
    await touch("touchMove", 0.5);
    await expect.poll(() => shownStep(page)).toBeGreaterThan(600);
    expect(await shownStep(page)).toBeLessThan(900);
    await touch("touchMove", 0.25);
    await expect.poll(() => shownStep(page)).toBeLessThan(500);
    await touch("touchEnd", 0.25);
    expect(driver.faults).toEqual([]);
  });

  test("the whole moment is a picture, and the page has one to be shared with", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#ui.recorded=yes`);
    const { page } = driver;
    await driver.press("Start");
    await driver.says(/by heart/);
    await driver.pause();
    const sentence = await driver.sentence();
    await driver.press("Share");
    const saved = async (name: string) => {
      const coming = page.waitForEvent("download");
      await driver.press(name);
      return readFile(await (await coming).path());
    };
    const svg = (await saved("Whole moment (SVG)")).toString();
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 1280 \d+"/);
    expect(svg).toContain(`aria-label="${sentence}"`);
    // The curve, the table and the circle.
    expect(svg.match(/<svg /g)?.length).toBeGreaterThanOrEqual(4);
    expect(svg).toContain("data:image/png;base64,");
    const [width, height] = sizeOfPng(await saved("Whole moment (PNG)"));
    expect(width).toBe(2560);
    expect(height).toBeGreaterThan(700);

    const html = await readFile(join(at.site.folder, "index.html"), "utf8");
    const preview = /property="og:image"\s+content="\.\/([^"]+)"/.exec(html)?.[1];
    const bytes = await readFile(join(at.site.folder, preview ?? ""));
    expect(sizeOfPng(bytes)).toEqual([1200, 630]);
    expect(bytes.length).toBeLessThan(200_000);
    expect(driver.faults).toEqual([]);
  });
});
