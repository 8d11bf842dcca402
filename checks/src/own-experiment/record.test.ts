import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../packages.ts";
import { bareLines, examples, lineCount } from "./example.ts";
import { recorded, tableOf } from "./record.ts";

it("has every experiment, as it is now, with the same bytes after a kill", async () => {
  const { experiments } = await recorded();
  expect(experiments.map(({ name }) => name)).toEqual(examples.map(({ name }) => name));
  for (const [i, example] of examples.entries()) {
    expect(experiments[i], example.name).toMatchObject({
      extension_lines: await lineCount(example),
      bare_loop_lines: await bareLines(example),
      same_bytes_after_kill: true,
      flags: expect.arrayContaining([...example.flags]),
    });
  }
});

it("is what the guide says", async () => {
  const guide = await readFile(join(root, "docs/guides/your-own-experiment.md"), "utf8");
  const campaign = await recorded();
  expect(guide).toContain(tableOf(campaign));
  expect(guide).toContain(campaign.command);
});
