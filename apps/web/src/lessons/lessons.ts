import { fourier } from "./fourier";
import { hiddenProgress } from "./hidden-progress";
import type { Lesson } from "./lesson";
import { memorise, wait } from "./memorise";
import { takeApart } from "./take-apart";
import { theory } from "./theory";
import { lessData, weightDecay } from "./what-makes-it";

/** The story, in its order. */
export const lessons: readonly Lesson[] = [
  memorise,
  wait,
  hiddenProgress,
  weightDecay,
  lessData,
  fourier,
  takeApart,
  theory,
];
