import { expect, it } from "vitest";
import { MemoryFiles } from "./memory-files";
import { WriteBehindFiles } from "./write-behind-files";

/** A storage whose appends wait to be let through. */
class SlowStorage extends MemoryFiles {
  readonly appends: string[] = [];
  readonly waiting: (() => void)[] = [];
  failure: Error | null = null;

  override async append(name: string, text: string): Promise<void> {
    await new Promise<void>((done) => this.waiting.push(done));
    if (this.failure !== null) throw this.failure;
    this.appends.push(`${name}: ${text}`);
    await super.append(name, text);
  }

  /** Lets all appends through, also those that these bring. */
  async pass(): Promise<void> {
    for (let turns = 0; turns < 20; turns++) {
      this.waiting.shift()?.();
      await Promise.resolve();
    }
  }
}

const textOf = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);

it("adds in order, several at a time, while the caller continues", async () => {
  const slow = new SlowStorage("slow");
  const files = new WriteBehindFiles(slow);
  for (const line of ["1\n", "2\n", "3\n"]) await files.append("metrics", line);
  await files.append("views", "a\n");
  await files.append("metrics", "4\n");
  expect(slow.appends).toEqual([]);
  await slow.pass();
  expect(slow.appends).toEqual(["metrics: 1\n", "metrics: 2\n3\n", "views: a\n", "metrics: 4\n"]);
  await files.append("metrics", "5\n");
  await slow.pass();
  expect(textOf(await files.read("metrics"))).toBe("1\n2\n3\n4\n5\n");
});

it("makes everything else wait for what is to be added", async () => {
  const slow = new SlowStorage("slow");
  const files = new WriteBehindFiles(slow);
  await files.append("metrics", "1\n");
  const written = files.write("checkpoint", "at 1");
  const read = files.read("metrics");
  await Promise.resolve();
  expect(await slow.read("checkpoint")).toBeNull();
  await slow.pass();
  await written;
  expect(textOf(await slow.read("checkpoint"))).toBe("at 1");
  expect(textOf(await read)).toBe("1\n");
  await files.append("metrics", "2\n");
  const closed = files.close();
  await slow.pass();
  await closed;
  expect(textOf(await slow.read("metrics"))).toBe("1\n2\n");
});

it("throws at the next call what an append threw, once, and continues", async () => {
  const slow = new SlowStorage("slow");
  const files = new WriteBehindFiles(slow);
  slow.failure = new Error("It is full.");
  await files.append("metrics", "1\n");
  await files.append("metrics", "2\n");
  await slow.pass();
  await expect(files.append("metrics", "3\n")).rejects.toThrow("It is full.");
  slow.failure = null;
  await files.append("metrics", "4\n");
  await slow.pass();
  await files.write("checkpoint", "at 4");
  expect(textOf(await slow.read("metrics"))).toBe("4\n");
});
