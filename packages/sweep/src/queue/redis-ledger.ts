import { randomUUID } from "node:crypto";
import type { Summary } from "@grok/train";
import type { Redis } from "ioredis";
import { jobId } from "./job";
import type {
  Claim,
  Ended,
  FileChange,
  FileMap,
  GivenBack,
  Ledger,
  RunRecord,
  RunResult,
} from "./ledger";
import {
  advanceScript,
  beatScript,
  claimScript,
  commitScript,
  gatheredScript,
  giveBackScript,
  homeScript,
  lookScript,
  recordScript,
  reopenScript,
  toBackScript,
} from "./redis-scripts";

const scripts = {
  grokClaim: { numberOfKeys: 2, lua: claimScript },
  grokAdvance: { numberOfKeys: 2, lua: advanceScript },
  grokCommit: { numberOfKeys: 4, lua: commitScript },
  grokGiveBack: { numberOfKeys: 2, lua: giveBackScript },
  grokReopen: { numberOfKeys: 4, lua: reopenScript },
  grokGathered: { numberOfKeys: 3, lua: gatheredScript },
  grokHome: { numberOfKeys: 1, lua: homeScript },
  grokLook: { numberOfKeys: 3, lua: lookScript },
  grokBeat: { numberOfKeys: 1, lua: beatScript },
  grokToBack: { numberOfKeys: 1, lua: toBackScript },
  grokRecord: { numberOfKeys: 2, lua: recordScript },
};

type Script = (...args: (string | number | Uint8Array)[]) => Promise<unknown>;
type Client = Redis & Record<keyof typeof scripts, Script>;

/** Seconds without a sign of life after which a worker counts as gone. */
const silence = 20;

/** Runs asked about in one breath. */
const batch = 500;

/** The ledger in Redis, under `grok:{QUEUE}:` beside BullMQ's own keys. */
export class RedisLedger implements Ledger {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #queueName: string;

  /** @param client its own; closing the ledger closes it */
  constructor(client: Redis, queueName: string) {
    this.#client = client as Client;
    // In braces, so that a cluster keeps what one script touches on one node.
    this.#queueName = queueName;
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
    const [token = 0, claims = 0, step = 0, failures = 0] = rest.map(Number);
    return { type: "taken", token, claims, step, failures };
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
    const keys = [...this.#keys(name), this.#ended, this.#sequence];
    const args = [holder, name, state, text, error ?? "", ...changeArgs(result)];
    return (await this.#client.grokCommit(...keys, ...args)) === 1;
  }

  async giveBack(name: string, holder: string, { why, counts }: GivenBack): Promise<number> {
    return Number(await this.#client.grokGiveBack(...this.#keys(name), holder, why, counts ?? ""));
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

  async endedSince(position: number, limit: number): Promise<Ended> {
    const keys = [`${this.#prefix}mark`, this.#ended, this.#sequence];
    const answer = (await this.#client.grokLook(
      ...keys,
      randomUUID(),
      position,
      limit,
    )) as string[];
    const [mark = "", last = "0", ...rows] = answer;
    const names = rows.filter((_, index) => index % 2 === 0);
    const at = rows.length === 0 ? position : Number(rows.at(-1));
    return { names, position: at, mark, last: Number(last) };
  }

  async reopen(name: string, commits: number): Promise<boolean> {
    const keys = [...this.#keys(name), this.#ended, this.#home];
    return (await this.#client.grokReopen(...keys, name, commits)) === 1;
  }

  async gathered(name: string, by: string, keepSeconds: number): Promise<void> {
    const keys = [...this.#keys(name), this.#home];
    await this.#client.grokGathered(...keys, by, Math.round(keepSeconds), name);
  }

  async home(limit: number, { isFull = false } = {}): Promise<string[]> {
    return (await this.#client.grokHome(this.#home, limit, isFull ? "1" : "")) as string[];
  }

  async drop(name: string): Promise<void> {
    await this.#client.del(this.#keys(name)[1]);
    await this.#client.zrem(this.#home, name);
  }

  async beat(worker = ""): Promise<number> {
    return Number(await this.#client.grokBeat(`${this.#prefix}workers`, worker, silence));
  }

  async withoutJob(names: readonly string[]): Promise<string[]> {
    const there = await Promise.all(
      names.map((name) => this.#client.hexists(this.#queueKey(jobId(name)), "data")),
    );
    return names.filter((_, index) => there[index] === 0);
  }

  async putBack(name: string): Promise<void> {
    await this.#client.grokToBack(this.#queueKey("wait"), jobId(name));
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }

  get #ended(): string {
    return `${this.#prefix}ended`;
  }

  get #home(): string {
    return `${this.#prefix}home`;
  }

  get #sequence(): string {
    return `${this.#prefix}sequence`;
  }

  /** A key of BullMQ's. */
  #queueKey(key: string): string {
    return `bull:${this.#queueName}:${key}`;
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
  const values = fields.map((field) => (field === "" ? null : field));
  const [token, claims, worker, step, state, summary, error, gatheredBy, ...rest] = values;
  const [commits, refused, failures, trouble, files] = rest;
  if (token == null) return null;
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
    failures: Number(failures),
    trouble: trouble ?? null,
  };
}
