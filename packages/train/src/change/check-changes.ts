import { parameterShapes } from "@grok/models";
import { matches } from "@grok/optim";
import { type Assembly, assemble } from "../experiment/assembly";
import { ExperimentError } from "../experiment/error";
import { parse } from "../experiment/parse";
import { printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import type { Label } from "../kind/kind";
import type { Change, Edit } from "./change";
import { embeddingOf } from "./embedding";
import { experimentUnder } from "./experiment-under";

/**
 * Checks that an experiment's changes come one after the other within the run, and that each gives
 * an experiment that the network as it is can be trained on.
 *
 * @param checkUnder checks an experiment as it holds between two changes
 * @throws ExperimentError with the step of the change that is wrong
 */
export function checkChanges(
  assembly: Assembly,
  label: Label,
  checkUnder: (under: Assembly) => void,
): void {
  const { experiment, kinds } = assembly;
  const { changes = [], training } = experiment;
  if (changes.length === 0) return;
  const shapes = parameterShapes(assembly.network);
  const names = Object.keys(shapes);
  let last = 0;
  for (const [i, change] of changes.entries()) {
    const { at, edits = [] } = change;
    if (at === last) {
      throw new ExperimentError(`There are two changes at step ${at}; make them one.`);
    }
    if (at < last) {
      throw new ExperimentError(`The change at step ${at} must stand before that at step ${last}.`);
    }
    if (at >= training.steps) {
      throw new ExperimentError(
        `There is nothing to change at step ${at}, as the run ends at step ${training.steps}; allowed are 1 to ${training.steps - 1}, or more ${label("training.steps")}.`,
      );
    }
    last = at;
    for (const edit of edits) checkEdit(assembly, change, edit, shapes);
    const under = assemble(experimentUnder(experiment, i + 1, names, kinds), kinds);
    try {
      checkUnder(under);
    } catch (error) {
      if (!(error instanceof ExperimentError) || error.message.startsWith("The change"))
        throw error;
      throw new ExperimentError(`The change at step ${at} cannot be made: ${error.message}`, {
        cause: error,
      });
    }
    checkShape(assembly, under, at);
  }
}

function checkEdit(
  assembly: Assembly,
  { at }: Change,
  { kind: name, match, ...settings }: Edit,
  shapes: Readonly<Record<string, readonly number[]>>,
): void {
  const { kinds } = assembly;
  const kind = kinds.edits.get(name);
  if (kind === undefined) {
    throw new ExperimentError(
      `The change at step ${at} has ${printable(name)}, which is nothing that is done to parameters; there are ${[...kinds.edits.keys()].join(", ")}${suggestion(name, kinds.edits.keys()) || "."}`,
    );
  }
  parse(kind.settings, settings, "", (path) => `The change at step ${at}: ${name} ${path}`);
  const names = Object.keys(shapes);
  const fitting = names.filter((each) => matches(match, each));
  if (fitting.length === 0) {
    throw new ExperimentError(
      `The change at step ${at}: ${name}=${printable(match)} fits no parameter; the network has ${names.join(", ")}${suggestion(match, names) || "."}`,
    );
  }
  const embedding = embeddingOf(assembly);
  for (const each of fitting) {
    const reason = kind.check?.(settings as never, each, { embedding, shapes }) ?? null;
    if (reason !== null) {
      throw new ExperimentError(`The change at step ${at}: ${name} cannot be done, as ${reason}.`);
    }
  }
}

/** Checks that the examples after a change fit the network. */
function checkShape(before: Assembly, after: Assembly, at: number): void {
  for (const key of [
    "vocabulary",
    "classes",
    "length",
    "features",
    "values",
    "answerPositions",
  ] as const) {
    const [was, is] = [before, after].map(({ task }) => String(task[key]));
    if (was === is) continue;
    throw new ExperimentError(
      `The change at step ${at} gives the task ${words[key]} ${is}, and the network was made for ${was}; a change keeps the shape of the examples.`,
    );
  }
}

const words = {
  vocabulary: "a vocabulary of",
  classes: "classes:",
  length: "a length of",
  features: "features:",
  values: "values:",
  answerPositions: "answers read at",
} as const;
