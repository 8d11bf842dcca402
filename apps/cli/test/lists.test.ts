import { stripVTControlCharacters } from "node:util";
import { listBackends, stopBackend, useBackend } from "@grok/backend";
import { listPresets } from "@grok/train";
import { afterAll, describe, expect, it } from "vitest";
import { backends } from "../src/commands/backends";
import { probe } from "../src/run/probe";
import { TestOutput, TestProcessEnv } from "./process-env";
import { run } from "./tiny";

afterAll(stopBackend);

describe("grok presets", () => {
  it("lists names, tasks, networks and parameter counts", async () => {
    const { status, stdout, stderr } = await run(["presets"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^mlx +\/ mod 97 +mlx +418,944 /m);
    expect(stdout).toMatch(/^addition-777 +addition of 10-digit numbers +addition-777 +777 /m);
    for (const { name } of listPresets()) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
  });

  it("fits a terminal of 80 columns", async () => {
    const { stdout } = await run(["presets"], new TestProcessEnv(new TestOutput(true, 80)));
    const [table = ""] = stdout.split("\n\n");
    for (const line of stripVTControlCharacters(table).split("\n"))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  it("gives all that is known of them as JSON", async () => {
    const { stdout } = await run(["presets", "--json"]);
    expect(JSON.parse(stdout)).toEqual(listPresets());
  });
});

describe("grok backends", () => {
  it("tells which are here, which is chosen and why, and how fast each is", async () => {
    const processEnv = new TestProcessEnv();
    let next = 9;
    expect(await backends({}, processEnv, async () => ++next)).toBe(0);
    const { name, reason } = await useBackend("auto");
    expect(processEnv.stdout.text).toMatch(
      new RegExp(`^${name} \\(chosen\\) +10\\.0 +11\\.0 `, "m"),
    );
    expect(processEnv.stdout.text).toContain(reason);
    expect(processEnv.stderr.text).toBe("");
    for (const report of await listBackends())
      expect(processEnv.stdout.text).toContain(report.reason);
  });

  it("gives the same as JSON", async () => {
    const processEnv = new TestProcessEnv();
    await backends({ json: true }, processEnv, async () => 3);
    const told = JSON.parse(processEnv.stdout.text);
    expect(told.chosen.name).toBe((await useBackend("auto")).name);
    for (const { name, available, stepsPerSec } of told.backends) {
      expect(stepsPerSec, name).toEqual(available ? { mlx: 3, mlp: 3 } : null);
    }
  });

  it("does not measure the large preset where the small one takes long", async () => {
    const processEnv = new TestProcessEnv();
    const asked: string[] = [];
    await backends({}, processEnv, async (preset) => {
      asked.push(preset);
      return 2.9;
    });
    const here = (await listBackends()).filter(({ available }) => available);
    expect(asked).toEqual(here.map(() => "mlp"));
    for (const { name } of here) {
      expect(processEnv.stdout.text).toContain(`Preset mlx was not measured on ${name}, where a `);
      expect(processEnv.stdout.text).toMatch(new RegExp(`^${name}.* 2\\.90 +– `, "m"));
    }
  });

  it("measures steps alone, and ends soon", async () => {
    await useBackend("auto");
    const stepsPerSec = await probe("tiny-modular", 0.2);
    expect(stepsPerSec).toBeGreaterThan(0);
    expect(stepsPerSec).toBeLessThan(1e5);
  });
});
