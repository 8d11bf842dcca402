import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./packages.ts";

// mkdir with `recursive` says of a disk that can only be read that the folder does not exist.
it("makes folders, with those above them, by makeFolder alone", () => {
  const files = globSync("{packages,apps/cli}/**/src/**/*.ts", { cwd: root });
  expect(files.length).toBeGreaterThan(400);
  const others = files
    .filter((file) => !file.endsWith(".test.ts") && !file.endsWith("make-folder.ts"))
    .filter((file) =>
      /\bmkdir(Sync)?\([^;]*recursive/s.test(readFileSync(join(root, file), "utf8")),
    );
  expect(others).toEqual([]);
});
