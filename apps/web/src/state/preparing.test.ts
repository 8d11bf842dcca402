import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isPreparing, stopPreparing, whilePreparing } from "./preparing";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Something that comes when it is told to. */
function pending() {
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { coming, come };
}

test("what takes longer than 200 ms is said until it has come", async () => {
  const { coming, come } = pending();
  const waited = whilePreparing(coming);
  vi.advanceTimersByTime(199);
  expect(isPreparing.value).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isPreparing.value).toBe(true);
  come();
  await waited;
  expect(isPreparing.value).toBe(false);
});

test("an earlier experiment that comes does not silence the newest", async () => {
  const [first, second] = [pending(), pending()];
  const one = whilePreparing(first.coming);
  const other = whilePreparing(second.coming);
  vi.advanceTimersByTime(300);
  first.come();
  await one;
  expect(isPreparing.value).toBe(true);
  second.come();
  await other;
  expect(isPreparing.value).toBe(false);
});

test("what was cancelled is silent at once, and what fails is, too", async () => {
  void whilePreparing(pending().coming);
  vi.advanceTimersByTime(300);
  stopPreparing();
  expect(isPreparing.value).toBe(false);
  await expect(whilePreparing(Promise.reject(new Error("no")))).rejects.toThrow("no");
  vi.advanceTimersByTime(300);
  expect(isPreparing.value).toBe(false);
});
