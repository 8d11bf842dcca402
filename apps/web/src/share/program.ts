/** What a program needs to know of an experiment. */
export interface ProgramSource {
  /** What is learned, in a few words. */
  task: string;
  controls: { preset: string; flags: Readonly<Record<string, string>> };
}

/** What the data file is called that a flag's value names; null if it names none. */
function fileIn(value: string): string | null {
  return /^([\w.+-]{1,100}):[0-9a-f]{64}$/.exec(value)?.[1] ?? null;
}

/** The experiment as a program on the packages, for Node. */
export function programOf({ task, controls: { preset, flags } }: ProgramSource): string {
  const files = Object.values(flags).some((value) => fileIn(value) !== null);
  const given = Object.entries(flags).map(([name, value]) => {
    const file = JSON.stringify(fileIn(value));
    const text =
      file === "null"
        ? JSON.stringify(value)
        : `await addDataFile(${file}, await readFile(${file}))`;
    return `    ${JSON.stringify(name)}: ${text},\n`;
  });
  const settings = given.length === 0 ? "" : `  flags: {\n${given.join("")}  },\n`;
  return `// Trains ${task.replaceAll("\n", " ")} as the page does. Run it with: node program.mjs
${files ? 'import { readFile } from "node:fs/promises";\n' : ""}import { stopBackend, useBackend } from "@grok/backend";
import { ${files ? "addDataFile, " : ""}resolveExperiment, train } from "@grok/train";

const experiment = resolveExperiment({
  preset: ${JSON.stringify(preset)},
${settings}});
const { threads } = await useBackend("auto");

for await (const event of train(experiment, { threads })) {
  if (event.type === "evaluation") {
    const { step, train_acc, val_acc } = event.record;
    console.log(step, train_acc.toFixed(3), val_acc.toFixed(3));
  }
  if (event.type === "milestone") console.log(\`\${event.name} at step \${event.step}\`);
}
await stopBackend();
`;
}

/** The experiment as a command line, for a clone of the project. */
export function commandOf({
  controls: { preset, flags },
}: Pick<ProgramSource, "controls">): string {
  return [`${command} train`, `--preset ${preset}`, ...optionsOf(flags)].join(" ");
}

/** A sweep over the values of some flags of an experiment, as a command line. */
export function sweepCommandOf(
  { controls: { preset, flags } }: Pick<ProgramSource, "controls">,
  several: Readonly<Record<string, readonly string[]>>,
): string {
  const { seed, ...others } = several;
  const fixed = Object.fromEntries(Object.entries(flags).filter(([name]) => !(name in several)));
  const axes = Object.entries(others).map(([name, values]) => `--grid ${name}=${values.join(",")}`);
  const seeds = seed === undefined ? [] : [`--seeds ${seed.join(",")}`];
  return [`${command} sweep`, `--preset ${preset}`, ...optionsOf(fixed), ...axes, ...seeds].join(
    " ",
  );
}

const command = "npx -y pnpm@12 grok";

function optionsOf(flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).map(([name, given]) => {
    const value = fileIn(given) ?? given;
    if (value === "true") return `--${name}`;
    if (value === "false") return `--no-${name}`;
    return `--${name} ${/^[\w.+:,-]+$/.test(value) ? value : `'${value}'`}`;
  });
}
