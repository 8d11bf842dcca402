import { describe, expect, it } from "vitest";
import { ArchiveError } from "./archive-error";
import { ArchiveWriter, checkArchiveSize } from "./archive-writer";
import { archiveLimits } from "./limits";
import { unpackRun } from "./unpack-run";

const config = new TextEncoder().encode("{}");
const checkpoint = (step: number) =>
  `checkpoints/step-${String(step).padStart(8, "0")}.safetensors`;

function write(files: [string, Uint8Array][], limits = {}): Uint8Array {
  const writer = new ArchiveWriter(limits);
  const pieces = files.map(([name, bytes]) => writer.add(name, bytes));
  pieces.push(writer.end());
  return new Uint8Array(pieces.flatMap((piece) => [...piece]));
}

/** Files as a run could have them, around a limit. */
const some: [string, Uint8Array][] = [
  ["config.json", config],
  [checkpoint(1), new Uint8Array(100)],
  [checkpoint(2), new Uint8Array(50)],
];

describe("ArchiveWriter", () => {
  it.each([
    [{ entries: 3 }, { entries: 2 }],
    [{ entry: 100 }, { entry: 99 }],
    [{ total: 152 }, { total: 151 }],
    [{ packed: write(some).length }, { packed: write(some).length - 1 }],
  ])("writes what its reader takes with %o, and nothing beyond", (enough, less) => {
    const bytes = write(some, enough);
    expect([...unpackRun(bytes, enough).keys()]).toEqual(some.map(([name]) => name));
    expect(() => unpackRun(bytes, less)).toThrow(ArchiveError);
    expect(() => write(some, less)).toThrow(ArchiveError);
  });

  it("stores a file that would shrink so far that its reader took it for a bomb", () => {
    const zeros = new Uint8Array(2 ** 20);
    const read = unpackRun(
      write([
        ["config.json", config],
        ["metrics.jsonl", zeros],
      ]),
    );
    expect(read.get("metrics.jsonl")).toEqual(zeros);
  });
});

it("a run with more than an archive may have is refused before it is read", () => {
  const many = Array.from({ length: archiveLimits.entries + 107 }, (_, step) => {
    return { name: checkpoint(step), size: 1 };
  });
  expect(() => checkArchiveSize(many)).toThrow(
    /has 5107 files .* may have 5000 .* fewer checkpoints/,
  );
  const large = [0, 1, 2].map((step) => ({ name: checkpoint(step), size: 2 ** 29 }));
  expect(() => checkArchiveSize(large.slice(1))).not.toThrow();
  expect(() => checkArchiveSize(large)).toThrow(/1610612736 bytes in all/);
  expect(() => checkArchiveSize([{ name: checkpoint(0), size: 2 ** 29 + 1 }])).toThrow(/may have/);
});
