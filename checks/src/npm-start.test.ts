import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const module = new URL("../../scripts/build-command.mjs", import.meta.url).href;

/** How turbo is called with these folders in the PATH. */
function turboCommand(path: string): string[] {
  const script = `import("${module}").then(({ turboCommand }) => console.log(JSON.stringify(turboCommand(process.argv[1]))))`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script, path], { encoding: "utf8" }));
}

it("builds with npm alone: if there is no pnpm, npx brings it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-path-"));
  expect(turboCommand(folder)).toEqual(["npx", "-y", "pnpm@12", "exec", "turbo"]);
  expect(turboCommand("")).toContain("npx");
  await writeFile(join(folder, process.platform === "win32" ? "pnpm.cmd" : "pnpm"), "");
  expect(turboCommand(folder)).toEqual([expect.stringMatching(/node_modules.\.bin.turbo$/)]);
  await rm(folder, { recursive: true });
});
