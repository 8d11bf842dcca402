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
// Its code is part of what a run is: a run that was made with this file goes on with this file only.
import { equationTask } from "@grok/data";
import { defineExtension, defineTask, z } from "@grok/train";

const task = defineTask({
  name: "NAME",
  sentence: "a² + b modulo n", // for the help
  source: null, // the paper that it comes from
  // Each setting is a flag: --n 31, --share 0.4. What does not fit the schema is refused.
  settings: z.strictObject({
    n: z.int().min(2).max(500).default(23).describe("how many elements there are"),
    share: z.number().gt(0).lt(1).default(0.5).describe("share of all equations to train on"),
  }),
  text: ({ n }) => \`a² + b mod \${n}\`, // the title of figures
  build: ({ n, share }) => ({
    // Its examples: every equation a, b → c once. A task of another form gives dataset() itself.
    ...equationTask({
      name: \`a² + b mod \${n}\`,
      elements: n,
      apply: (a, b) => (a * a + b) % n,
    }),
    size: n * n, // how many examples there are
    trainFraction: share, // which of them are trained on the seed decides
    equation: null, // measures that know the group of a task have none here
  }),
});

export default defineExtension({
  name: "NAME",
  tasks: [task],
  // A preset is a named experiment: what it does not say is the default of the parts it names.
  presets: {
    "NAME": {
      title: "a² + b",
      description: "A small transformer learns a² + b from half of the table.",
      source: "your own",
      task: { kind: "NAME" },
      model: { architecture: "mlx" },
      optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 1 },
      training: { steps: 3000, batch: { mode: "full" }, evalEvery: 50 },
    },
  },
});
`;
