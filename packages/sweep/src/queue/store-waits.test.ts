import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { QueueError } from "./error";
import { StoreWaits } from "./store-waits";
import type { Trouble } from "./trouble";

let told: string[];
let freed: number[];
beforeEach(() => {
  told = [];
  freed = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const kinds = new Map<string, Trouble>([
  ["down", { kind: "passing", sentence: "It is down." }],
  ["denied", { kind: "final", sentence: "It is denied." }],
  ["full", { kind: "full", sentence: "It is full." }],
]);

function waits(): StoreWaits {
  return new StoreWaits({
    shown: "Redis at x",
    limitMs: 60_000,
    tell: (sentence) => told.push(sentence),
    troubleOf: ({ message }) => kinds.get(message) ?? null,
    free: async () => freed.shift() ?? 0,
  });
}

const never = () => new Promise<never>(() => {});

it("says after 5 s what it waits for, and ends after the limit", async () => {
  const waiting = waits().for("adding runs", never);
  const ended = expect(waiting).rejects.toThrow(
    /^Redis at x did not answer within 60 s \(adding runs\)\./,
  );
  await vi.advanceTimersByTimeAsync(4999);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(["Waiting for Redis at x, which does not answer: adding runs."]);
  await vi.advanceTimersByTimeAsync(55_000);
  await ended;
});

it("tries again what may pass, and tells why", async () => {
  let calls = 0;
  const result = waits().for("adding", async () => {
    if (++calls < 4) throw new Error("down");
    return calls;
  });
  await vi.advanceTimersByTimeAsync(4000);
  expect(await result).toBe(4);
  expect(told).toEqual(["It is down.", "It is down.", "It is down."]);
});

it("frees what it can of a full store", async () => {
  freed = [3];
  let calls = 0;
  const result = waits().for("adding", async () => {
    if (++calls === 1) throw new Error("full");
    return calls;
  });
  expect(await result).toBe(2);
  expect(told).toEqual([]);
});

it("ends at once, and for everybody, for a reason that stays", async () => {
  const all = waits();
  const other = expect(all.for("looking", never)).rejects.toThrow("It is denied.");
  await expect(all.for("adding", () => Promise.reject(new Error("denied")))).rejects.toThrow(
    QueueError,
  );
  await other;
  await expect(all.for("adding", async () => 1)).rejects.toThrow("It is denied.");
  expect(all.over.aborted).toBe(true);
});

it("hears of errors that nobody waits for", async () => {
  const all = waits();
  all.note(new Error("down"));
  all.note(new Error("unknown"));
  expect(told).toEqual(["It is down."]);
  all.note(new Error("denied"));
  expect(all.over.reason).toEqual(new QueueError("It is denied."));
});

it("ends when the store has been full for the limit, though nobody waits for it", () => {
  const all = waits();
  const complain = (afterMs: number) => {
    vi.advanceTimersByTime(afterMs);
    all.note(new Error("full"));
    return all.over.aborted;
  };
  expect([complain(0), complain(5_000), complain(50_000)]).toEqual([false, false, false]);
  // For more than a minute nothing was refused: there was room.
  expect([complain(61_000), complain(50_000)]).toEqual([false, false]);
  expect(complain(10_000)).toBe(true);
  expect(all.over.reason).toEqual(new QueueError("It is full. It has been so for 60 s."));
});

it("leaves other errors as they are", async () => {
  await expect(waits().for("adding", () => Promise.reject(new TypeError("a bug")))).rejects.toThrow(
    TypeError,
  );
});
