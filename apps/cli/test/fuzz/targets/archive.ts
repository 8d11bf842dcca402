import { type PackedFiles, packRun, unpackRun } from "@grok/train/archive";
import { mutateBytes } from "../mutate";
import type { Random } from "../random";
import { ensure, refusal, type Target } from "../target";
import { writeZip } from "../zip";

const limits = { packed: 2 ** 17, entries: 20, entry: 2 ** 18, total: 2 ** 19, ratio: 200 };
const text = (content: string) => new TextEncoder().encode(content);

const names = [
  ..."config.json config.json metrics.jsonl summary.json analysis.jsonl".split(" "),
  ..."checkpoints/step-00001000.safetensors checkpoints/step-00000002.safetensors".split(" "),
  ..."plots/accuracy.png plots/loss.svg checkpoints/ plots/".split(" "),
];
const wrong = [
  ..."../config.json /config.json a/../config.json plots\\a.png C:/config.json .".split(" "),
  ..."checkpoints/../config.json plots/.. plots/a.html .lock CONFIG.JSON".split(" "),
  ..."config.json\0 \u202econfig.json checkpoints/step-1.safetensors".split(" "),
  "",
  "x".repeat(400),
];
const folders = ["", "", "run/", "my run/", "../", "/", "a/b/", "__proto__/", "plots/"];

const packed = [1, 2, 4, 6].map((count) =>
  packRun(
    new Map(
      names.slice(0, count + 1).map((name, i) => [name, text(`{"a":${"1,".repeat(100 * i)}2}`)]),
    ),
  ),
);

/** An archive of files that are nearly a run's, with headers that are nearly right. */
function built(random: Random): Uint8Array<ArrayBuffer> {
  const folder = random.pick(folders);
  const entries = Array.from({ length: 1 + random.below(6) }, (_, i) => {
    const name = folder + (random.chance(0.08) ? random.pick(wrong) : random.pick(names.slice(i)));
    const isFolder = name.endsWith("/");
    const data = isFolder ? text("") : random.bytes(random.below(200));
    // A bomb in small: a mebibyte of zeros.
    const content = random.chance(0.05) ? new Uint8Array(2 ** 20) : data;
    return {
      name,
      content,
      deflated: random.chance(0.5),
      patch: random.chance(0.15)
        ? { at: random.below(46), value: random.pick([0, 1, 8, 9, 99, 255]) }
        : undefined,
    };
  });
  return writeZip(entries);
}

/** Archives: bytes changed, and files and headers that are nearly right. */
export const archive: Target = {
  name: "archive",
  make: (random) => (random.chance(0.4) ? mutateBytes(random, random.pick(packed)) : built(random)),
  check(input) {
    let files: PackedFiles;
    try {
      files = unpackRun(input as Uint8Array, limits);
    } catch (error) {
      return refusal(error, ["ArchiveError"]);
    }
    let total = 0;
    for (const [name, bytes] of files) {
      ensure(/^[a-z0-9./_-]+$/.test(name), "a name has no character of another kind");
      ensure(!name.startsWith("/") && !name.includes(".."), "no name leads out of the folder");
      total += bytes.length;
    }
    ensure(total <= limits.total && files.size <= limits.entries, "the limits hold");
    ensure(files.has("config.json"), "it holds a run");
    const again = unpackRun(packRun(files));
    ensure([...files.keys()].sort().join() === [...again.keys()].sort().join(), "it packs again");
    return "valid";
  },
};
