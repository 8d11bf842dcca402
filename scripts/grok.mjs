// Builds what has changed, quietly, and runs the grok command in this process, so that signals and
// the exit status are its own.  Called by `pnpm grok …` and `pnpm start`.
import { buildCommand } from "./build-command.mjs";
import { isFirstTraining, trainFromSources } from "./first-training.mjs";

// `pnpm grok -- train …` hands the separator on.
if (process.argv[2] === "--") process.argv.splice(2, 1);
const args = process.argv.slice(2);
if (isFirstTraining(args, process.env)) process.exit(await trainFromSources(args));

const failure = buildCommand({ page: args.includes("serve") });
if (failure !== null) {
  process.stderr.write(failure);
  process.stderr.write("grok: the build failed; its output is above\n");
  process.exit(1);
}

// `pnpm grok` is run from the workspace's root whatever folder the user is in: paths mean the user's.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import("../apps/cli/dist/main.js");
