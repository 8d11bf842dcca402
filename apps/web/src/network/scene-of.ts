import { cyclicGroup } from "@grok/metrics";
import type { Network } from "@grok/models";
import {
  assemble,
  type BuiltTask,
  type Equation,
  type Experiment,
  measuresOf,
  type RunMeasures,
} from "@grok/train";
import { extensionsHere, kindsHere } from "../worker/extensions";
import type { AblationScene } from "./ablation";
import { ablationSceneOf } from "./ablation-scene-of";
import type {
  AttentionScene,
  GroupScene,
  MeasureScene,
  NetworkScene,
  PanelName,
  TableScene,
} from "./scene";

/** Above it a table takes more room and time than a page has: 199³ logits are 32 MB. */
const largestTable = 199;

/** Logits of all examples together that can be read at once: 64 MB. */
const maxLogits = 2 ** 24;

/** Inputs over which attention is averaged. */
const attentionInputs = 64;

/** The measures of an experiment that panels show; null if its examples never end or are too many. */
export function panelMeasures(experiment: Experiment): RunMeasures | null {
  const { size, classes } = assemble(experiment, kindsHere()).task;
  if (size === null || size * classes > maxLogits) return null;
  return measuresOf({ ...experiment, metrics: ["progress", "order-parameters"] }, extensionsHere());
}

/**
 * What panels must know of an experiment besides the network's state.
 *
 * @throws RangeError or ExperimentError for an experiment that cannot be trained either
 */
export function sceneOf(experiment: Experiment, chosen = panelMeasures(experiment)): NetworkScene {
  const assembly = assemble(experiment, kindsHere());
  const { task, network, lossKind } = assembly;
  const { equation } = task;
  const table =
    equation === null || equation.elements > largestTable ? null : tableOf(task, equation, chosen);
  const isEmbedded = network.anatomy.embedding !== null;
  const cyclic = equation?.p ? cyclicGroup(equation.operation, equation.p) : null;
  const group = isEmbedded ? cyclic : null;
  const attention = attentionOf(network, task);
  const ablation = ablationSceneOf(assembly, table);
  const measures = (chosen?.measures ?? [])
    .filter(({ name }) => table !== null || !needsLogits.has(name))
    .map(
      ({ name, columns, description, source, cost }): MeasureScene => ({
        name,
        columns,
        description,
        source,
        onDemand: cost === "expensive",
      }),
    );
  return {
    symbols: task.symbols ?? numbers(task.vocabulary),
    table,
    group,
    attention,
    ablation,
    hasLogits: lossKind.unit === "nats",
    measures,
    skipped: Object.fromEntries((chosen?.skipped ?? []).map(({ name, reason }) => [name, reason])),
    missing: {
      ...missingOf(task, network, { table, cyclic, attention, ablation }),
      ...(chosen === null && task.size !== null ? tooMany(task.size) : {}),
    },
  };
}

/** What needs the answers to all examples, of which there are more than can be read while training. */
function tooMany(size: number): Partial<Record<PanelName, string>> {
  const reason = `The task has ${size.toLocaleString("en")} examples, too many to look at all answers while training.`;
  const panels = ["circles", "embedding", "spectrum", "losses", "order"] as const;
  return Object.fromEntries(panels.map((name) => [name, reason]));
}

/** The measures that need all logits at once. */
const needsLogits: ReadonlySet<string> = new Set(["fourier-losses", "snr"]);

function tableOf(
  task: BuiltTask,
  { elements: size, firstClass, operator = "⋆" }: Equation,
  chosen: RunMeasures | null,
): TableScene {
  const answers = new Int16Array(size * size).fill(-1);
  const dataset = task.kind === "finite" ? task.dataset() : null;
  const asked = dataset !== null && "pairs" in dataset ? (dataset.pairs as Int32Array) : [];
  for (let row = 0; 2 * row < asked.length; row++) {
    const answer = (dataset?.labels[row * task.answerPositions.length] as number) - firstClass;
    answers[(asked[2 * row] as number) * size + (asked[2 * row + 1] as number)] = answer;
  }
  const train = new Uint8Array(size * size);
  if (chosen !== null) {
    const { pairs } = chosen.context.examples;
    for (const row of chosen.context.train) {
      train[(pairs[2 * row] as number) * size + (pairs[2 * row + 1] as number)] = 1;
    }
  }
  const names = task.symbols?.slice(0, size) ?? numbers(size);
  return { size, names, operator, answers, train, firstClass };
}

function attentionOf({ anatomy }: Network, task: BuiltTask): AttentionScene | null {
  if (anatomy.attention === null) return null;
  const { length, answerPositions, positions = numbers(length) } = task;
  const seen = task.size === null ? length : (answerPositions[0] as number) + 1;
  return {
    ...anatomy.attention,
    positions: positions.slice(0, seen),
    inputs: attentionInputs,
  };
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i}`);
}

function missingOf(
  { equation, absent = {} }: BuiltTask,
  network: Network,
  has: {
    table: TableScene | null;
    /** The group of the task, whatever the network embeds. */
    cyclic: GroupScene | null;
    attention: AttentionScene | null;
    ablation: AblationScene | null;
  },
): Partial<Record<PanelName, string>> {
  const missing: Partial<Record<PanelName, string>> = {};
  if (has.table === null) {
    missing.answers =
      equation !== null
        ? `A table of ${equation.elements} × ${equation.elements} answers is too large to be looked at while training; it is drawn for up to ${largestTable} elements.`
        : (absent.answers ?? "The input is not a pair (a, b), so there is no table of answers.");
  }
  if (has.cyclic === null) {
    const reason =
      absent.circles ?? "The input is no element of a cyclic group, so it has no frequencies.";
    missing.circles = reason;
    missing.spectrum = reason;
    missing.losses = reason;
  } else if (has.table === null) {
    missing.losses = missing.answers as string;
  }
  if (network.anatomy.embedding === null) {
    const reason = `This network is ${network.anatomy.words}: it does not say which of its weights embed the symbols.`;
    missing.embedding = reason;
    // What the task itself does not have, no network has.
    missing.circles ??= reason;
    missing.spectrum ??= reason;
    missing.losses ??= reason;
  }
  if (has.attention === null) {
    missing.attention = `This network is ${network.anatomy.words}: it has no attention.`;
  }
  if (has.table === null) missing.neurons = missing.answers as string;
  else if ((has.ablation?.neurons.length ?? 0) === 0) {
    missing.neurons = `This network is ${network.anatomy.words}: its neurons cannot be read.`;
  }
  if (absent.embedding !== undefined) missing.embedding = absent.embedding;
  if (absent.order !== undefined) missing.order = absent.order;
  return missing;
}
