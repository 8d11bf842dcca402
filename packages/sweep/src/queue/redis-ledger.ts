import type { Summary } from "@grok/train";
import type { Redis } from "ioredis";
import type { Claim, FileChange, FileMap, Ledger, RunRecord, RunResult } from "./ledger";
import {
  advanceScript,
  claimScript,
  commitScript,
  gatheredScript,
  giveBackScript,
  recordScript,
  reopenScript,
} from "./redis-scripts";

const scripts = {
  grokClaim: { numberOfKeys: 2, lua: claimScript },
  grokAdvance: { numberOfKeys: 2, lua: advanceScript },
  grokCommit: { numberOfKeys: 4, lua: commitScript },
  grokGiveBack: { numberOfKeys: 2, lua: giveBackScript },
  grokReopen: { numberOfKeys: 3, lua: reopenScript },
  grokGathered: { numberOfKeys: 2, lua: gatheredScript },
  grokRecord: { numberOfKeys: 2, lua: recordScript },
};

type Script = (...args: (string | number | Uint8Array)[]) => Promise<unknown>;
type Client = Redis & Record<keyof typeof scripts, Script>;

/** Runs asked about in one breath. */
const batch = 500;

/** The ledger in Redis, under `grok:{QUEUE}:` beside BullMQ's own keys. */
export class RedisLedger implements Ledger {
  readonly #client: Client;
  readonly #prefix: string;

  /** @param client its own; closing the ledger closes it */
  constructor(client: Redis, queueName: string) {
    this.#client = client as Client;
    // In braces, so that a cluster keeps what one script touches on one node.
    this.#prefix = `grok:{${queueName}}:`;
    for (const [name, script] of Object.entries(scripts)) client.defineCommand(name, script);
  }

  async claim(
    name: string,
    { holder, worker }: { holder: string; worker: string },
  ): Promise<Claim> {
    const answer = (await this.#client.grokClaim(...this.#keys(name), holder, worker)) as string[];
    const [type, ...rest] = answer;
    if (type === "ended") return { type, state: rest[0] as "done" | "failed" };
    const [token = 0, claims = 0, step = 0] = rest.map(Number);
    return { type: "taken", token, claims, step };
  }

  async files(name: string): Promise<FileMap> {
    const files = await this.#client.hgetallBuffer(this.#keys(name)[1]);
    return new Map(Object.entries(files));
  }

  async advance(name: string, holder: string, step: number, change: FileChange): Promise<boolean> {
    const args = [...this.#keys(name), holder, step, ...changeArgs(change)];
    return (await this.#client.grokAdvance(...args)) === 1;
  }

  async commit(name: string, holder: string, result: RunResult): Promise<boolean> {
    const { state, summary, error } = result;
    const text = summary === null ? "" : JSON.stringify(summary);
    const keys = [...this.#keys(name), this.#ended, `${this.#prefix}sequence`];
    const args = [holder, name, state, text, error ?? "", ...changeArgs(result)];
    return (await this.#client.grokCommit(...keys, ...args)) === 1;
  }

  async giveBack(name: string, holder: string): Promise<void> {
    await this.#client.grokGiveBack(...this.#keys(name), holder);
  }

  async records(names: readonly string[]): Promise<(RunRecord | null)[]> {
    const records: (RunRecord | null)[] = [];
    for (let from = 0; from < names.length; from += batch) {
      const some = names.slice(from, from + batch);
      const answers = await Promise.all(
        some.map((name) => this.#client.grokRecord(...this.#keys(name)) as Promise<string[]>),
      );
      records.push(...answers.map(toRecord));
    }
    return records;
  }

  async endedSince(
    position: number,
    limit: number,
  ): Promise<{ names: string[]; position: number }> {
    const rows = await this.#client.zrange(
      this.#ended,
      `(${position}`,
      "+inf",
      "BYSCORE",
      "LIMIT",
      0,
      limit,
      "WITHSCORES",
    );
    const names = rows.filter((_, index) => index % 2 === 0);
    return { names, position: rows.length === 0 ? position : Number(rows.at(-1)) };
  }

  async reopen(names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += batch) {
      await Promise.all(
        names
          .slice(from, from + batch)
          .map((name) => this.#client.grokReopen(...this.#keys(name), this.#ended, name)),
      );
    }
  }

  async gathered(name: string, by: string, keepSeconds: number): Promise<void> {
    await this.#client.grokGathered(...this.#keys(name), by, Math.round(keepSeconds));
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }

  get #ended(): string {
    return `${this.#prefix}ended`;
  }

  #keys(name: string): [record: string, files: string] {
    return [`${this.#prefix}run:${name}`, `${this.#prefix}files:${name}`];
  }
}

function changeArgs({ files, keep }: FileChange): (string | number | Uint8Array)[] {
  const pairs = [...files].flatMap(([name, bytes]) => [
    name,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
  return [keep.length, ...keep, ...pairs];
}

function toRecord(fields: string[]): RunRecord | null {
  const [token, claims, worker, step, state, summary, error, gatheredBy, commits, refused, files] =
    fields.map((field) => (field === "" ? null : field));
  if (token === null) return null;
  return {
    token: Number(token),
    claims: Number(claims),
    worker: worker ?? null,
    step: Number(step),
    state: (state ?? null) as RunRecord["state"],
    summary: summary == null ? null : (JSON.parse(summary) as Summary),
    error: error ?? null,
    hasFiles: files === "1",
    gatheredBy: gatheredBy ?? null,
    commits: Number(commits),
    refused: Number(refused),
  };
}
