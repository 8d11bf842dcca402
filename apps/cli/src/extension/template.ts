/**
 * The text of an extension that runs, to be changed into one's own: a task of one operation on a few
 * elements, and a preset that learns it.
 *
 * @param file its file's name without the ending, from which the extension takes its own
 */
export function newExtensionText(file: string): string {
  return template.replaceAll("NAME", nameFrom(file));
}

/** The extension's name that a file's name suggests. */
export function nameFrom(file: string): string {
  const name = file
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 40);
  return name === "" ? "mine" : name;
}

const template = `// An extension of grok: parts of your own that train, resume and are swept like the built-in ones.
//
//   grok train --use FILE --preset NAME          trains it
//   grok train --use FILE --preset NAME --help   its settings as flags, with their defaults
//   grok sweep --use FILE --preset NAME --seeds 0..4
//
// The digest of this file is part of a run's identity: a run resumes only with the file that it began with.
import { defineExtension, defineTask, z } from "@grok/train";

const task = defineTask({
  name: "NAME",
  sentence: "a² + b modulo n", // for the help
  // Each setting is a flag, as in --n 31. A value that the schema does not allow is refused.
  settings: z.strictObject({
    n: z.int().min(2).max(500).default(59).describe("how many elements there are"),
  }),
  elements: ({ n }) => n, // a, b and c are 0 … n − 1
  apply: (a, b, { n }) => (a * a + b) % n, // c
  text: ({ n }) => \`a² + b mod \${n}\`, // the title of figures
});

export default defineExtension({
  name: "NAME",
  tasks: [task],
  // A preset is a named experiment. Settings that it leaves out have the defaults of their parts.
  presets: {
    "NAME": {
      title: "a² + b",
      description: "A small transformer learns a² + b from half of the table.",
      source: "your own",
      task: { kind: "NAME", trainFraction: 0.5 },
      model: { architecture: "mlx" },
      optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 1 },
      training: { steps: 4000, stopOnGrok: true, batch: { mode: "full" }, evalEvery: 50 },
    },
  },
});
`;
