import { expect, test } from "vitest";
import { Turns } from "./turns";

/** Turns whose frames the test holds. */
function heldTurns() {
  const frames: (() => void)[] = [];
  const turns = new Turns((frame) => void frames.push(frame));
  return { turns, frames, nextFrame: () => frames.splice(0).map((frame) => frame()) };
}

test("one draws a frame, in the order in which they asked", () => {
  const { turns, frames, nextFrame } = heldTurns();
  const drawn: string[] = [];
  const [a, b, c] = [{}, {}, {}];
  turns.ask(a, () => drawn.push("a"));
  turns.ask(b, () => drawn.push("b"));
  turns.ask(c, () => drawn.push("c"));
  // Who asks again keeps its place and draws what it asked last.
  turns.ask(a, () => drawn.push("newer a"));
  expect(frames).toHaveLength(1);
  nextFrame();
  expect(drawn).toEqual(["newer a"]);
  nextFrame();
  nextFrame();
  expect(drawn).toEqual(["newer a", "b", "c"]);
  expect(frames).toHaveLength(0);
});

test("who leaves does not draw, and who asks while another draws comes after those that wait", () => {
  const { turns, frames, nextFrame } = heldTurns();
  const drawn: string[] = [];
  const [a, b, c] = [{}, {}, {}];
  turns.ask(a, () => {
    drawn.push("a");
    turns.ask(a, () => drawn.push("a again"));
  });
  turns.ask(b, () => drawn.push("b"));
  turns.ask(c, () => drawn.push("c"));
  turns.leave(b);
  for (let i = 0; i < 5; i++) nextFrame();
  expect(drawn).toEqual(["a", "c", "a again"]);
  // All have left before their frame came: nothing is asked for twice afterwards.
  turns.ask(b, () => drawn.push("b"));
  turns.leave(b);
  turns.ask(c, () => drawn.push("c"));
  nextFrame();
  expect(drawn).toEqual(["a", "c", "a again", "c"]);
  expect(frames).toHaveLength(0);
});
