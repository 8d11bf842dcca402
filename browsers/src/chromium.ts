import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Debian's Chromium, or the one named in the environment. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a Chromium; what needs it is skipped otherwise, and says so. */
export const hasChromium = existsSync(executablePath);

/** What a skipped suite says. */
export const chromiumNeeded = "in Chromium [needs Debian's chromium: apt-get install chromium]";

/**
 * How Chromium is started: by itself, asking nothing of the network.
 *
 * @param args arguments beside those
 */
export function chromiumOptions(
  args: readonly string[] = [],
): LaunchOptions & { executablePath: string; args: string[] } {
  return {
    executablePath,
    timeout: 120_000,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      ...args,
    ],
  };
}

/** Starts Chromium; see {@link chromiumOptions}. */
export function startChromium(args?: readonly string[]): Promise<Browser> {
  return chromium.launch(chromiumOptions(args));
}
