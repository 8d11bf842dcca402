import { chromiumNeeded, hasChromium } from "@grok/browsers";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { short } from "./driver";
import { launchOptions, type Site, startSite } from "./site";

/** How long anything may take on a machine that does much else. */
const timeout = 90_000;

// With puppeteer, as playwright keeps every page of Chromium visible.
describe.skipIf(!hasChromium)(chromiumNeeded, { timeout: 180_000 }, () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await startSite();
    // Loaded here, as tests that are skipped need none of it.
    const { default: puppeteer } = await import("puppeteer-core");
    const { executablePath, args } = launchOptions;
    browser = await puppeteer.launch({
      executablePath: executablePath as string,
      args: [...(args ?? [])],
    });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function open(): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(timeout);
    await page.goto(`${site.isolated}#${short}`);
    await page.waitForSelector(".play:not(:disabled)");
    return page;
  }
  // From outside, as nothing moves within a page that is frozen.
  const textOf = (page: Page, selector: string) =>
    page.$eval(selector, ({ textContent }) => textContent);
  const stepOf = async (page: Page) =>
    Number(
      /Step ([\d,]+)/.exec((await textOf(page, ".machine .speed")) ?? "")?.[1]?.replaceAll(",", ""),
    );
  const until = (page: Page, step: number) =>
    expect.poll(() => stepOf(page), { timeout }).toBeGreaterThanOrEqual(step);

  /** Waits for the end, and gives the evaluations that the page shows. */
  async function finished(page: Page): Promise<string> {
    await expect.poll(() => textOf(page, ".sentence"), { timeout }).toMatch(/[Ee]nded/);
    await page.locator("::-p-xpath(//button[normalize-space()='Numbers'])").click();
    await page.waitForSelector(".numbers tbody tr");
    return page.$eval(".numbers tbody", (body) => (body as HTMLElement).innerText);
  }

  test("a hidden tab trains on, a frozen one waits, and both end as if nobody had left", async () => {
    const whole = await open();
    await whole.click(".play");
    const expected = await finished(whole);
    expect(expected.split("\n").length).toBeGreaterThan(20);

    const page = await open();
    await page.click(".play");
    await until(page, 100);
    await whole.bringToFront();
    expect(await page.evaluate(() => document.hidden)).toBe(true);
    const left = await stepOf(page);
    await until(page, left + 200);
    expect(await page.evaluate(() => document.hidden)).toBe(true);

    // What Chromium does with a tab that was hidden for long.
    const session = await page.createCDPSession();
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    const frozen = await stepOf(page);
    expect(frozen).toBeLessThan(1500);
    await new Promise((done) => setTimeout(done, 1000));
    expect(await stepOf(page)).toBe(frozen);
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await page.bringToFront();
    expect(await finished(page)).toBe(expected);
  });
});
