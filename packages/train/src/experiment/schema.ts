import { maxThreads } from "@grok/ops";
import * as z from "zod";
import { changesSchema } from "../change/change";
import type { Shape } from "../kind/kind";
import type { Kinds } from "../kind/kinds";
import type { ModelKind } from "../kind/model-kind";
import { usualKinds } from "../kinds/built-in";
import { optimizerCommon, weightNorm } from "./optimizer";
import { course, evaluation } from "./training";

/** The backends that can be asked for; `auto` is the best one that works here. */
export const backendChoices = ["auto", "webgpu", "wasm", "cpu"] as const;

/** What of an experiment is the same whatever it is made of. */
const common = {
  /** Work that the result does not need and that is left out. */
  shortcuts: z
    .strictObject({
      sharedPrefixes: z
        .boolean()
        .default(true)
        .describe("compute a prefix that sequences of a batch share once"),
      answerOnly: z
        .boolean()
        .default(true)
        .describe("compute the last layer only where answers are read"),
      tokenTables: z
        .boolean()
        .default(true)
        .describe("compute what depends on one token only once per token"),
    })
    .prefault({})
    .describe("work that the result does not need and that is left out"),
  /** Measures of each evaluation, by the names of @grok/metrics. */
  metrics: z
    .array(z.string())
    .default([])
    .describe("measures of each evaluation, by the names of @grok/metrics"),
  /** What changes on the way, and after which step. */
  changes: changesSchema,
  /** Decides weights, split, batches and dropout. */
  seed: z.int().default(0).describe("decides weights, split, batches and dropout"),
  /** The backend that the run uses. */
  backend: z.enum(backendChoices).default("auto").describe("the backend that the run uses"),
  /** Threads; null: as many as are fastest, at most the cores. */
  threads: z
    .int()
    .min(1)
    .max(maxThreads)
    .nullable()
    .default(null)
    .describe("threads; by default as many as are fastest, at most the cores"),
  /** The extensions that define parts of the experiment. */
  extensions: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,39}$/)
          .describe("the extension's own name"),
        file: z.string().max(4096).describe("the file that it was loaded from"),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable()
          .describe("digest of the bundled file; null if it was not bundled"),
      }),
    )
    .min(1)
    .max(32)
    .optional()
    .describe("the extensions that define parts of the experiment"),
};

const preset = z
  .string()
  // Folders are named after it, so it must lead nowhere.
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
  .meta({ title: "a name of letters, digits, - and _" })
  .describe("the preset that it began from");

/** The schema of experiments of some kinds. */
export type ExperimentSchema = ReturnType<typeof schemaOf>;

/** Makes the schema of experiments from the kinds that they can be made of. */
export function schemaOf(kinds: Kinds) {
  return z.strictObject({
    preset,
    task: union(
      "kind",
      Array.from(kinds.tasks, ([name, { settings }]) => variant("kind", [name], settings.shape)),
    ).describe("what is learned"),
    model: union(
      "architecture",
      [...new Set(kinds.models.values())].flatMap(modelVariants),
    ).describe("the network"),
    optimizer: union("kind", optimizerVariants(kinds)).describe(
      "how the weights follow from the gradients",
    ),
    training: union(
      "loss",
      Array.from(kinds.losses, ([name, { settings }]) =>
        z.strictObject({
          ...course,
          loss: z.literal(name).describe(lossDescription(kinds)),
          ...settings.shape,
          ...evaluation,
        }),
      ),
    ).describe("how long and on what to train"),
    ...common,
  });
}

/** The schema of experiments that are made of kinds nobody here knows: enough to read their records. */
export function openSchemaOf(): ExperimentSchema {
  const name = z.string().max(100);
  const open = z.strictObject({
    preset,
    task: z.looseObject({ kind: name }),
    model: z.looseObject({ architecture: name }),
    optimizer: z.looseObject({
      kind: name,
      ...optimizerCommon,
      schedule: z.looseObject({ kind: name }).default({ kind: usualKinds.schedule }),
    }),
    training: z.looseObject({ ...course, loss: name, ...evaluation }),
    ...common,
  });
  return open as unknown as ExperimentSchema;
}

function lossDescription({ losses }: Kinds): string {
  return Array.from(losses.values(), ({ name, sentence }) => `${name}: ${sentence}`).join("; ");
}

/** One object for all names of a network that have the same settings. */
function modelVariants({ name, settings, variants = {} }: ModelKind): z.ZodObject[] {
  const groups = new Map<string, { names: string[]; shape: Shape }>();
  for (const [own, { without = [] }] of Object.entries({ ...variants })) {
    const key = without.join();
    const group = groups.get(key) ?? { names: [], shape: omitted(settings.shape, without) };
    group.names.push(own);
    groups.set(key, group);
  }
  if (groups.size === 0) return [variant("architecture", [name], settings.shape)];
  return Array.from(groups.values(), ({ names, shape }) => variant("architecture", names, shape));
}

function omitted(shape: Shape, without: readonly string[]): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([key]) => !without.includes(key)));
}

function optimizerVariants(kinds: Kinds): z.ZodObject[] {
  const schedule = union(
    "kind",
    Array.from(kinds.schedules, ([name, { settings }]) => variant("kind", [name], settings.shape)),
  )
    .default({ kind: usualKinds.schedule })
    .describe("the learning rate after warm-up");
  const transforms = Object.fromEntries(
    Array.from(kinds.transforms, ([name, { value }]) => [name, value]),
  );
  const shape = { ...optimizerCommon, schedule, ...transforms, weightNorm };
  return Array.from(kinds.optimizers, ([name, { settings }]) =>
    variant("kind", [name], { ...shape, ...settings.shape }),
  );
}

function variant(discriminator: string, names: string[], shape: Shape): z.ZodObject {
  const choice = names.length === 1 ? z.literal(names[0] as string) : z.enum(names);
  return z.strictObject({ [discriminator]: choice, ...shape }) as unknown as z.ZodObject;
}

function union(discriminator: string, variants: z.ZodObject[]) {
  return z.discriminatedUnion(discriminator, variants as unknown as [z.ZodObject]);
}
