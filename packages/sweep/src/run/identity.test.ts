import { readFile } from "node:fs/promises";
import { fingerprint, parseExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { type Identity, identityOf, namesOf } from "../../test/identity";
import { runName } from "./run-name";

const read = async (path: string) =>
  JSON.parse(await readFile(new URL(path, import.meta.url), "utf8"));

const frozen: [preset: string, flags: Record<string, string>, Identity][] = await read(
  "../../fixtures/identities.json",
);
const configs: [fingerprint: string, name: string, data: unknown][] = await read(
  "../../fixtures/configs.json",
);

it("calls every preset and 500 sets of flags what they were called before there were kinds", async () => {
  for (const [i, [preset, flags, identity]] of frozen.entries()) {
    // Links are slow to make; every fourth stands for the others.
    const { link: _, ...names } = identity;
    const now = i % 4 === 0 ? await identityOf(preset, flags) : await namesOf(preset, flags);
    expect(now, `${preset} ${JSON.stringify(flags)}`).toEqual(i % 4 === 0 ? identity : names);
  }
});

it("calls experiments that were written then what they were called", async () => {
  for (const [print, name, data] of configs) {
    const experiment = parseExperiment(data);
    const now = [await fingerprint(experiment), runName(experiment)];
    expect(now, JSON.stringify(data)).toEqual([print, name]);
  }
});
