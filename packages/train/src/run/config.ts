import * as z from "zod";
import { version } from "../../package.json";
import { hasDataFile } from "../data-file/known";
import { dataReferences } from "../data-file/reference";
import { assemble } from "../experiment/assembly";
import { checkExperiment } from "../experiment/check";
import { asExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { parse } from "../experiment/parse";
import { printable } from "../experiment/printable";
import { withDefaults, withLoss } from "../experiment/with-defaults";
import { parseJson } from "../json/parse-json";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { checkReferences, missingExtensions } from "../kind/references";
import { environmentSchema } from "./environment";
import { RunError } from "./error";
import { limits } from "./limits";
import { configName } from "./names";
import { isNewer } from "./version";

/** What config.json says besides the experiment: what ran it. */
const ranSchema = z.object({
  ...environmentSchema.omit({ backend: true }).shape,
  /** What computed it before, and up to which step, the oldest first. */
  history: z
    .array(environmentSchema.extend({ until: z.int().min(1) }))
    .max(1000)
    .optional(),
  /** The run that it was forked from, the step, and what experiment that was. */
  forkedFrom: z
    .strictObject({
      run: z.string().max(255),
      step: z.int().min(1),
      experiment: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
});

/** What config.json holds: the experiment as it ran, and what ran it; `backend` is the one that ran. */
export type RunConfig = Experiment & z.infer<typeof ranSchema>;

/**
 * Reads config.json's data. If it names extensions that are not among the kinds, it is read as far as
 * that goes without them: for its records and figures.
 *
 * @throws ExperimentError if it is no run's
 */
export function parseConfig(data: unknown, kinds: Collection = collect()): RunConfig {
  const isWhole = missingExtensions(data, kinds).length === 0;
  const schema = isWhole ? kinds.schema : kinds.openSchema;
  const read = parse(schema.extend(ranSchema.shape), withLoss(data)) as unknown as RunConfig;
  const config = withDefaults(read, kinds);
  // Without its data files, too, a run can be read and not built.
  if (isWhole && dataReferences(config.task).every(hasDataFile)) {
    asExperimentError(() => {
      checkReferences(config, kinds);
      checkExperiment(assemble(experimentOf(config), kinds));
    });
  }
  return config;
}

/**
 * Reads the text of a config.json, of at most a mebibyte.
 *
 * @param options `extensions` whose kinds the run may be made of; without those that it names it is
 *   read for its records and figures alone
 * @throws RunError in a sentence that begins with the file's name: where it is no run's, and where a
 * newer version wrote what this one does not know
 */
export function decodeConfig(
  text: string,
  { extensions }: { extensions?: Extensions } = {},
): RunConfig {
  let data: unknown;
  try {
    data = parseJson(text, limits.config);
    return parseConfig(data, collect(extensions));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { message } = error;
    const writer = writerOf(data);
    const why =
      writer !== null && isNewer(writer, version)
        ? `It was written by @grok/train ${printable(writer)}, which is newer than this one, ${version}; update grok. ${message}`
        : message;
    throw new RunError(`${configName} cannot be read: ${why}`, { cause: error });
  }
}

/** The experiment of a run. */
export function experimentOf(config: RunConfig): Experiment {
  const { versions: _, arithmetic: __, history: ___, forkedFrom: ____, ...experiment } = config;
  return experiment;
}

/** The version of this package that wrote a config; null if it does not say. */
function writerOf(data: unknown): string | null {
  const { versions } = (data ?? {}) as { versions?: unknown };
  const writer = ((versions ?? {}) as Record<string, unknown>)["@grok/train"];
  return typeof writer === "string" ? writer : null;
}
