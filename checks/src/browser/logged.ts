import type { Browser } from "playwright-core";
import { expect } from "vitest";

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
