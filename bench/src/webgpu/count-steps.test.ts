import { expect, it } from "vitest";
import { perStep } from "./count-steps.ts";

it("takes what a shorter run came to from a longer one", () => {
  const tally = {
    dispatches: 120,
    submits: 5,
    copies: 7,
    bytesUp: 1000,
    reads: 1,
    bytesDown: 16,
    buffers: 30,
    bytesHeld: 99,
    submittedAt: 12,
  };
  const longer = { ...tally, dispatches: 348, submits: 9, bytesUp: 1100, bytesDown: 48 };
  expect(
    perStep(
      { tally, hostMs: 5, wallMs: 10 },
      { tally: { ...longer, reads: 2, buffers: 31 }, hostMs: 13, wallMs: 30 },
      4,
    ),
  ).toEqual({
    steps: 4,
    dispatches: 57,
    submits: 1,
    copies: 0,
    bytesUp: 25,
    reads: 0.25,
    bytesDown: 8,
    buffers: 0.25,
    hostMs: 2,
    wallMs: 5,
  });
});
