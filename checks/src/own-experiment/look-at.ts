import { once } from "node:events";
import { hasChromium, startChromium } from "@grok/browsers";
import type { Command } from "./command.ts";

/**
 * Serves a run's folder and opens the page on it.
 *
 * @param picture a file for a picture of the page; null for none
 * @returns what the list of runs says of the run
 */
export async function lookAt(
  grok: Command,
  use: readonly string[],
  run: string,
  picture: string | null,
): Promise<string> {
  if (!hasChromium) return "nothing, as Debian's chromium is missing";
  const server = grok.start("serve", ".", ...use, "--port", "0");
  try {
    const [line] = (await once(server.stdout as NonNullable<typeof server.stdout>, "data")) as [
      Buffer,
    ];
    const address = String(line).split("\n")[0] ?? "";
    const browser = await startChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      await page.goto(`${address}#ui.view=runs`);
      const row = page.locator("tr", { hasText: run }).first();
      await row.waitFor({ timeout: 60_000 });
      if (picture !== null) await page.screenshot({ path: picture });
      return (await row.innerText()).replace(/\s+/g, " ");
    } finally {
      await browser.close();
    }
  } finally {
    server.kill("SIGINT");
    if (server.exitCode === null) await once(server, "close");
  }
}
