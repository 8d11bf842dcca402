/** What a test does with a command line of a document. */
export type Treatment =
  /** Runs the grok command with these arguments. */
  | { kind: "grok"; args: string[] }
  /** Does not run it, for this reason. */
  | { kind: "not run"; reason: string };

/** Command lines that a test does not run, by how they begin, and why. */
const notRun: readonly [beginning: string, reason: string][] = [
  ["npx -y pnpm@12 test", "this is what runs it"],
  ["npx -y pnpm@12 bench", "measures for many minutes; bench/ has tests of its own"],
  [
    "npx -y pnpm@12 gpu-archive",
    "packs for a minute; the parts of a visit have tests of their own",
  ],
  ["npx -y pnpm@12 build", "the test command begins with it"],
  ["npx -y pnpm@12 lint", "the test command does the same"],
  ["npx -y pnpm@12 format", "changes files; the test command checks that it would not"],
  [
    "npx -y pnpm@12 reference",
    "writes the documentation site; the test command makes it without writing",
  ],
  ["npx -y pnpm@12 exec changeset", "asks questions"],
  ["npx -y pnpm@12 sizes", "the test command does the same"],
  ["npx -y pnpm@12 speeds", "writes docs/speeds.md; checks/src/speeds holds that it is up to date"],
  ["npx -y pnpm@12 example", "checks/src/examples.test.ts runs every example"],
  ["npx -y pnpm@12 grok serve", "serves until it is stopped; apps/cli/test/serve.test.ts runs it"],
  [
    "npx -y pnpm@12 grok verify-resume",
    "takes minutes; apps/cli/test/verify-resume.test.ts runs it",
  ],
  ["npx -y pnpm@12 grok speedrun ", "trains; apps/cli/test/speedrun.test.ts runs it"],
  ["npx -y pnpm@12 grok backends", "measures; apps/cli/test/lists.test.ts runs it"],
  ["npx -y pnpm@12 grok worker", "needs Redis; packages/sweep/test/queue.test.ts runs it"],
  [
    "npx -y pnpm@12 grok train --preset mlp --data",
    "needs files of yours; packages/train/src/node/data-flags.test.ts runs it",
  ],
  [
    "npx -y pnpm@12 grok train --preset mlp --p 23 --change",
    "changes at steps that a test does not come to; apps/cli/test/fork.test.ts runs it",
  ],
  [
    "npx -y pnpm@12 grok fork",
    "needs a run that has come further; apps/cli/test/fork.test.ts runs it",
  ],
  [
    "npx -y pnpm@12 grok plot runs/trunk --with",
    "needs the fork; apps/cli/test/fork.test.ts runs it",
  ],
  ["npm install", "needs the packages on npm; checks/src/install runs it on tarballs"],
  ["git clone", "needs the repository's address"],
];

/** Of a training run's steps, how many are made in a test. */
const steps = "20";

/**
 * What is done with a command line: `grok train` makes 20 steps, `grok analyze` looks at the last
 * checkpoint, `grok sweep` shows its runs, `grok reproduce` judges what is there, and the rest runs
 * as it stands, except what cannot be run. Undefined if no rule knows it.
 */
export function treatmentOf(line: string): Treatment | undefined {
  const command = line.replace(/\s+#.*$/, "").trim();
  const reason = notRun.find(([beginning]) => command.startsWith(beginning))?.[1];
  if (reason !== undefined) return { kind: "not run", reason };
  if (command.includes("--queue")) {
    return { kind: "not run", reason: "needs Redis; packages/sweep/test/queue.test.ts runs it" };
  }
  if (command === "npx -y pnpm@12 start") return grok("train");
  const rest = /^npx -y pnpm@12 grok (.*)$/.exec(command)?.[1];
  return rest === undefined ? undefined : grok(rest);
}

function grok(rest: string): Treatment {
  // As a shell splits them: what stands in quotes is one argument.
  const args = (rest.match(/"[^"]*"|[^ ]+/g) ?? []).map((arg) => arg.replace(/^"(.*)"$/, "$1"));
  const asks = args.includes("--help") || args.includes("--dry-run");
  if (args[0] === "train" && !asks) {
    const epochs = args.indexOf("--epochs");
    if (epochs >= 0) args.splice(epochs, 2);
    args.push("--steps", steps, "--threads", "1");
  }
  // The network trains as it was asked to before, which the 20 steps of a shortened run ended.
  if (args[0] === "resume") args.push("--steps", `${Number(steps) + 5}`);
  if (args[0] === "analyze") args.push("--checkpoints", "last");
  if (args[0] === "sweep" && args[1] !== "export" && !asks) args.push("--dry-run");
  if (args[0] === "reproduce" && args.length > 1) args.push("--no-run");
  return { kind: "grok", args };
}
