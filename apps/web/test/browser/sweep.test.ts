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

/** Short runs over two weight decays, and over these train fractions. */
const spec = (fractions: readonly number[]) => `
title: Decay against data
preset: mlp
flags: { p: 11, width: 32, embed-dim: 16, batch-mode: full, lr: 0.01, steps: 200, eval-every: 20 }
grid: { weight-decay: [0.1, 3], train-fraction: [${fractions.join(", ")}] }
`;

let folder: string;
let server: Server;

inChromium(
  (at) => {
    test("the diagram of a served sweep grows as grok sweep ends its runs, without a reload", async () => {
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

      // In two parts, as the page may ask less often than short runs end.
      await grok(folder, "sweep", "first.yaml", "--out-dir", "runs/decay", "--jobs", "1");
      await sweep.getByText("2 runs so far").waitFor();
      // One axis so far.
      expect(await sweep.getByRole("columnheader").allTextContents()).toEqual([
        "Weight decay",
        "t_grok",
      ]);
      await grok(folder, "sweep", "whole.yaml", "--out-dir", "runs/decay", "--jobs", "1");
      await sweep.getByText("4 runs so far").waitFor();
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
      await writeFile(join(folder, "first.yaml"), spec([0.3]));
      await writeFile(join(folder, "whole.yaml"), spec([0.3, 0.8]));
    },
    end: async () => {
      server?.closeAllConnections();
      server?.close();
      await rm(folder, { recursive: true, force: true });
    },
  },
);
