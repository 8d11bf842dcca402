import { columnFigure } from "@grok/plot";
import { futuresOfRuns, type PastRun } from "@grok/sweep";
import { experimentOf, type LoadedExtension } from "@grok/train";
import { printable, suggestion } from "@grok/train/front-end";
import { type RunOnDisk, readRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { checkFonts, fontNotice, fontsOf } from "../figure/fonts";
import { writePlots } from "../figure/picture";
import { writeFigures } from "../figure/run-figures";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";
import { parametersOf } from "../run/parameters-of";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Draws the figures of a run again, finished or not.
 *
 * @throws RunError if the folder is no run, UsageError if it has nothing to draw yet
 */
export async function plot(
  folder: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const run = await withFileErrors(`${folder} cannot be read`, () =>
    readRun(folder, { extensions }),
  );
  const { config, records, notices } = run;
  if (records.length === 0) {
    throw new UsageError(
      `${folder} has no figures to draw: its metrics.jsonl has no evaluation yet.`,
    );
  }
  for (const notice of notices) processEnv.stderr.write(`${notice}\n`);
  const columns = columnsIn(records, given.columns);
  const others = await readOthers(given.with, extensions);
  const futures =
    others.length === 0
      ? null
      : await futuresOfRuns([pastRun(run), ...others.map(pastRun)], {
          title: config.preset,
          extensions,
        });
  const fonts = fontsOf(given);
  await checkFonts(fonts);
  const parameters = await parametersOf(run, extensions);
  const scale = given["linear-x"] === true ? "linear" : "log";
  const plots = await withFileErrors(`The figures of ${folder} cannot be written`, () =>
    writeFigures(folder, { config, parameters, records, extensions }, { scale, fonts }),
  );
  if (columns.length > 0) {
    const figure = columnFigure(records, columns, { scale, title: config.preset });
    await withFileErrors(`The figures of ${folder} cannot be written`, () =>
      writePlots(folder, { columns: figure }, { fonts }),
    );
  }
  if (futures !== null) {
    await withFileErrors(`The figures of ${folder} cannot be written`, () =>
      writePlots(folder, { futures }, { fonts }),
    );
  }
  processEnv.stderr.write(fontNotice(fonts));
  const also = [
    ...(columns.length === 0 ? [] : [`, and of ${columns.join(", ")}`]),
    ...(futures === null ? [] : [`, and the futures of ${others.length + 1} runs`]),
  ].join("");
  processEnv.stdout.write(`${plots}: accuracy and loss${also}, .png and .svg\n`);
  return status.done;
}

/** The runs whose futures are drawn with those of the first. */
async function readOthers(
  asked: unknown,
  extensions: readonly LoadedExtension[],
): Promise<RunOnDisk[]> {
  if (typeof asked !== "string") return [];
  const folders = [...new Set(asked.split("\n"))];
  return Promise.all(
    folders.map((each) =>
      withFileErrors(`${each} cannot be read`, () => readRun(each, { extensions })),
    ),
  );
}

function pastRun({ folder, config, records, summary }: RunOnDisk): PastRun {
  return { called: folder, experiment: experimentOf(config), records, summary };
}

/** The columns that were asked for, which the records must have. */
function columnsIn(records: readonly object[], asked: unknown): string[] {
  if (typeof asked !== "string") return [];
  const there = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const columns = asked.split(",").map((name) => name.trim());
  for (const name of columns) {
    if (there.includes(name)) continue;
    throw new UsageError(
      `--columns must name columns of metrics.jsonl, ${there.join(", ")}, not "${printable(name)}"${suggestion(name, there) || "."}`,
    );
  }
  return columns;
}
