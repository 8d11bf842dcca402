import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("imports nothing of Node's when it is loaded, so that a page can bundle it", () => {
  const folder = new URL(".", import.meta.url);
  // `@grok/plot/node` is an entry of its own.
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/^node[\\/]/.test(file),
  );
  expect(sources.length).toBeGreaterThan(20);
  for (const file of sources) {
    const text = readFileSync(new URL(file, folder), "utf8");
    expect(text, file).not.toMatch(/^import [^;]*["'](node:|fs|path|module|url)/m);
    // The renderer and its WebAssembly wait for the first PNG.
    expect(text, file).not.toMatch(/^import (?!type)[^;]*["']@resvg/m);
  }
});
