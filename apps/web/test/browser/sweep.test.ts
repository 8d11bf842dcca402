import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPageServer } from "../../../cli/src/serve/server";
import { grok } from "./command";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

/** Runs of a second or so, one after the other. */
const spec = `
title: Decay against data
preset: mlp
flags: { p: 11, width: 32, embed-dim: 16, batch-mode: full, lr: 0.01, steps: 200, eval-every: 20 }
grid: { weight-decay: [0.1, 3], train-fraction: [0.3, 0.8] }
`;

let folder: string;
let server: Server;

inChromium(
  (at) => {
    test("the diagram of a served sweep grows while grok sweep runs", async () => {
      server = await createPageServer({
        page: at.site.folder,
        runs: join(folder, "runs"),
        host: "127.0.0.1",
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      const { port } = server.address() as AddressInfo;
      const driver = await Driver.open(at.context, `http://127.0.0.1:${port}/#${short}`);
      const { page, faults } = driver;
      await driver.turnTo("Runs");
      await page.getByRole("heading", { name: "Runs on this machine" }).waitFor();
      const sweep = page.getByRole("region", { name: "Sweep decay" });
      expect(await sweep.count()).toBe(0);

      let isRunning = true;
      const ended = grok(folder, "sweep", "s.yaml", "--out-dir", "runs/decay", "--jobs", "1").then(
        () => {
          isRunning = false;
        },
      );
      /** How many runs the diagram spoke of, at each change, while the sweep ran. */
      const seen: number[] = [];
      while (isRunning) {
        const text = (await sweep.count()) === 0 ? "" : await sweep.innerText();
        const runs = Number(/(\d+) runs? so far/.exec(text)?.[1] ?? 0);
        if (isRunning && seen.at(-1) !== runs) seen.push(runs);
        await Promise.race([ended, page.waitForTimeout(200)]);
      }
      await ended;
      await sweep.getByText("4 runs so far").waitFor();
      // From none, through some, to all; and never backwards.
      expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
      expect(seen.filter((runs) => runs > 0 && runs < 4).length).toBeGreaterThan(0);
      await sweep.getByText("0 are being trained").waitFor();
      const places = sweep.getByRole("row").nth(-1).getByRole("cell");
      expect(await places.count()).toBe(2);
      expect(await sweep.getByRole("columnheader").allTextContents()).toEqual([
        "Weight decay",
        "Train fraction",
        "0.1",
        "3",
      ]);
      expect(faults).toEqual([]);
    });
  },
  {
    prepare: async () => {
      folder = await mkdtemp(join(tmpdir(), "grok-sweep-"));
      await mkdir(join(folder, "runs"));
      await writeFile(join(folder, "s.yaml"), spec);
    },
    end: async () => {
      server?.closeAllConnections();
      server?.close();
      await rm(folder, { recursive: true, force: true });
    },
  },
);
