// Makes the picture with which the page is shared, and the film of its first minute:
//
//   node --conditions=@grok/source --experimental-transform-types --import=./scripts/from-source.mjs \
//     apps/web/scripts/make-pictures.ts
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Driver } from "../test/browser/driver";
import { launchOptions, startSite } from "../test/browser/site";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const site = await startSite();
const browser = await chromium.launch(launchOptions);
try {
  const context = await browser.newContext({ viewport: { width: 1200, height: 630 } });
  const driver = await Driver.open(context, site.isolated);
  await driver.finish();
  await driver.page.screenshot({ path: at("public/preview.png") });
  await driver.press("Share");
  const coming = driver.page.waitForEvent("download");
  await driver.press("Film of the run");
  await copyFile(await (await coming).path(), at("../../docs/images/first-minute.webm"));
} finally {
  await browser.close();
  await site.close();
}
