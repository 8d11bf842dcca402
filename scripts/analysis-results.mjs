// Makes results/nanda.json or results/order-parameters.json of runs that `grok analyze` has looked
// into: what each run's curves do, in numbers, with its columns at some thirty checkpoints.
//
//   node scripts/analysis-results.mjs progress runs/nanda0 runs/nanda1 > results/nanda.json
//   node scripts/analysis-results.mjs order-parameters runs/op > results/order-parameters.json
import { readFileSync } from "node:fs";

const [kind, ...folders] = process.argv.slice(2);
const kinds = { progress, "order-parameters": orderParameters };
if (kinds[kind] === undefined || folders.length === 0) {
  console.error(`Give one of ${Object.keys(kinds).join(", ")} and the folders of analysed runs.`);
  process.exit(2);
}
const runs = folders.map((folder) => {
  const lines = (name) =>
    readFileSync(`${folder}/${name}`, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const config = JSON.parse(readFileSync(`${folder}/config.json`, "utf8"));
  return { config, evaluations: lines("metrics.jsonl"), checkpoints: lines("analysis.jsonl") };
});
// Lists of numbers stand in one line each.
const text = JSON.stringify(kinds[kind](), null, 1);
console.log(
  text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner) => `[${inner.replace(/\s*\n\s*/g, " ")}]`),
);

function progress() {
  const thresholds = [2, 1, 0.5, 0.1, 0.01];
  const found = runs.map(({ config, evaluations, checkpoints }) => {
    const last = checkpoints.at(-1);
    // The first evaluations guess, and so does a restricted network of theirs.
    const below = (records, column, level) =>
      records.find((record) => record.step >= 100 && record[column] < level)?.step ?? null;
    const lowest = least(checkpoints, "excluded_loss");
    return {
      ...about(config, evaluations, checkpoints),
      key_frequencies: last.frequencies,
      share_of_logit_power_in_key_frequencies: {
        first_checkpoint: keyShare(checkpoints[0], "logit_power", last.frequencies),
        last_checkpoint: keyShare(last, "logit_power", last.frequencies),
      },
      share_of_embedding_power_in_key_frequencies: {
        first_checkpoint: keyShare(checkpoints[0], "embedding_power", last.frequencies),
        last_checkpoint: keyShare(last, "embedding_power", last.frequencies),
      },
      first_step_below: thresholds.map((nats) => ({
        nats,
        restricted_loss: below(checkpoints, "restricted_loss", nats),
        test_loss: below(evaluations, "val_loss", nats),
      })),
      excluded_loss: {
        lowest: short(lowest.excluded_loss),
        lowest_at_step: lowest.step,
        above_a_guess_from_step:
          checkpoints.find(
            (record) => record.step > lowest.step && record.excluded_loss > Math.log(config.task.p),
          )?.step ?? null,
        last: short(last.excluded_loss),
      },
      columns: table(checkpoints, [
        "restricted_loss",
        "excluded_loss",
        "key_frequencies",
        "sum_share",
        "gini_embedding",
        "gini_unembedding",
        "weight_norm",
        "circularity",
      ]),
    };
  });
  return { command: command("progress"), runs: found };
}

/** Of the columns that the run computed itself, at every evaluation. */
function orderParameters() {
  const names = ["rqi", "effective_rank", "participation_ratio", "kernel_alignment", "snr"];
  const columns = ["circularity", ...names.flatMap((name) => [name, `${name}_upstream`])];
  const found = runs.map(({ config, evaluations, checkpoints }) => ({
    ...about(config, evaluations, checkpoints),
    moves: Object.fromEntries(
      columns.map((column) => {
        const values = evaluations.map((record) => record[column]).filter(Number.isFinite);
        const tGrok = about(config, evaluations, checkpoints).t_grok;
        return [
          column,
          {
            first: short(values[0]),
            at_t_grok: short(evaluations.find(({ step }) => step === tGrok)?.[column]),
            last: short(values.at(-1)),
            least: short(Math.min(...values)),
            greatest: short(Math.max(...values)),
          },
        ];
      }),
    ),
    columns: table(evaluations, ["val_acc", ...columns]),
  }));
  return { command: command("order-parameters"), runs: found };
}

function command(mode) {
  return [
    ...runs.map(({ config, evaluations }, i) =>
      [
        `grok train --preset ${config.preset}${config.model.alpha === undefined ? "" : ` --alpha ${config.model.alpha}`} --weight-decay ${config.optimizer.weightDecay}`,
        `--seed ${config.seed} --threads 1 --steps ${evaluations.at(-1).step}`,
        `--eval-every ${config.training.evalEvery} --checkpoint-every ${config.training.checkpointEvery}`,
        `--keep-checkpoints all --metrics ${config.metrics.join(",") || "none"} --out-dir runs/${i}`,
      ].join(" "),
    ),
    ...runs.map((_, i) => `grok analyze runs/${i}`),
    `node scripts/analysis-results.mjs ${mode} ${runs.map((_, i) => `runs/${i}`).join(" ")}`,
  ];
}

function about({ preset, seed }, evaluations, checkpoints) {
  const first = (test) => evaluations.find(test)?.step ?? null;
  return {
    preset,
    seed,
    steps: evaluations.at(-1).step,
    checkpoints: checkpoints.length,
    t_mem: first(({ train_acc }) => train_acc > 0.99),
    t_grok: first(({ val_acc }) => val_acc >= 0.95),
    last_val_acc: evaluations.at(-1).val_acc,
  };
}

function keyShare(record, list, frequencies) {
  const power = record[list];
  const total = power.slice(1).reduce((sum, part) => sum + part, 0);
  return short(frequencies.reduce((sum, k) => sum + power[k], 0) / total);
}

function least(records, column) {
  return records.reduce((low, record) => (record[column] < low[column] ? record : low));
}

/** Some thirty checkpoints, denser in the beginning. */
function table(checkpoints, columns) {
  const rows = [];
  let next = 0;
  for (const record of checkpoints) {
    if (record.step < next) continue;
    next = record.step * 1.12;
    rows.push([record.step, ...columns.map((column) => short(record[column]))]);
  }
  return { names: ["step", ...columns], rows };
}

function short(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}
