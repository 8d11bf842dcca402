import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Rest } from "./rest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("pauses for longer each time that it did not help, up to five minutes, and begins again when it did", () => {
  const told: string[] = [];
  const rest = new Rest({ pause: () => told.push("pause"), resume: () => told.push("resume") });
  const lengths = Array.from({ length: 8 }, () => {
    const ms = rest.begin();
    expect(rest.begin()).toBeNull();
    vi.advanceTimersByTime(ms ?? 0);
    return (ms ?? 0) / 1000;
  });
  expect(lengths).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  expect(told.slice(0, 3)).toEqual(["pause", "resume", "pause"]);
  rest.helped();
  expect(rest.begin()).toBe(5000);
  rest.end();
  vi.advanceTimersByTime(1e6);
  expect(told.at(-1)).toBe("pause");
});
