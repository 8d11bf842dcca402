import { expect, test } from "vitest";
import { apart } from "./apart";
import { narrowRoom } from "./narrow-room";

test.each([
  [0, 0],
  [1, 128],
  [112, 128],
  [128, 128],
  [129, 256],
])("%d bytes take %d", (bytes, filled) => {
  expect(apart(bytes)).toBe(filled);
});

test("threads and parts of narrow rows write lines of their own", () => {
  const room = (threads: number) => narrowRoom({ threads }, 7);
  expect((room(2) - room(1)) % 128).toBe(0);
  expect(room(2) - room(1)).toBeGreaterThanOrEqual(7 * 16);
  expect(room(1) % 128).toBe(0);
});
