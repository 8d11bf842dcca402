import { expect, test } from "vitest";
import { createReplay } from "./replay";

/** A replay with a clock of its own, which gives a frame every this many milliseconds. */
function setUp({ prefersLessMotion = false } = {}) {
  const shown: (number | null)[] = [];
  let frame: ((milliseconds: number) => void) | undefined;
  const replay = createReplay((step) => shown.push(step), {
    prefersLessMotion: () => prefersLessMotion,
    request: (next) => {
      frame = next;
      return 1;
    },
    cancel: () => {
      frame = undefined;
    },
  });
  const run = (milliseconds: number, every = 20) => {
    for (let now = 0; now <= milliseconds && frame !== undefined; now += every) {
      const next = frame;
      frame = undefined;
      next(now);
    }
  };
  return { replay, shown, run, isWaiting: () => frame !== undefined };
}

const steps = Array.from({ length: 50 }, (_, i) => 100 * i);

test("shows every step once, in order, and then the newest", () => {
  const { replay, shown, run } = setUp();
  replay.play(steps, null);
  expect(replay.isPlaying.value).toBe(true);
  run(20_000);
  expect(shown).toEqual([...steps.slice(0, -1), null]);
  expect(replay.isPlaying.value).toBe(false);
});

test("takes twelve seconds however many steps there are", () => {
  for (const count of [3, 50, 5000]) {
    const { replay, run } = setUp();
    replay.play(
      Array.from({ length: count }, (_, i) => i),
      null,
    );
    run(7_800);
    expect(replay.isPlaying.value).toBe(true);
    run(12_100);
    expect(replay.isPlaying.value).toBe(false);
  }
});

test("continues from where one looks, and begins again at the end", () => {
  const { replay, shown, run } = setUp();
  replay.play(steps, 4050);
  run(20_000);
  expect(shown).toEqual([...steps.slice(40, -1), null]);
  shown.length = 0;
  replay.play(steps, 4900);
  run(100);
  expect(shown).toEqual([0]);
});

test("shows ten stills where less motion is preferred", () => {
  const { replay, shown, run } = setUp({ prefersLessMotion: true });
  replay.play(steps, null);
  run(20_000);
  expect(shown).toHaveLength(11);
  expect(shown.slice(0, 3)).toEqual([0, 500, 1000]);
  expect(shown.at(-1)).toBeNull();
});

test("stops at once, and a single step is no run", () => {
  const { replay, shown, run, isWaiting } = setUp();
  replay.play(steps, null);
  run(0);
  replay.stop();
  expect(isWaiting()).toBe(false);
  expect(replay.isPlaying.value).toBe(false);
  expect(shown).toEqual([0]);
  replay.play([1], null);
  expect(replay.isPlaying.value).toBe(false);
});
