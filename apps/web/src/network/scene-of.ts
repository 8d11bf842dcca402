import { additionTokens, binaryTask, type Cell } from "@grok/data";
import { cyclicGroup } from "@grok/metrics";
import { type Network, networkOf } from "@grok/models";
import { type Experiment, measuresOf, modelOf, type RunMeasures, taskOf } from "@grok/train";
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

/** Inputs over which attention is averaged. */
const attentionInputs = 64;

/** The measures of an experiment that panels show; null where its examples never end. */
export function panelMeasures(experiment: Experiment): RunMeasures | null {
  if (experiment.task.kind === "addition") return null;
  return measuresOf({ ...experiment, metrics: ["progress", "order-parameters"] });
}

/**
 * What panels must know of an experiment besides the network's state.
 *
 * @throws RangeError or ExperimentError for an experiment that cannot be trained either
 */
export function sceneOf(experiment: Experiment, chosen = panelMeasures(experiment)): NetworkScene {
  const config = modelOf(experiment);
  const network = networkOf(config);
  const task = binaryOf(experiment);
  const table = task === null || task.elements > largestTable ? null : tableOf(task, chosen);
  const group = groupOf(experiment);
  const attention = attentionOf(experiment, network, task);
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
    symbols: symbolsOf(experiment, task, config.vocabulary),
    table,
    group,
    attention,
    measures,
    skipped: Object.fromEntries((chosen?.skipped ?? []).map(({ name, reason }) => [name, reason])),
    missing: missingOf(experiment, network, { task, table, group, attention }),
  };
}

/** The measures that need all logits at once. */
const needsLogits: ReadonlySet<string> = new Set(["fourier-losses", "snr"]);

type Binary = ReturnType<typeof binaryTask>;

function binaryOf({ task }: Experiment): Binary | null {
  if (!("op" in task)) return null;
  const p = task.kind === "modular" ? task.p : undefined;
  return binaryTask({ operation: task.op, p, layout: task.layout });
}

function groupOf({ task }: Experiment): GroupScene | null {
  return task.kind === "modular" ? cyclicGroup(task.op, task.p) : null;
}

function tableOf(task: Binary, chosen: RunMeasures | null): TableScene {
  const { elements: size, operation } = task;
  const answers = new Int16Array(size * size).fill(-1);
  for (let a = 0; a < size; a++) {
    for (let b = operation.firstB; b < size; b++) {
      answers[a * size + b] = operation.apply(a, b, task.p);
    }
  }
  const train = new Uint8Array(size * size);
  if (chosen !== null) {
    const { pairs } = chosen.facts.examples;
    for (const row of chosen.facts.train) {
      train[(pairs[2 * row] as number) * size + (pairs[2 * row + 1] as number)] = 1;
    }
  }
  const firstClass = chosen?.facts.task.firstClass ?? 0;
  return { size, operator: operatorOf(operation.name), answers, train, firstClass };
}

/** What stands between a and b. */
function operatorOf(name: string): string {
  const signs: Record<string, string> = { "-": "−", "*": "×", "/": "÷", s5: "∘" };
  return signs[name] ?? (name === "+" ? "+" : "⋆");
}

function attentionOf(
  experiment: Experiment,
  { anatomy }: Network,
  task: Binary | null,
): AttentionScene | null {
  if (anatomy.attention === null) return null;
  const { length, reads } = taskOf(experiment);
  const seen = experiment.task.kind === "addition" ? length : (reads[0] as number) + 1;
  return {
    ...anatomy.attention,
    positions: positionNames(experiment, task, length).slice(0, seen),
    inputs: attentionInputs,
  };
}

function positionNames({ task }: Experiment, binary: Binary | null, length: number): string[] {
  if (binary !== null) return binary.layout.tokens.map((cell) => cellName(cell, binary));
  if (task.kind !== "addition") return Array.from({ length }, (_, i) => `${i}`);
  const { digits } = task;
  // A carry runs from the last digit on, so digits are named by their power of ten.
  const places = Array.from({ length: digits }, (_, i) => digits - 1 - i);
  return [
    ...places.map((i) => `a${i}`),
    "+",
    ...places.map((i) => `b${i}`),
    "=",
    ...Array.from({ length: digits + 1 }, (_, i) => `c${i}`),
  ];
}

function cellName(cell: Cell, task: Binary): string {
  if (typeof cell !== "number") return cell.element;
  const { tokens } = task.layout;
  if (cell === 0 && tokens[0] === 0) return "eos";
  return tokens.indexOf(cell) < tokens.findIndex((other) => isElement(other, "b"))
    ? operatorOf(task.operation.name)
    : "=";
}

function isElement(cell: Cell, element: string): boolean {
  return typeof cell !== "number" && cell.element === element;
}

function symbolsOf({ task }: Experiment, binary: Binary | null, vocabulary: number): string[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
  if (binary !== null) return numbers(binary.elements);
  if (task.kind !== "addition") return numbers(vocabulary);
  const { plus, equals, pad, eos } = additionTokens;
  const signs: Record<number, string> = { [plus]: "+", [equals]: "=", [pad]: "pad", [eos]: "eos" };
  return Array.from({ length: vocabulary }, (_, i) => signs[i] ?? `${i}`);
}

function missingOf(
  { task }: Experiment,
  network: Network,
  has: {
    task: Binary | null;
    table: TableScene | null;
    group: GroupScene | null;
    attention: AttentionScene | null;
  },
): Partial<Record<PanelName, string>> {
  const missing: Partial<Record<PanelName, string>> = {};
  if (has.table === null) {
    missing.answers =
      has.task !== null
        ? `A table of ${has.task.elements} × ${has.task.elements} answers is too large to be looked at while training; it is drawn for up to ${largestTable} elements.`
        : task.kind === "addition"
          ? `Addition of ${task.digits}-digit numbers has too many inputs for a table of all pairs.`
          : "The input is a row of bits, not a pair (a, b), so there is no table of answers.";
  }
  if (has.group === null) {
    const reason =
      task.kind === "modular"
        ? `${task.op} mod ${task.p} is no addition in a cyclic group, so no frequencies belong to it; +, − and, for a prime p, × and ÷ have them.`
        : task.kind === "permutation"
          ? "Permutations do not commute, so they lie on no circle and have no frequencies of this kind."
          : "The input is no element of a cyclic group, so it has no frequencies.";
    missing.circles = reason;
    missing.spectrum = reason;
    missing.losses = reason;
  } else if (has.table === null) {
    missing.losses = missing.answers as string;
  }
  if (has.attention === null) {
    missing.attention = `This network is ${network.anatomy.words}: it has no attention.`;
  }
  if (task.kind === "parity") {
    missing.embedding = "The only symbols are 0 and 1, and two points make no picture.";
  }
  if (task.kind === "addition") {
    missing.order =
      "Training examples never end here, and the order parameters are defined on a finite table.";
  }
  return missing;
}
