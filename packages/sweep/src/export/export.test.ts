import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { clusterName, quoted } from "./array-job";
import { kubernetesManifest } from "./kubernetes";
import { slurmScript } from "./slurm";

const job = { name: "Decay × fraction", runs: 12, parallel: 4, threads: 2, command: "grok" };

it("gives names that clusters take", () => {
  for (const name of ["Decay × fraction", "--", "a".repeat(99), "1_b"]) {
    expect(clusterName(name)).toMatch(/^[a-z]([a-z0-9-]{0,48}[a-z0-9])$/);
  }
  expect(clusterName("Decay × fraction")).toBe("grok-decay-fraction");
});

describe("slurmScript", () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-slurm-"))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const script = (more: Partial<Parameters<typeof slurmScript>[0]> = {}) =>
    slurmScript({
      ...job,
      file: "/data/it's.yaml",
      folder: "/data/my sweep",
      use: [],
      time: "1:00:00",
      ...more,
    });

  it("says what Slurm needs", () => {
    const lines = script().split("\n");
    expect(lines[0]).toBe("#!/usr/bin/env bash");
    expect(lines).toContain("#SBATCH --array=0-11%4");
    expect(lines).toContain("#SBATCH --cpus-per-task=2");
    expect(lines).toContain("#SBATCH --time=1:00:00");
    expect(lines).toContain("#SBATCH --requeue");
    expect(script({ runs: 2500, parallel: null })).toContain("#SBATCH --array=0-999\n");
  });

  it("is bash, whatever the paths", () => {
    for (const file of ["/data/it's.yaml", '/data/"$(touch x)`y`.yaml', "/data/plain.yaml"]) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: script({ file }) });
      expect([status, stderr.toString()]).toEqual([0, ""]);
    }
  });

  /** Runs the script with a grok and an scontrol that write down how they were called. */
  async function run(env: Record<string, string>, grok: string, more = {}, kill = false) {
    const [log, path] = [join(folder, "log"), join(folder, "job.sh")];
    for (const [name, body] of [
      ["grok", grok],
      ["scontrol", ""],
    ] as const) {
      await writeFile(
        join(folder, name),
        `#!/bin/bash\nprintf '%s|' ${name} "$@" >> ${log}; echo >> ${log}\n${body}\n`,
      );
      await chmod(join(folder, name), 0o755);
    }
    await writeFile(path, script({ command: join(folder, "grok"), ...more }));
    const shell = kill ? `bash ${path} & sleep 0.5; kill -TERM $!; wait $!` : `bash ${path}`;
    const PATH = `${folder}:${process.env.PATH}`;
    const { status } = spawnSync("bash", ["-c", shell], { env: { PATH, ...env } });
    return { status, calls: (await readFile(log, "utf8")).trim().split("\n") };
  }

  it("does each of a task's runs, and ends with the worst of their statuses", async () => {
    const env = { SLURM_ARRAY_TASK_ID: "3", SLURM_RESTART_COUNT: "0" };
    const one = await run(env, "exit 0");
    expect(one).toEqual({
      status: 0,
      calls: [
        "grok|sweep|/data/it's.yaml|--out-dir|/data/my sweep|--only-index|3|--threads|2|--take-over|",
      ],
    });
    await rm(join(folder, "log"));
    const many = await run(env, '[[ "$*" == *"index 1003"* ]] && exit 1; exit 0', { runs: 2004 });
    expect(many.status).toBe(1);
    expect(many.calls.map((call) => call.split("|")[6])).toEqual(["3", "1003", "2003"]);
  });

  it("lets a run leave its checkpoint before it is queued again, and takes over locks of lost nodes", async () => {
    const env = { SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_JOB_ID: "77", SLURM_RESTART_COUNT: "1" };
    const stopping = `trap 'sleep 0.3; echo checkpoint >> ${join(folder, "log")}; exit 130' TERM; sleep 5 & wait`;
    const { status, calls } = await run(env, stopping, {}, true);
    expect(status).toBe(0);
    expect(calls[0]).toMatch(/--take-over\|$/);
    expect(calls.slice(1)).toEqual(["checkpoint", "scontrol|requeue|77_3|"]);
  });
});

it("quotes words that a shell would take apart", () => {
  expect(quoted("/a/b-c_1.yaml")).toBe("/a/b-c_1.yaml");
  expect(quoted("it's $1")).toBe(`'it'\\''s $1'`);
});

const pods = { image: "me/grok:1", claim: "data" };

it("is a manifest of Kubernetes, with the file as it is", () => {
  const text = 'grid:\n  lr: [1, 2] # a comment\nnote: "--- \'"\n';
  const manifest = kubernetesManifest({ ...job, text, extensions: new Map(), ...pods });
  const documents = parseAllDocuments(manifest);
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const [file, indexed] = documents.map((document) => document.toJS());
  expect(file).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "grok-decay-fraction" },
    data: { "sweep.yaml": text },
  });
  expect(indexed).toMatchObject({
    apiVersion: "batch/v1",
    kind: "Job",
    spec: { completionMode: "Indexed", completions: 12, parallelism: 4 },
  });
  const [container] = indexed.spec.template.spec.containers;
  expect(container.image).toBe("me/grok:1");
  const { status } = spawnSync("sh", ["-n"], { input: container.command[2] });
  expect(status).toBe(0);
  expect(container.command[2]).toContain('--only-index "$JOB_COMPLETION_INDEX"');
});

it("brings extensions to every task", () => {
  const slurm = slurmScript({
    ...job,
    file: "/data/a.yaml",
    folder: "/data/a",
    use: ["/data/a/extensions/d5.mjs", "/data/b c.mjs"],
    time: null,
  });
  const called = `grok sweep /data/a.yaml --use /data/a/extensions/d5.mjs --use '/data/b c.mjs' --out-dir /data/a`;
  expect(slurm).toContain(`${called} --only-index "$index"`);
  expect(slurm).toContain(`#   ${called}\n`);
  const extensions = new Map([["d5.mjs", "// grok extension\nmodule"]]);
  const manifest = kubernetesManifest({ ...job, text: "seeds: 0..1\n", extensions, ...pods });
  const [file, indexed] = parseAllDocuments(manifest).map((document) => document.toJS());
  expect(file.data).toEqual({ "sweep.yaml": "seeds: 0..1\n", ...Object.fromEntries(extensions) });
  expect(indexed.spec.template.spec.containers[0].command[2]).toContain(
    "sweep /etc/grok/sweep.yaml --use /etc/grok/d5.mjs --out-dir /sweep",
  );
  const large = new Map([["d5.mjs", "x".repeat(2 ** 20)]]);
  expect(() => kubernetesManifest({ ...job, text: "a", extensions: large, ...pods })).toThrow(
    "The sweep's file and its extensions have 1,048,577 bytes, and Kubernetes keeps at most 1,048,576 in a ConfigMap.",
  );
});
