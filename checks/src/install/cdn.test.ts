// The modules of @grok/cdn, from another origin than the page's, as from a CDN.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumNeeded, hasChromium, startChromium } from "@grok/browsers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FileServer, isolated, open, serveFolder } from "../browser/file-server.ts";
import { loggedUntil } from "../browser/logged.ts";
import { codeBlocks } from "../markdown/blocks.ts";
import { root } from "../packages.ts";

describe.skipIf(!hasChromium)(chromiumNeeded, () => {
  let browser: Browser;
  let cdn: FileServer;
  let folder: string;

  beforeAll(async () => {
    browser = await startChromium();
    cdn = await serveFolder(join(root, "apps/cdn"), open);
    folder = await mkdtemp(join(tmpdir(), "grok-cdn-"));
    const page = codeBlocks("apps/cdn/README.md").find(({ language }) => language === "html");
    const html = page?.text.replaceAll("https://cdn.jsdelivr.net/npm/@grok/cdn/", cdn.url);
    await writeFile(join(folder, "index.html"), `<!doctype html>\n${html}`);
  });
  afterAll(async () => {
    await browser?.close();
    cdn?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ["isolated", isolated, 2],
    ["not isolated", {}, 1],
  ])(
    "the page of its README trains; %s",
    async (_, headers, threads) => {
      const server = await serveFolder(folder, headers);
      try {
        const lines = await loggedUntil(browser, server.url, /^(grokked|finished|failed)/m);
        expect(lines[0]).toBe(`backend wasm, threads ${threads}`);
        expect(lines).toContain("finished");
      } finally {
        server.close();
      }
    },
    120_000,
  );
});
