import { expect, it, vi } from "vitest";
import { loadResvg } from "./resvg";

it("takes the renderer that another copy of this package has started", async () => {
  const first = await loadResvg();
  vi.resetModules();
  const copy = await import("./resvg");
  expect(copy.loadResvg).not.toBe(loadResvg);
  const { Resvg } = await copy.loadResvg();
  expect(Resvg).toBe(first.Resvg);
});
