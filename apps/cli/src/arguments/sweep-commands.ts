import type { Definition } from "./definition";
import { addSweepExportOptions, addWorkerOptions } from "./queue-options";
import { addReproduceOptions } from "./reproduce-options";
import { addSpeedrunOptions } from "./speedrun-options";
import { addSweepOptions } from "./sweep-options";

/** The commands of many runs. */
export const sweepCommands = {
  sweep: {
    optional: "FILE.yaml",
    summary: "many runs, from a file or from --grid; again does only what is missing",
    description:
      "Trains every run of a sweep, some at a time, and draws what comes out. A run is known by what decides its result, so that none is done twice. Asked again, a sweep does what is missing, was interrupted or has failed.",
    examples: `
Examples:
  grok sweep --preset mlp --grid weight-decay=0.01,0.1,1 --grid train-fraction=0.3,0.5 --seeds 0..4
  grok sweep --grid lr=1e-4..1e-2:5log --seeds 0..2 --dry-run
  grok sweep sweep.yaml --jobs 4 --threads 1
`,
    addOptions: addSweepOptions,
  },
  "sweep-export": {
    operand: "FILE.yaml",
    summary: "a sweep as an array job for Slurm or Kubernetes (grok sweep export)",
    description:
      "Writes an array job that does a sweep's runs, one per task, into the same run folders as grok sweep. Runs that are stopped continue where they were. Then grok sweep FILE finds every run done, and writes tables and figures.",
    examples: `
Examples:
  grok sweep export sweep.yaml --slurm --time 4:00:00 > job.sh && sbatch job.sh
  grok sweep export sweep.yaml --kubernetes --image me/grok:1 --claim data --out job.yaml
`,
    addOptions: addSweepExportOptions,
  },
  worker: {
    summary: "take a sweep's runs from a queue, on this machine or another",
    description:
      "Takes runs that grok sweep --queue put on a queue, does them, and stores what comes out there. Start as many as there are machines, and stop them as you like: a run whose worker ends continues elsewhere from its last checkpoint. A worker does experiments and nothing else.",
    examples: `
The queue's URL is redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE], or rediss:// over TLS, where
GROK_QUEUE_TLS_CA names a file of certificates to trust, and GROK_QUEUE_TLS_CERT and
GROK_QUEUE_TLS_KEY those of a certificate to show and of its key. So that a password stands in no list of processes,
set GROK_QUEUE to the URL, or GROK_QUEUE_PASSWORD to the password.

Examples:
  grok worker --queue redis://10.0.0.5 --jobs 4 --threads 1
  GROK_QUEUE=rediss://me:secret@queue.example.org grok worker --idle-exit 600
`,
    addOptions: addWorkerOptions,
  },
  reproduce: {
    optional: "ID...",
    summary: "published figures: run one, draw it, and judge it against its band",
    description:
      "Runs what is missing of a published figure, draws it beside the published points, and says whether it is reproduced, within a band that was set before. Without a figure it lists them, with their last verdicts. Asked again, it continues where it was; runs that ended anywhere under runs/reproduce are not done again.",
    examples: `
The exit status is 0 whatever the verdict; 1 where a run failed.

Examples:
  grok reproduce
  grok reproduce system-0-division --quick
  grok reproduce system-2-mlp-45 system-3-run --jobs 2 --threads 1
  grok reproduce --all --no-run --reuse runs --record .
`,
    addOptions: addReproduceOptions,
  },
  speedrun: {
    optional: "TRACK",
    summary:
      "the fastest ways to grok a fixed task: the board, a record of your own, a check of one",
    description:
      "Shows for fixed tasks which networks and optimizers come to 95% on the pairs that they are not trained on with the fewest floating-point operations, steps and seconds. With --name it trains an entry of your own over 20 seeds and writes its record. With --check it runs seeds of a record again and compares what they do, bit for bit where the arithmetic is the same. docs/speedrun.md has the rules.",
    examples: `
Examples:
  grok speedrun
  grok speedrun addition-97 --name wide-squares --preset quadratic --width 700 --threads 1
  grok speedrun --check results/speedrun/addition-97/quadratic.json --seeds 0..2
`,
    addOptions: addSpeedrunOptions,
  },
} as const satisfies Record<string, Definition>;
