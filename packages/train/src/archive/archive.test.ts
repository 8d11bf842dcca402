import "@tensorflow/tfjs-backend-cpu";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { collect, MemoryStore, tiny } from "../../test/tiny";
import { train } from "../loop/train";
import { RunError } from "../run/error";
import { ArchiveError } from "./archive-error";
import { crc32 } from "./crc32";
import { inspectRun } from "./inspect-run";
import { packRun } from "./pack-run";
import { type PackedFiles, unpackRun } from "./unpack-run";

const text = (content: string) => new TextEncoder().encode(content) as Uint8Array<ArrayBuffer>;
const experiment = tiny("mlp", { p: 5, width: 4, "embed-dim": 2, steps: 4, "eval-every": 2 });
const checkpoint = "checkpoints/step-00000004.safetensors";

/** A whole run, as its folder would hold it. */
let files: PackedFiles;
beforeAll(async () => {
  await tf.setBackend("cpu");
  const store = new MemoryStore();
  await collect(train(experiment, { store }));
  files = new Map([
    ["config.json", text(JSON.stringify({ ...experiment, versions: { node: "24.0.0" } }))],
    ["metrics.jsonl", text(store.records.map((record) => `${JSON.stringify(record)}\n`).join(""))],
    ["summary.json", text(JSON.stringify(store.summary))],
    ["analysis.jsonl", text('{"step":4,"epoch":1,"experiment":"0","measures":[],"gini":[1,2]}\n')],
    [checkpoint, store.checkpoints.get(4) as Uint8Array<ArrayBuffer>],
    ["plots/accuracy.svg", text("<svg></svg>")],
  ]);
});

/** That these are the files, in whatever order. */
function expectSame(read: PackedFiles): void {
  expect(Object.fromEntries(read)).toEqual(Object.fromEntries(files));
}

const config = { "config.json": text("{}") };

/** A copy with some bytes set. */
function patched(bytes: Uint8Array, ...edits: [at: number, value: number][]) {
  const copy = new Uint8Array(bytes);
  for (const [at, value] of edits) copy[at] = value;
  return copy;
}

/** Where the list of files begins. */
const listOf = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(bytes.length - 6, true);

describe("a run's archive", () => {
  it("gives back the files, byte for byte, and is the same whatever their order", () => {
    const bytes = packRun(files);
    expectSame(unpackRun(bytes));
    expect(packRun(new Map([...files].reverse()))).toEqual(bytes);
  });

  it("holds a run that is whole", async () => {
    const { config: read, notices } = await inspectRun(unpackRun(packRun(files)));
    expect(read).toMatchObject(experiment);
    expect(notices).toEqual([]);
  });

  it("has the checksum that ZIP names", () => {
    expect(crc32(text("123456789"))).toBe(0xcbf43926);
  });

  it("is read by Python, and one that Python wrote, with a folder above all, is read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "grok-zip-"));
    await writeFile(join(folder, "a.zip"), packRun(files));
    const script = [
      "import zipfile",
      "a = zipfile.ZipFile('a.zip')",
      "assert a.testzip() is None",
      "b = zipfile.ZipFile('b.zip', 'w', zipfile.ZIP_DEFLATED)",
      "b.writestr('my run-2/', '')",
      "b.writestr('my run-2/checkpoints/', '')",
      "[b.writestr('my run-2/' + n, a.read(n)) for n in a.namelist()]",
      "b.close()",
      "print(open('b.zip', 'rb').read().hex())",
    ].join("\n");
    const hex = execFileSync("python3", ["-c", script], { cwd: folder, encoding: "utf8" });
    await rm(folder, { recursive: true });
    const read = unpackRun(new Uint8Array(Buffer.from(hex.trim(), "hex")));
    expectSame(read);
  });

  const names = [
    "../config.json",
    "/etc/passwd",
    "a/../../x",
    "plots/../../a.png",
    "plots/con.svg",
    "plots/NUL.png",
    "plots\\..\\a.png",
    "C:\\a",
    "checkpoints/step-1.safetensors",
    "checkpoints/step-000000004.safetensors",
    "plots/a.html",
    "CONFIG.JSON",
    "notes.txt",
    "plots/",
  ];
  it.each(names)("refuses a file named %s", (name) => {
    const bytes = zipSync({ ...config, [name]: text("x") });
    expect(() => unpackRun(bytes)).toThrow(ArchiveError);
    expect(() =>
      packRun(
        new Map([
          ["config.json", text("{}")],
          [name, text("x")],
        ]),
      ),
    ).toThrow(ArchiveError);
  });

  it.each([
    ["macOS's Finder", "run (1)/", ["__MACOSX/", "__MACOSX/run (1)/._config.json", ".DS_Store"]],
    ["Windows' Explorer", "läufe/", ["Thumbs.db", "läufe/desktop.ini", "läufe/plots/Thumbs.db"]],
    ["a person, of a run that continues", "実行/", ["実行/.lock", "実行/.config.json.00.tmp"]],
    ["nobody in particular", "📈 «final» ('v2')/", []],
  ])("is read as %s packed it, in %s", (_, folder, litter) => {
    const content: Record<string, Uint8Array> = { [folder]: text("") };
    for (const [name, bytes] of files) content[folder + name] = bytes;
    for (const name of litter) content[name] = text(name.endsWith("/") ? "" : "litter");
    expectSame(unpackRun(zipSync(content)));
  });

  it("is read with the backslashes of Windows PowerShell, and with names of an old code page", () => {
    const named = (change: (name: string) => string) =>
      zipSync(Object.fromEntries([...files].map(([name, bytes]) => [change(name), bytes])));
    expectSame(unpackRun(named((name) => `run\\${name.replaceAll("/", "\\")}`)));
    const utf8 = named((name) => `l_ufe/${name}`);
    // The "ä" of code page 437, as Explorer wrote it for years.
    const raw = Uint8Array.from(utf8);
    for (let i = 0; i + 6 <= raw.length; i++) {
      if (Buffer.from(raw.subarray(i, i + 6)).toString("latin1") === "l_ufe/") raw[i + 1] = 0x84;
    }
    expectSame(unpackRun(raw));
  });

  it("is refused by a sentence that names the file which no run has", () => {
    const refusal = (...names: string[]) => {
      const bytes = zipSync(Object.fromEntries(names.map((name) => [name, text("{}")])));
      return () => unpackRun(bytes);
    };
    expect(refusal("base/config.json", "base/notes.txt")).toThrow(
      /^base\/notes\.txt is no file of a run:/,
    );
    expect(refusal("base/config.json", "metrics.jsonl")).toThrow(/^metrics\.jsonl is no file/);
    expect(refusal("a/config.json", "b/config.json")).toThrow(
      "The archive holds several runs, in a/ and b/; pack the folder of one run.",
    );
    expect(refusal("a/b/config.json")).toThrow(
      "The archive's run lies in a/b/; allowed is one folder above it, so pack the folder of the run itself.",
    );
  });

  it("refuses two folders, one within the other, and none with a config", () => {
    for (const names of [
      ["a/config.json", "b/config.json"],
      ["a/b/config.json"],
      ["../config.json"],
      ["metrics.jsonl"],
      [],
    ]) {
      const bytes = zipSync(Object.fromEntries(names.map((name) => [name, text("{}")])));
      expect(() => unpackRun(bytes), names.join()).toThrow(ArchiveError);
    }
  });

  it("refuses a file that is there twice", () => {
    const bytes = zipSync({ "config.json": text("{}"), configXjson: text("[]") }, { level: 0 });
    const twice = new TextDecoder("latin1").decode(bytes).replaceAll("configXjson", "config.json");
    const raw = Uint8Array.from(twice, (character) => character.charCodeAt(0));
    // windows-1252 is not one byte per character beyond ASCII: this archive has none there.
    expect(() => unpackRun(raw)).toThrow(ArchiveError);
  });

  it("refuses links, encryption, other methods and sizes that do not agree", () => {
    const link = zipSync({
      "config.json": [text("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }],
    });
    expect(() => unpackRun(link)).toThrow(/is a link or a device/);
    const bytes = zipSync(config);
    const list = listOf(bytes);
    expect(() => unpackRun(patched(bytes, [list + 8, 1]))).toThrow(/encrypted/);
    expect(() => unpackRun(patched(bytes, [list + 10, 12]))).toThrow(/method 12/);
    expect(() => unpackRun(patched(bytes, [list + 24, 3]))).toThrow(/instead of the 3/);
    expect(() => unpackRun(patched(bytes, [list + 24, 1]))).toThrow(/larger than the 1 bytes/);
    expect(() => unpackRun(patched(bytes, [list + 16, 0]))).toThrow(/checksum/);
    expect(() => unpackRun(patched(bytes, [list + 46, 67]))).toThrow(/something else of itself/);
    expect(() => unpackRun(patched(bytes, [bytes.length - 2, 1]))).toThrow(/comment/);
    expect(() => unpackRun(text(`x${new TextDecoder("latin1").decode(bytes)}`))).toThrow(
      ArchiveError,
    );
  });

  it("refuses bombs while they unpack, whatever they claim", () => {
    const bomb = zipSync({ ...config, "metrics.jsonl": new Uint8Array(2 ** 24) });
    expect(() => unpackRun(bomb)).toThrow(/times as large/);
    // The same, with a claim that passes: it stops there.
    const list = listOf(bomb) + 46 + "config.json".length;
    const claim = [0, 0, 1, 0].map((byte, i): [number, number] => [list + 24 + i, byte]);
    expect(() => unpackRun(patched(bomb, ...claim))).toThrow(/larger than the 65536 bytes/);
    const three = zipSync({
      ...config,
      "metrics.jsonl": new Uint8Array(100),
      "summary.json": new Uint8Array(100),
    });
    expect(() => unpackRun(three, { total: 150 })).toThrow(/over 150 bytes in all/);
    expect(() => unpackRun(three, { entry: 50 })).toThrow(/has 100 bytes; allowed are 50/);
    expect(() => unpackRun(three, { entries: 2 })).toThrow(/3 files; allowed are 2/);
    expect(() => unpackRun(three, { packed: 10 })).toThrow(/allowed are 10/);
  });

  it("refuses every proper prefix", () => {
    const bytes = packRun(new Map([["config.json", text("{}")]]));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unpackRun(bytes.slice(0, length)), `${length}`).toThrow(ArchiveError);
    }
  });
});

describe("inspectRun", () => {
  const damages: [string, string, RegExp][] = [
    ["config.json", "{}", /config\.json cannot be read/],
    [
      "config.json",
      '{"versions":{"@grok/train":"999.0.0"}}',
      /written by @grok\/train 999\.0\.0, which is newer/,
    ],
    ["metrics.jsonl", '{"step":1}\n{"step":2}\n', /Line 1 of metrics\.jsonl/],
    ["summary.json", '{"status":"ok"}', /summary\.json cannot be read/],
    [
      "analysis.jsonl",
      '{"step":4,"epoch":1,"experiment":"0","measures":[],"toString":{}}',
      /toString must be valid \(toString\), not an object/,
    ],
    ["analysis.jsonl", "[]\n", /Line 1 of analysis\.jsonl cannot be read/],
    [checkpoint, "", /at least 8 bytes/],
    ["plots/accuracy.svg", "<svg><script/></svg>", /no use for/],
  ];
  it.each(damages)("refuses %s that holds %s", async (name, content, message) => {
    const damaged = new Map(files).set(name, text(content));
    await expect(inspectRun(damaged)).rejects.toThrow(RunError);
    await expect(inspectRun(damaged)).rejects.toThrow(message);
  });

  it("refuses a run that has fewer records than its checkpoint has seen", async () => {
    const cut = new Map(files).set("metrics.jsonl", text(""));
    await expect(inspectRun(cut)).rejects.toThrow(/metrics\.jsonl has 0 records up to step 4/);
  });

  it("refuses a checkpoint of another step or experiment", async () => {
    const other = new Map(files).set(
      "checkpoints/step-00000003.safetensors",
      files.get(checkpoint) as Uint8Array<ArrayBuffer>,
    );
    await expect(inspectRun(other)).rejects.toThrow(/says it is of step 4/);
    const foreign = new Map(files).set(
      "config.json",
      text(JSON.stringify({ ...experiment, seed: 7, versions: {} })),
    );
    await expect(inspectRun(foreign)).rejects.toThrow(/belongs to another experiment/);
  });
});
