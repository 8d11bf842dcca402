import { readFile } from "node:fs/promises";
import { listBackends, startWebgpu } from "@grok/backend";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loseAfter } from "./device-loss";
import { inFreshFolder, recordsOf, run, summaryOf } from "./tiny";

// The command on WebGPU, on a software adapter if there is no other.
vi.stubEnv("GROK_WEBGPU", "software");
const [gpu] = await listBackends();
vi.unstubAllEnvs();

const small = [
  ..."train --backend webgpu --preset mlp --p 7 --width 8 --embed-dim 4 --batch-size 9".split(" "),
  "--no-stop-on-grok",
];

// A software adapter compiles and computes slowly, the more so on a busy machine.
const timeout = 600_000;

describe.skipIf(gpu?.available !== true)(
  `--backend webgpu [${gpu?.reason ?? "not here"}]`,
  { timeout },
  () => {
    inFreshFolder();
    beforeAll(() => {
      vi.stubEnv("GROK_WEBGPU", "software");
    });
    afterAll(() => {
      vi.unstubAllEnvs();
    });

    it("trains, says on what, and continues with the same bytes", async () => {
      const on = [...small, "--eval-every", "4", "--no-plots"];
      const whole = await run([...on, "--steps", "12", "--out-dir", "whole"]);
      expect(whole.stderr).toBe("");
      expect(whole.status).toBe(0);
      expect(whole.stdout).toMatch(/backend +webgpu, .*\n/);
      expect(await summaryOf("whole")).toMatchObject({ backend: "webgpu", steps: 12 });
      const config = JSON.parse(await readFile("whole/config.json", "utf8"));
      expect(config.backend).toBe("webgpu");
      // Another adapter may give other numbers: what computed is told apart by its name.
      expect(gpu?.reason).toContain(config.arithmetic.split(", ")[1]);
      await run([...on, "--steps", "8", "--out-dir", "parted"]);
      expect((await run(["resume", "parted", "--steps", "12", "--no-plots"])).status).toBe(0);
      const losses = async (folder: string) =>
        (await recordsOf(folder)).map(({ step, val_loss }) => [step, val_loss]);
      expect((await losses("parted")).at(-1)).toEqual((await losses("whole")).at(-1));
    });

    it("continues on wasm where the device is lost and no other comes, and says so", async () => {
      const findAgain = loseAfter(await startWebgpu(), 500, true);
      const flags = "--steps 30 --eval-every 10 --threads 1 --no-plots --out-dir lost".split(" ");
      const { status, stdout, stderr } = await run([...small, ...flags]);
      findAgain();
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/was lost.*wasm/);
      expect(await summaryOf("lost")).toMatchObject({
        status: "finished",
        steps: 30,
        backend: "wasm",
        threads: 1,
        device_losses: [{ backend: "wasm", from: expect.toSatisfy((at: number) => at > 0) }],
      });
      const config = JSON.parse(await readFile("lost/config.json", "utf8"));
      expect(config.backend).toBe("wasm");
      expect(config.history).toMatchObject([{ backend: "webgpu" }]);
      expect((await recordsOf("lost")).map(({ step }) => step)).toEqual([1, 10, 20, 30]);
    });

    it("is refused where the adapter is software and nobody asked for that", async () => {
      if (!gpu?.reason.includes("(software)")) return;
      vi.stubEnv("GROK_WEBGPU", "");
      const { status, stderr } = await run(small);
      vi.stubEnv("GROK_WEBGPU", "software");
      expect(status).toBe(2);
      expect(stderr).toMatch(/--backend webgpu is not available: .*GROK_WEBGPU=software/);
    });
  },
);
