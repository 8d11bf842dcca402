import { type EquationTask, equationTask } from "@grok/data";
import * as z from "zod";
import type { FlagNames, Label, Settings, Shape } from "../../kind/kind";
import type { TaskContext, TaskKind } from "../../kind/task-kind";
import {
  checkLayout,
  layout,
  layoutDefault,
  tableOfEquations,
  trainFraction,
  trainFractionFlags,
} from "./equation";

/** The settings that every table of equations has. */
type EquationShape = { layout: typeof layout; trainFraction: typeof trainFraction };

/** A task that is a table of equations a ∘ b = c: the short form of {@link defineTask}. */
export interface EquationDefinition<N extends string = string, S extends Shape = Shape> {
  /** What experiments and flags call it. */
  readonly name: N;
  /** For the help and the page. */
  readonly sentence: string;
  /** The paper or code that it comes from; default none. */
  readonly source?: string | null;
  /** Its settings besides `layout` and `trainFraction`; default none. */
  readonly settings?: z.ZodObject<S, z.core.$strict>;
  /** Flags that are not called like their settings. */
  readonly flags?: { readonly [K in keyof S]?: FlagNames };
  /** A setting that chooses this kind by itself; see {@link TaskKind}. */
  readonly decidedBy?: keyof S & string;
  /** How many elements a, b and c range over, 2 to 4096; they are 0 … elements − 1. */
  readonly elements: number | ((settings: Settings<S>) => number);
  /** c = a ∘ b, an element; null if the pair has no answer. */
  readonly apply: (a: number, b: number, settings: Settings<S>) => number | null;
  /** Why the settings do not fit together, in a sentence; or null. */
  readonly check?: (
    settings: Settings<S>,
    context: TaskContext & { readonly label: Label },
  ) => string | null;
  /** What is learned, in a few words: `a∘b in D5`. Default the kind's name. */
  readonly text?: (settings: Settings<S>) => string;
  /** What the name of a run's folder begins with; default the kind's name. */
  readonly slug?: (settings: Settings<S>) => string;
  /** What stands between a and b in pictures; default `∘`. */
  readonly operator?: string;
  /** What the elements are called in pictures; default their numbers. */
  readonly symbols?: (settings: Settings<S>) => readonly string[];
  /** Whether the elements are the residues modulo their number, which have an order; default false. */
  readonly residues?: boolean;
}

/** The kind of task that a table of equations is. */
export function equationKind<const N extends string, S extends Shape>(
  definition: EquationDefinition<N, S>,
): TaskKind<N, S & EquationShape> {
  const { name, sentence, source = null, flags, decidedBy, check, slug, apply } = definition;
  const { operator = "∘", residues = false } = definition;
  const elementsOf = (settings: Settings<S>) =>
    typeof definition.elements === "number" ? definition.elements : definition.elements(settings);
  const textOf = (settings: Settings<S>) => definition.text?.(settings) ?? name;
  const sizes = new Map<string, number>();
  const shape = { layout, trainFraction, ...definition.settings?.shape };
  type All = Settings<S> & { layout: z.output<typeof layout>; trainFraction: number };
  const kind = {
    name,
    sentence,
    source,
    settings: z.strictObject(shape),
    flags: { ...trainFractionFlags, ...flags },
    decidedBy,
    defaults: layoutDefault,
    check: (settings: All, context: TaskContext & { readonly label: Label }) =>
      check?.(settings, context) ?? checkLayout(settings, context),
    text: textOf,
    slug,
    build: (settings: All) => {
      const elements = elementsOf(settings);
      const text = textOf(settings);
      const symbols = definition.symbols?.(settings);
      const task = equationTask({
        name: text,
        elements,
        apply: (a, b) => apply(a, b, settings),
        layout: settings.layout,
      });
      return tableOfEquations(task, {
        size: sizeOf(task, settings, sizes),
        trainFraction: settings.trainFraction,
        operation: text,
        operator,
        p: residues ? elements : null,
        symbols: symbols ?? Array.from({ length: elements }, (_, i) => `${i}`),
        circles: `${text} is no addition in a cyclic group that is known here, so no frequencies belong to it.`,
      });
    },
  };
  return kind as unknown as TaskKind<N, S & EquationShape>;
}

/** How many pairs have an answer. It is asked for at every resolving, so the last sizes are kept. */
function sizeOf(task: EquationTask, settings: object, known: Map<string, number>): number {
  const key = JSON.stringify(settings);
  let size = known.get(key);
  if (size === undefined) {
    ({ size } = task.dataset());
    if (known.size > 16) known.clear();
    known.set(key, size);
  }
  return size;
}
