import { chromiumNeeded, hasChromium } from "@grok/browsers";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { launchOptions, type Site, startSite } from "./site";

/** The page in a browser, as tests have it. */
export interface PageSetup {
  readonly site: Site;
  readonly browser: Browser;
  /** A profile of its own for each test, 1440 pixels wide. */
  readonly context: BrowserContext;
}

/** What all tests of a file need, once, and how it is put away. */
interface Preparation {
  prepare?: (page: PageSetup) => Promise<void>;
  end?: () => Promise<void>;
}

/** Tests of the built page in Debian's Chromium; skipped, visibly, if there is none. */
export function inChromium(
  tests: (page: PageSetup) => void,
  { prepare, end }: Preparation = {},
): void {
  describe.skipIf(!hasChromium)(chromiumNeeded, { timeout: 180_000 }, () => {
    let site: Site | undefined;
    let browser: Browser | undefined;
    let context: BrowserContext | undefined;
    const page = {
      get site() {
        return there(site);
      },
      get browser() {
        return there(browser);
      },
      get context() {
        return there(context);
      },
    };
    const open = async () => {
      context = await there(browser).newContext({ viewport: { width: 1440, height: 1000 } });
    };
    beforeAll(async () => {
      site = await startSite();
      browser = await chromium.launch(launchOptions);
      await open();
      await prepare?.(page);
      await context?.close();
    }, 300_000);
    afterAll(async () => {
      await browser?.close();
      await site?.close();
      await end?.();
    });
    beforeEach(open);
    afterEach(() => context?.close());
    tests(page);
  });
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The browser is not there yet.");
  return value;
}
