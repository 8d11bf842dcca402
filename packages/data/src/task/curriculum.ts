import { requireInteger } from "../requirement";

/** A part of training with its own largest number of digits. */
export interface CurriculumStage {
  /** How many steps it lasts. */
  readonly steps: number;
  /** Operands have 1 to this many digits. */
  readonly digits: number;
}

/** Stages, in order; the last continues for as long as training does. */
export type Curriculum = readonly CurriculumStage[];

/** The curriculum of yhavinga/gpt-acc-jax, 27,000 steps. */
export const additionCurriculum: Curriculum = [
  { steps: 2_000, digits: 3 },
  { steps: 5_000, digits: 6 },
  { steps: 20_000, digits: 10 },
];

/**
 * The most digits at a step, counted from 0.
 *
 * @throws RangeError if the curriculum has no stage
 */
export function curriculumDigits(curriculum: Curriculum, step: number): number {
  const last = curriculum.at(-1);
  if (last === undefined) throw new RangeError("A curriculum must have at least one stage.");
  let end = 0;
  for (const stage of curriculum) {
    end += stage.steps;
    if (step < end) return stage.digits;
  }
  return last.digits;
}

/**
 * Checks a curriculum against the number of digits of its task.
 *
 * @throws RangeError if there is no stage, or a stage has no steps, or digits outside 1 … `digits`
 */
export function requireCurriculum(curriculum: Curriculum, digits: number): Curriculum {
  curriculumDigits(curriculum, 0);
  for (const [i, stage] of curriculum.entries()) {
    requireInteger(`The number of steps of the curriculum's stage ${i + 1}`, stage.steps, 1);
    requireInteger(
      `The number of digits of the curriculum's stage ${i + 1}`,
      stage.digits,
      1,
      digits,
    );
  }
  return curriculum;
}
