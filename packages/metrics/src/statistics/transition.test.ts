import { expect, it } from "vitest";
import { transitionOf } from "./transition";

it("tells a delay from learning at once", () => {
  expect(transitionOf({ t_mem: 200, t_grok: 14_300 })).toBe("grokked");
  expect(transitionOf({ t_mem: 200, t_grok: 400 })).toBe("grokked");
  expect(transitionOf({ t_mem: 200, t_grok: 399 })).toBe("at once");
  expect(transitionOf({ t_mem: null, t_grok: 399 })).toBe("at once");
  expect(transitionOf({ t_mem: 200, t_grok: null })).toBe("never");
  expect(transitionOf({ t_mem: 200, t_grok: 399 }, 1.5)).toBe("grokked");
});
