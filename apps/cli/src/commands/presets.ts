import { stripVTControlCharacters } from "node:util";
import { defaultPreset, type LoadedExtension, listPresets } from "@grok/train";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { count } from "../quantity";
import { type Status, status } from "../status";
import { styleFor } from "../terminal/style";
import { type Column, table } from "../terminal/table";

/** Lists the presets, as a table or with `--json` all that is known of them. */
export async function presets(
  { json }: GivenFlags,
  { stdout, env }: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const all = listPresets({ extensions });
  if (json === true) {
    stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return status.done;
  }
  const columns: Column[] = [
    { title: "preset" },
    { title: "task" },
    { title: "network" },
    { title: "parameters", align: "right" },
    { title: "what it is" },
  ];
  const rows = all.map(({ name, task, model, parameters, title }) => {
    return [name, task, model, count(parameters), title];
  });
  const style = styleFor(stdout, env);
  const whole = table(columns, rows, style);
  const lines = stripVTControlCharacters(whole).split("\n");
  const isNarrow =
    stdout.isTTY === true && lines.some(({ length }) => length > (stdout.columns ?? 80));
  stdout.write(isNarrow ? table(columns.slice(0, -1), rows, style) : whole);
  stdout.write(
    `\n${defaultPreset} is the default. grok train --preset NAME runs one, and with --help after it shows its settings.\n`,
  );
  return status.done;
}
