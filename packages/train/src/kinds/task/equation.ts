import {
  type BinaryTask,
  type Cell,
  type EquationTask,
  type Layout,
  type LayoutName,
  layoutNames,
} from "@grok/data";
import * as z from "zod";
import type { Label } from "../../kind/kind";
import type { ModelTraits } from "../../kind/model-traits";
import type { BuiltTask, TaskContext } from "../../kind/task-kind";

/** The share of a finite task's examples to train on. */
export const trainFraction = z
  .number()
  .gt(0)
  .lt(1)
  .default(0.5)
  .describe("share of all equations to train on; the rest validates");

/** Flags of {@link trainFraction}. */
export const trainFractionFlags = { trainFraction: { aliases: ["trainFrac"] } } as const;

/** How an equation is written. */
export const layout = z
  .enum([...layoutNames])
  .describe("how an equation becomes tokens; the model's own by default");

/** The layout that the network was made for. */
export function layoutDefault(_: unknown, { model }: TaskContext) {
  return { layout: (model.layout ?? "mlx") as LayoutName };
}

/** Why a network cannot read equations in a layout, or null. */
export function checkLayout(
  { layout: name }: { layout: LayoutName },
  { model, label }: { model: ModelTraits; label: Label },
): string | null {
  if (!model.isCausal && fedAnswers.includes(name)) {
    return `${label("task.layout")} ${name} feeds the answer behind the place where it is read, which only a transformer's causal mask hides; model ${model.name} is ${model.words}.`;
  }
  if (model.input === "one-hot" && name !== "one-hot") {
    return `${label("task.layout")} must be one-hot for model ${model.name}, which tells the operands apart by their tokens, not ${name}.`;
  }
  return null;
}

/** The layouts that feed the answer. */
const fedAnswers: readonly LayoutName[] = ["power", "openai"];

/** The table of a binary operation as an experiment learns it. */
export function equationTask(
  task: BinaryTask,
  {
    p,
    trainFraction: fraction,
    circles,
  }: { p: number | null; trainFraction: number; circles: string },
): BuiltTask {
  const { elements, operation } = task;
  return tableOfEquations(task, {
    size: elements * (elements - operation.firstB),
    trainFraction: fraction,
    operation: operation.name,
    operator: operatorOf(operation.name),
    p,
    symbols: Array.from({ length: elements }, (_, i) => `${i}`),
    circles,
  });
}

/** What an experiment needs to know of a table besides its equations. */
interface TableFacts {
  size: number;
  trainFraction: number;
  operation: string;
  /** What stands between a and b. */
  operator: string;
  p: number | null;
  symbols: readonly string[];
  /** Why there may be no circles. */
  circles: string;
}

/** Any table of equations as an experiment learns it. */
export function tableOfEquations(
  task: EquationTask,
  { size, trainFraction: fraction, operation, operator, p, symbols, circles }: TableFacts,
): BuiltTask {
  const { elements, layout: written } = task;
  return {
    ...task,
    size,
    trainFraction: fraction,
    equation: {
      operation,
      elements,
      p,
      firstToken: offsetOf(written.tokens, "a"),
      firstClass: offsetOf(written.labels, "c"),
      operator,
    },
    positions: written.tokens.map((cell) => cellName(cell, task, operator)),
    symbols,
    absent: { circles },
  };
}

/** The token or class of element 0. */
function offsetOf(cells: Layout["tokens"], element: "a" | "c"): number {
  for (const cell of cells) {
    if (typeof cell !== "number" && cell.element === element) return cell.offset;
  }
  return 0;
}

/** What stands between a and b. */
function operatorOf(name: string): string {
  const signs: Record<string, string> = { "+": "+", "-": "−", "*": "×", "/": "÷", s5: "∘" };
  return signs[name] ?? "⋆";
}

function cellName(cell: Cell, { layout: { tokens } }: EquationTask, operator: string): string {
  if (typeof cell !== "number") return cell.element;
  if (cell === 0 && tokens[0] === 0) return "eos";
  const b = tokens.findIndex((other) => typeof other !== "number" && other.element === "b");
  return tokens.indexOf(cell) < b ? operator : "=";
}

const operators: Record<string, string> = { "+": "add", "-": "sub", "*": "mul", "/": "div" };

/** Operations that no operator's name says, and whose own name file systems forbid. */
const others: Record<string, string> = { "*1": "mul1" };

/** An operation in a word for a file's name: `div`, `x2+y2`, `add-mul`, `mul1`. */
export function operationSlug(op: string): string {
  const isOperators = /^[-+*/]+$/.test(op);
  if (!isOperators) return others[op] ?? op;
  return Array.from(op, (each) => operators[each]).join("-");
}
