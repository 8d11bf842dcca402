import { expect, it } from "vitest";
import { LeaseWatch } from "./lease-watch";

it("counts for how long a file was seen unchanged, and from its last change", () => {
  const watch = new LeaseWatch();
  expect(watch.look("a", 0)).toBe(0);
  expect(watch.look("a", 1000)).toBe(1000);
  expect(watch.look("a", 2500)).toBe(2500);
  expect(watch.changes).toBe(0);
  expect(watch.look("b", 3000)).toBe(0);
  expect(watch.changes).toBe(1);
  expect(watch.look("b", 3500)).toBe(500);
});

it("has not watched while it was stopped itself", () => {
  const watch = new LeaseWatch();
  watch.look("a", 0);
  expect(watch.look("a", 3_600_000)).toBe(2000);
});
