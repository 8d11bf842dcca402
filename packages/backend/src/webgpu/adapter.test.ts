import { afterAll, expect, it, vi } from "vitest";
import { findAdapter } from "./adapter";

afterAll(() => {
  vi.unstubAllGlobals();
});

it("looks for one, and says what it found, in a Node without a navigator, as Node 20 is", async () => {
  vi.stubGlobal("navigator", undefined);
  const found = await findAdapter();
  expect(found.adapter === undefined ? found.missing : found.name).not.toBe("");
});
