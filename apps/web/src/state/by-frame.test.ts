import { expect, test } from "vitest";
import { byFrame } from "./by-frame";

/** A page whose frames, timers and visibility the test holds. */
function heldPage() {
  const frames: (() => void)[] = [];
  const timers: (() => void)[] = [];
  let changed = () => {};
  let isHidden = false;
  return {
    frames: {
      isHidden: () => isHidden,
      request: (frame: () => void) => void frames.push(frame),
      later: (turn: () => void) => void timers.push(turn),
      onChange: (call: () => void) => {
        changed = call;
      },
    },
    nextFrame: () => frames.splice(0).map((frame) => frame()),
    nextTimer: () => timers.splice(0).map((turn) => turn()),
    setHidden: (next: boolean) => {
      isHidden = next;
      changed();
    },
  };
}

test("what comes within a frame is delivered together, in order", () => {
  const page = heldPage();
  const got: number[][] = [];
  const tell = byFrame<number>((items) => got.push(items), page.frames);
  for (const each of [1, 2, 3]) tell(each);
  expect(got).toEqual([]);
  page.nextFrame();
  tell(4);
  page.nextFrame();
  expect(got).toEqual([[1, 2, 3], [4]]);
});

test("a page that is hidden before its frame comes loses nothing and lets nothing pile up", () => {
  const page = heldPage();
  const got: number[][] = [];
  const tell = byFrame<number>((items) => got.push(items), page.frames);
  tell(1);
  page.setHidden(true);
  expect(got).toEqual([[1]]);
  // No frame comes; timers do.
  tell(2);
  tell(3);
  page.nextTimer();
  expect(got).toEqual([[1], [2, 3]]);
  tell(4);
  page.setHidden(false);
  expect(got).toEqual([[1], [2, 3], [4]]);
  // The frame and the timer that were asked for find nothing left.
  page.nextFrame();
  page.nextTimer();
  tell(5);
  page.nextFrame();
  expect(got).toEqual([[1], [2, 3], [4], [5]]);
});
