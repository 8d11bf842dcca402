import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { printable } from "../experiment/printable";
import { suggestion } from "../experiment/suggestion";
import { isExtensionName } from "../extension/name";
import { flagDefault } from "../flag/default";
import type { Flag } from "../flag/flag";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { defaultPreset } from "../preset/presets";
import { resolveExperiment } from "../preset/resolve";
import { canonicalJson } from "../run/canonical-json";
import { readFields, writeFields } from "./fields";
import { LinkError } from "./link-error";
import { checkUi, type UiState, uiPrefix } from "./ui-state";

/**
 * An experiment as text for the end of an address: its preset, and what is different from it, under
 * the names of the flags, so that it can be read and edited: `preset=mlx&weight-decay=0.5&seed=3`.
 * {@link experimentOfLink} gives exactly this experiment back.
 *
 * @param ui what the page shows, kept under `ui.` names; see {@link UiState}
 * @param options `extensions` whose kinds the experiment may be made of; default none
 * @throws ExperimentError if the preset is none of ours, or settings follow from no flags
 * @throws LinkError if `ui` does not fit into a link
 */
export function linkOf(
  experiment: Experiment,
  ui: UiState = {},
  { extensions }: { extensions?: Extensions } = {},
): string {
  checkUi(ui);
  const kinds = collect(extensions);
  // What a command does with its run is no link's business.
  const settings = kinds.flags.filter(({ group }) => group !== "output");
  const { preset } = experiment;
  const wanted = canonicalJson(experiment);
  const gives = (given: Record<string, string>) =>
    canonicalJson(resolveExperiment({ preset, flags: given, extensions })) === wanted;
  const base = resolveExperiment({ preset, extensions });
  const all = Object.fromEntries(settings.flatMap((flag) => textOf(flag, experiment, kinds)));
  const different = Object.fromEntries(
    settings.flatMap((flag) => {
      const [entry] = textOf(flag, experiment, kinds);
      return entry !== undefined && entry[1] !== textOf(flag, base, kinds)[0]?.[1] ? [entry] : [];
    }),
  );
  let chosen = [different, all].find((given) => isAccepted(() => gives(given)));
  if (chosen === undefined) {
    throw new ExperimentError(`No flags over preset ${preset} give this experiment.`);
  }
  // What follows from other settings need not be said.
  for (const name of Object.keys(chosen)) {
    const { [name]: _, ...without } = chosen;
    if (isAccepted(() => gives(without))) chosen = without;
  }
  const shown = Object.entries(ui).map(([name, value]) => [`${uiPrefix}${name}`, value] as const);
  const named = (experiment.extensions ?? []).map(
    ({ name, sha256 }) => `${name}:${(sha256 ?? "").slice(0, digestLength)}`,
  );
  const needed = named.length === 0 ? [] : [[extensionField, named.join(",")] as const];
  return writeFields([["preset", preset], ...needed, ...Object.entries(chosen), ...shown]);
}

/**
 * The experiment that a link is about; without a preset, the default one.
 *
 * @param link what {@link linkOf} gave, or a whole address that ends in `#` and that
 * @throws LinkError if the text is no link's
 * @throws ExperimentError for its settings, as on the command line
 */
export function experimentOfLink(
  link: string,
  { extensions }: { extensions?: Extensions } = {},
): Experiment {
  const kinds = collect(extensions);
  const given: Record<string, string> = {};
  let preset: string = defaultPreset;
  for (const [name, value] of readFields(link)) {
    if (name.startsWith(uiPrefix)) continue;
    if (name === "preset") preset = value;
    else if (name === extensionField) checkExtensions(value, kinds);
    else given[checkedName(name, kinds)] = value;
  }
  return resolveExperiment({ preset, flags: given, extensions });
}

/** Which extensions a link needs: `d5:0123456789abcdef`, separated by commas. It brings none of them. */
const extensionField = "extension";

/** How much of an extension's digest a link has. */
const digestLength = 16;

/**
 * Checks that the extensions that a link names are at hand.
 *
 * @throws LinkError that says what to run, if one is not
 */
function checkExtensions(field: string, { extensions }: Collection): void {
  for (const each of field.split(",").slice(0, 32)) {
    const [name = "", digest = ""] = each.split(":");
    if (!isExtensionName(name) || !/^([0-9a-f]{16})?$/.test(digest)) {
      throw new LinkError(
        `"${printable(each)}" in the link names no extension; they look like d5:0123456789abcdef.`,
      );
    }
    const here = extensions.find(({ extension }) => extension.name === name);
    const has = here === undefined ? null : (here.sha256 ?? "").slice(0, digestLength);
    if (has === digest) continue;
    const wanted = digest === "" ? name : `${name} (sha256 ${digest}…)`;
    const why = has === null ? "which is not here" : `and ${name} is another one here`;
    throw new LinkError(
      `The link needs the extension ${wanted}, ${why}: a link brings no code. Open it on a page that was started with grok serve --use FILE of that file.`,
    );
  }
}

/** A flag with the text that gives its value; none where the experiment has no such setting. */
function textOf(flag: Flag, experiment: Experiment, kinds: Collection): [string, string][] {
  if (flag.path === null || !hasPlace(experiment, flag.path)) return [];
  const text = flagDefault(flag, experiment, kinds);
  return text === null ? [] : [[flag.name, text]];
}

function hasPlace(experiment: Experiment, path: string): boolean {
  let value: unknown = experiment;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return value !== undefined;
}

function isAccepted(check: () => boolean): boolean {
  try {
    return check();
  } catch (error) {
    if (error instanceof ExperimentError) return false;
    throw error;
  }
}

function checkedName(name: string, kinds: Collection): string {
  const flag = kinds.findFlag(name);
  if (flag === undefined) {
    const hint = suggestion(name, ["preset", ...kinds.flagNames()]);
    throw new ExperimentError(`Unknown flag --${printable(name)}${hint || "."}`);
  }
  if (flag.group === "output") {
    throw new ExperimentError(
      `--${name} is no part of an experiment: a link says what to run, not what to write where.`,
    );
  }
  return name;
}
