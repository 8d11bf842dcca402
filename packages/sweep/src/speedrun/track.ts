import { suggestion } from "@grok/train/front-end";
import { SweepError } from "../sweep-error";

/** A task that speedruns are about: the data, and nothing of how it is learned. */
export interface Track {
  readonly id: string;
  readonly title: string;
  /** The task's settings, as flags of `grok train`. How an equation becomes tokens is free. */
  readonly flags: Readonly<Record<string, string | number>>;
  /** Answers that guessing gets right. */
  readonly chance: number;
}

/** Seeds of a complete record: of the split, the initial weights and the batches. */
export const speedrunSeeds: readonly number[] = Array.from({ length: 20 }, (_, seed) => seed);

/** The accuracy on the pairs that are not trained on at which a run has grokked. */
export const speedrunThreshold = 0.95;

/** The tasks of the board. */
export const tracks: readonly Track[] = [
  {
    id: "addition-97",
    title: "a + b mod 97, half of the table",
    flags: { task: "modular", op: "+", p: 97, "train-fraction": 0.5 },
    chance: 1 / 97,
  },
  {
    id: "division-97",
    title: "a / b mod 97, half of the table",
    flags: { task: "modular", op: "/", p: 97, "train-fraction": 0.5 },
    chance: 1 / 97,
  },
  {
    id: "s5",
    title: "composition in S5, half of the table",
    flags: { task: "permutation", op: "s5", "train-fraction": 0.5 },
    chance: 1 / 120,
  },
];

/** @throws SweepError if there is no such track */
export function trackOf(id: string): Track {
  const track = tracks.find((each) => each.id === id);
  if (track !== undefined) return track;
  const ids = tracks.map((each) => each.id);
  throw new SweepError(
    `There is no track "${id}"${suggestion(id, ids) || `; there are ${ids.join(", ")}.`}`,
  );
}
