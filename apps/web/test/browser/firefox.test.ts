import { existsSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { short } from "./driver";
import { type Site, startSite } from "./site";

const executablePath = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";

/** How long anything may take on a machine that does much else. */
const timeout = 60_000;

// The whole path once, over WebDriver BiDi; what all engines share is tested in Chromium.
describe.skipIf(!existsSync(executablePath))(
  "in Firefox [needs Debian's firefox-esr: apt-get install firefox-esr]",
  { timeout: 180_000 },
  () => {
    let site: Site;
    let browser: Browser;
    let faults: string[];

    beforeAll(async () => {
      site = await startSite();
    }, 300_000);
    afterAll(() => site?.close());
    beforeEach(async () => {
      // Loaded here, as tests that are skipped need none of it.
      const { default: puppeteer } = await import("puppeteer-core");
      browser = await puppeteer.launch({ browser: "firefox", executablePath, timeout });
      faults = [];
    }, 120_000);
    afterEach(() => browser?.close());

    async function open(link: string): Promise<Page> {
      const page = await browser.newPage();
      page.setDefaultTimeout(timeout);
      page.on("pageerror", (error) => faults.push(String(error)));
      await page.goto(`${site.isolated}#${link}`);
      await shows(page, ".play:not(:disabled)");
      return page;
    }

    /** Waits by asking again each time: what waits inside a page can be lost with it in a reload. */
    const shows = (page: Page, selector: string) =>
      expect
        .poll(() => page.$$eval(selector, ({ length }) => length).catch(() => 0), { timeout })
        .toBeGreaterThan(0);

    const press = (page: Page, name: string) =>
      page.locator(`::-p-xpath(//button[normalize-space()='${name}'])`).click();
    const stepOf = (page: Page) =>
      page.evaluate(() => {
        const text = document.querySelector(".machine .speed")?.textContent ?? "";
        return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
      });
    const until = (page: Page, step: number) =>
      expect.poll(() => stepOf(page), { timeout }).toBeGreaterThanOrEqual(step);
    const says = (page: Page, words: string) =>
      expect
        .poll(() => page.$eval(".sentence", ({ textContent }) => textContent).catch(() => ""), {
          timeout,
        })
        .toContain(words);
    /** The evaluations that the page shows, as text. */
    async function numbersOf(page: Page): Promise<string> {
      await press(page, "Numbers");
      await shows(page, ".numbers tbody tr");
      return page.$eval(".numbers tbody", (body) => (body as HTMLElement).innerText);
    }

    test("a link trains with threads, on in a hidden tab, over a reload, and ends the same", async () => {
      const whole = await open(short);
      expect(await whole.evaluate(() => crossOriginIsolated)).toBe(true);
      await press(whole, "Start");
      await says(whole, "nded");
      const machine = await whole.$eval(".machine", ({ textContent }) => textContent);
      expect(machine).toMatch(/WebAssembly, \d+ threads/);
      const expected = await numbersOf(whole);
      expect(expected.split("\n").length).toBeGreaterThan(20);

      const page = await open(short);
      await press(page, "Start");
      await until(page, 100);
      await press(page, "Pause");
      await says(page, "Paused at step");
      await page.reload();
      await shows(page, ".play:not(:disabled)");
      await page.locator("::-p-xpath(//nav//a[starts-with(., 'Runs')])").click();
      await page.locator("::-p-xpath(//tr[contains(., 'paused')]//a[.='Open'])").click();
      await says(page, "Paused at step");
      const stopped = await stepOf(page);
      expect(stopped).toBeGreaterThanOrEqual(100);
      await press(page, "Go on");
      await whole.bringToFront();
      expect(await page.evaluate(() => document.hidden)).toBe(true);
      await until(page, stopped + 200);
      expect(await page.evaluate(() => document.hidden)).toBe(true);
      await page.bringToFront();
      await says(page, "nded");
      expect(await numbersOf(page)).toBe(expected);
      expect(await page.$$eval(".panel canvas", ({ length }) => length)).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    });
  },
);
