import { fourier } from "./fourier";
import { hiddenProgress } from "./hidden-progress";
import type { Lesson } from "./lesson";
import { memorise } from "./memorise";
import { lessData, weightDecay } from "./what-makes-it";

/** The story, in its order. */
export const lessons: readonly Lesson[] = [
  memorise,
  hiddenProgress,
  weightDecay,
  lessData,
  fourier,
];
