import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { expect } from "vitest";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether tests in Chromium can run here; else they are skipped, and say so. */
export const hasChromium = existsSync(executablePath);

/** What a skipped suite says. */
export const chromiumNeeded = "in Chromium [needs Debian's chromium: apt-get install chromium]";

export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  });
}

/** Opens a page, waits until it has logged a line, and gives all lines. Fails on the page's errors. */
export async function loggedUntil(browser: Browser, url: string, last: RegExp): Promise<string[]> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  const lines = async () => (await page.locator("#log").innerText()).split("\n");
  try {
    await page.goto(url);
    await expect
      .poll(async () => (errors.length > 0 ? errors.join("\n") : (await lines()).join("\n")), {
        timeout: 60_000,
      })
      .toMatch(last);
    expect(errors).toEqual([]);
    return await lines();
  } finally {
    await page.close();
  }
}
