import { readdir } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { inFreshFolder, run } from "./tiny";

inFreshFolder();

/** A run of 4 checkpoints of a transformer with two heads on addition mod 7. */
const nanda =
  "train --preset nanda --p 7 --d-model 8 --n-heads 2 --steps 4 --eval-every 1 --checkpoint-every 1 --keep-checkpoints all --backend cpu --out-dir x --no-plots".split(
    " ",
  );

describe("grok inspect", () => {
  beforeEach(async () => {
    expect((await run(nanda)).status).toBe(0);
  });

  it("says what there is to take out and what each part is needed for, and draws it", async () => {
    const { status, stdout, stderr } = await run(["inspect", "x"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("x, step 4: a transformer\n");
    expect(stdout).toContain("heads head:0.0 … head:0.1; neurons neuron:0.0 … neuron:0.31;");
    expect(stdout).toMatch(/^whole network +\d/m);
    expect(stdout).toMatch(/^without head 0\.1 +\d/m);
    expect(stdout).toMatch(/^only key frequencies +\d/m);
    expect((await readdir("x/plots")).sort()).toEqual(["inspect.png", "inspect.svg"]);
  });

  it("gives the record of an ablation as JSON, the whole network's beside it", async () => {
    const of = async (...flags: string[]) => {
      const { status, stdout } = await run(["inspect", "x", "--json", "--no-plots", ...flags]);
      expect(status).toBe(0);
      return JSON.parse(stdout);
    };
    const plain = await of("--at", "2");
    expect(plain).toMatchObject({ run: "x", step: 2, heads: [2], neurons: [32] });
    const ablated = await of("--at", "2", "--ablate", "head:0.0,head:0.1");
    expect(ablated).toMatchObject({ ablated: ["head:0.0", "head:0.1"], mode: "zero" });
    const [whole, without] = ablated.rows;
    expect(Object.keys(whole.score)).toEqual([
      "accuracy",
      "train_acc",
      "val_acc",
      "loss",
      "train_loss",
      "val_loss",
    ]);
    expect(whole).toEqual(plain.rows[0]);
    const all = plain.rows.find(({ name }: { name: string }) => name === "all heads");
    expect(without.score).toEqual(all.score);
    const heads = await of("--at", "2", "--ablate", "heads");
    expect(heads.rows).toEqual(ablated.rows);
    const mean = await of("--at", "2", "--ablate", "heads", "--mode", "mean");
    expect(mean.rows[1].score.loss).not.toBe(without.score.loss);
    const kept = await of("--keep-frequencies", "1,2,3");
    expect(kept.kept_frequencies).toEqual([1, 2, 3]);
    expect(kept.rows[1].score.loss).toBeCloseTo(kept.rows[0].score.loss, 5);
  });

  it("patches parts of another checkpoint in, up to all of it", async () => {
    const args = ["inspect", "x", "--json", "--no-plots"];
    const early = JSON.parse((await run([...args, "--at", "1"])).stdout).rows[0].score;
    const patched = ["--patch-from", "@1", "--patch"];
    const all = JSON.parse((await run([...args, ...patched, "logits"])).stdout);
    expect(all.patched_from).toBe("@1");
    expect(all.rows[1].score).toEqual(early);
    const head = JSON.parse((await run([...args, ...patched, "head:0.1"])).stdout);
    expect(head.rows[1].score.loss).not.toBe(head.rows[0].score.loss);
    expect(head.rows[1].score.loss).not.toBe(early.loss);
  });

  it.each([
    [["--at", "9"], "x has no checkpoint of step 9: it has 1; 2; 3; 4."],
    [["--at", "soon"], '--at must be a step, last, t_mem or t_grok, not "soon".'],
    [["--at", "t_grok"], "x has not grokked, so it has no t_grok."],
    [
      ["--ablate", "head:0.2"],
      "--ablate head:0.2: there is no head:0.2: there are 2 in layer 0, counted from 0.",
    ],
    [
      ["--ablate", "layer:0"],
      '--ablate layer:0: "layer:0" is no part of a network: allowed are head:LAYER.HEAD, neuron:LAYER.N and frequency:K, counted from 0.',
    ],
    [["--ablate", "frequency:4"], "--ablate: 4 is no frequency of Z_7: allowed are 1 … 3."],
    [
      ["--ablate", "frequency:1", "--mode", "mean"],
      "--ablate: frequency:1 can only be taken out (mode zero), not replaced by mean.",
    ],
    [
      ["--ablate", "heads", "--mode", "median"],
      '--mode must be zero, mean, resample, not "median".',
    ],
    [
      ["--mode", "mean"],
      "--mode says what takes the place of what --ablate names, so it needs that.",
    ],
    [["--keep-frequencies", "one"], '--keep-frequencies must be numbers, or keys, not "one".'],
    [["--patch", "logits"], "--patch needs --patch-from, which says where that comes from."],
    [["--patch-from", "@1"], "--patch-from needs --patch, which says what comes from there."],
    [
      ["--patch-from", "@1", "--patch", "layers.0.z"],
      "--patch layers.0.z: the network has no such point: it has tokenEmbedding,",
    ],
    [["--patch-from", "y@1", "--patch", "logits"], "y is no run: it has no config.json."],
    [
      ["--patch-from", "@1", "--patch", "logits", "--ablate", "heads"],
      "--patch and --ablate are two experiments: give one of them at a time.",
    ],
    [["--threads", "0"], "--threads must be a whole number from 1 to"],
  ])("refuses %j in a sentence", async (flags, sentence) => {
    const { status, stderr } = await run(["inspect", "x", ...flags]);
    expect(stderr).toContain(`grok: ${sentence}`);
    expect(status).toBe(2);
  });

  it("refuses another network's checkpoint and a task that cannot be judged", async () => {
    const other = nanda.map((word) => (word === "8" ? "12" : word === "x" ? "wide" : word));
    expect((await run(other)).status).toBe(0);
    const { stderr } = await run(["inspect", "x", "--patch-from", "wide", "--patch", "logits"]);
    expect(stderr).toContain(
      "grok: --patch-from wide: its network has other parameters than that of x; they must be alike.",
    );
    const stream =
      "train --preset addition-777 --digits 2 --steps 2 --eval-every 1 --checkpoint-every 1 --backend cpu --no-plots --out-dir s".split(
        " ",
      );
    expect((await run(stream)).status).toBe(0);
    expect((await run(["inspect", "s"])).stderr).toContain(
      "grok: A network of task addition cannot be taken apart: its examples never end, and it is judged by its right answers to all examples.",
    );
  });
});

describe("grok inspect --lottery", () => {
  const quadratic =
    "train --preset quadratic --p 11 --width 20 --steps 20 --eval-every 5 --checkpoint-every 5 --keep-checkpoints all --backend cpu --out-dir q --no-plots".split(
      " ",
    );

  it("tells each neuron's frequency beside the predicted one, and draws some of them", async () => {
    expect((await run(quadratic)).status).toBe(0);
    const { status, stdout, stderr } = await run(["inspect", "q", "--lottery"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^q, step 20: \d+ of 20 neurons \([\d.]+ %\) have the frequency that gradient flow predicts from their initial weights; 20\.0 % would by chance\.$/m,
    );
    expect((await readdir("q/plots")).sort()).toEqual(["lottery.png", "lottery.svg"]);
    const { stdout: json } = await run(["inspect", "q", "--lottery", "--json", "--no-plots"]);
    const record = JSON.parse(json);
    expect(record).toMatchObject({ run: "q", step: 20, chance: 0.2 });
    expect(record.neurons).toHaveLength(20);
    for (const { predicted, lead, frequency, share } of record.neurons) {
      expect(lead).toBeGreaterThanOrEqual(1);
      for (const each of [predicted, frequency]) expect([1, 2, 3, 4, 5]).toContain(each);
      expect(share).toBeGreaterThan(0.2);
    }
  });

  it("is refused for networks that the theory is not about", async () => {
    expect((await run(nanda)).status).toBe(0);
    const { status, stderr } = await run(["inspect", "x", "--lottery"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--lottery is about MLPs with one hidden layer of squares");
    const both = await run(["inspect", "x", "--lottery", "--ablate", "heads"]);
    expect(both.stderr).toContain("--lottery takes nothing out");
  });
});

describe("grok inspect --prune ipr", () => {
  it("takes neurons out from either end, a tenth at a time", async () => {
    const made = await run(
      "train --preset quadratic --p 11 --width 20 --steps 20 --eval-every 10 --backend cpu --out-dir q --no-plots".split(
        " ",
      ),
    );
    expect(made.status).toBe(0);
    const { status, stdout, stderr } = await run(["inspect", "q", "--prune", "ipr"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^without the 2 of lowest IPR /m);
    expect(stdout).toMatch(/^without the 18 of highest IPR /m);
    expect((await readdir("q/plots")).sort()).toEqual(["inspect.png", "inspect.svg"]);
    const { stdout: json } = await run(["inspect", "q", "--prune", "ipr", "--json", "--no-plots"]);
    const { pruned_by, rows } = JSON.parse(json);
    expect([pruned_by, rows.length, rows[0].name]).toEqual(["ipr", 19, "whole"]);
  });

  it("is refused for neurons that have no such ratio, and beside other parts", async () => {
    expect((await run(nanda)).status).toBe(0);
    const said = async (...flags: string[]) => (await run(["inspect", "x", ...flags])).stderr;
    expect(await said("--prune", "ipr")).toContain("--prune ipr is about MLPs with one hidden");
    expect(await said("--prune", "norm")).toContain('--prune must be ipr, not "norm".');
    expect(await said("--prune", "ipr", "--lottery")).toContain("--prune takes neurons out by");
  });
});
