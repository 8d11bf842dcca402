import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { expect, test } from "vitest";
import { Driver } from "./driver";
import { inChromium } from "./setup";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

inChromium((at) => {
  test("offline the page opens, trains, plays its recorded run and has its lessons", async () => {
    // A host without headers of its own, which can go away.
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://host");
      const name = pathname === "/" ? "/index.html" : pathname;
      readFile(join(at.site.folder, name)).then(
        (bytes) => {
          response.writeHead(200, { "content-type": types[extname(name)] ?? "application/json" });
          response.end(bytes);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const driver = await Driver.open(at.context, url);
    const { page } = driver;
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const name = (await caches.keys()).find((each) => each.startsWith("grok-page-"));
            return name === undefined ? 0 : (await (await caches.open(name)).keys()).length;
          }),
        { timeout: 60_000, interval: 500 },
      )
      .toBeGreaterThan(20);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));

    await page.reload();
    await driver.ready();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await driver.press("One step");
    await driver.until(1);
    await driver.turnTo("Lessons");
    await page.getByRole("heading", { name: "From memory to a rule" }).waitFor();
    await page.goto(`${url}#ui.recorded=yes`);
    await page.reload();
    await page.getByText("A recorded run.").waitFor();
    await driver.press("Start");
    await driver.says(/by heart/);
    expect(driver.faults).toEqual([]);
  });
});
