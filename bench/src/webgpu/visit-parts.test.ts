import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { partsOf } from "./visit-parts.ts";

it.each([true, false])(
  "names parts once, by scripts that are here (software: %s)",
  (isSoftware) => {
    const parts = partsOf(isSoftware, undefined);
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
    for (const { script } of parts) {
      expect(existsSync(new URL(script, import.meta.url)), script).toBe(true);
    }
  },
);

it("measures all workloads and three seeds on a device, the operations first", () => {
  const names = partsOf(false, undefined).map(({ name }) => name);
  expect(names[0]).toBe("operations");
  for (const id of ["W0", "W1", "W2", "W3", "W4"]) expect(names).toContain(`bench ${id}`);
  expect(names.filter((name) => name.startsWith("main job"))).toHaveLength(3);
});

it("hands on which Python has PyTorch", () => {
  const bench = partsOf(false, "/opt/python3").find(({ name }) => name === "bench W2");
  expect(bench?.args.join(" ")).toMatch(/--python \/opt\/python3$/);
});
