import { randomUUID } from "node:crypto";
import type { Summary } from "@grok/train";
import { readRun } from "@grok/train/node";
import type { FileTransport } from "../src/queue/file-transport";
import type { Ledger } from "../src/queue/ledger";
import { listCheckpoints, readFiles } from "../src/queue/run-files";

/** Ends a run on a queue as a worker does, with the files of one that was done before. */
export async function endByHand(
  ledger: Ledger,
  transport: FileTransport,
  name: string,
  folder: string,
): Promise<void> {
  const holder = randomUUID();
  const claim = await ledger.claim(name, { holder, worker: "by-hand" });
  if (claim.type !== "taken") throw new Error(`${name} has ended before.`);
  const { summary } = await readRun(folder);
  const keep = (await listCheckpoints(folder)).map((each) => each.name);
  const names = ["config.json", "metrics.jsonl", "summary.json", ...keep];
  const files = await readFiles(folder, names);
  const result = { state: "done", summary: summary as Summary, error: null, files, keep } as const;
  if (!(await transport.commit({ name, holder, token: claim.token }, result))) {
    throw new Error(`${name} is another's.`);
  }
}
