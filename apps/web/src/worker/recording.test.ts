import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { recordings } from "../state/recordings";
import { describe as describeExperiment } from "./describe";
import type { SessionEvent } from "./protocol";
import { RecordedRun } from "./recorded-run";
import { decodeRecording, encodeRecording, type Recording } from "./recording";
import { Views } from "./views";

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../../public/recorded/${name}.run`, import.meta.url));
}

/** A recording, as the page loads it. */
async function readRecording(name: string): Promise<Recording> {
  return decodeRecording(new Uint8Array(await readFile(fileOf(name))));
}

describe.each(recordings)("the recording $name", ({ name, link, decided, until }) => {
  test("is a run of the experiment that it is offered for", async () => {
    const { experiment, records, views, origin } = await readRecording(name);
    expect(describeExperiment(experiment).link).toBe(link);
    expect(origin.command).toMatch(/^grok train --preset /);
    expect(origin.until).toBe(until ?? null);
    const grokked = records.find(({ val_acc }) => val_acc >= experiment.training.grokThreshold);
    expect(grokked?.step ?? experiment.training.steps).toBe(decided);
    const { stopOnGrok, steps } = experiment.training;
    const end = until ?? (stopOnGrok && grokked !== undefined ? grokked.step : steps);
    expect(records.at(-1)?.step).toBe(end);
    expect(views.map(({ step }) => step)).toEqual(
      views.map(({ step }) => step).toSorted((a, b) => a - b),
    );
    expect([views[0]?.step, views.at(-1)?.step]).toEqual([0, end]);
    // It is loaded by phones.
    expect((await readFile(fileOf(name))).length).toBeLessThan(700_000);
  });
});

test("a recorded run is told as one that is computed, stops, and continues", async () => {
  const recording = await readRecording("quick");
  const told: SessionEvent[] = [];
  const views = new Views();
  const run = new RecordedRun(
    recording,
    { emitter: { emit: (event) => told.push(event) }, views },
    0,
  );
  await run.look();
  expect(views.steps).toEqual([0]);
  const never = new AbortController();
  await (await run.begin({ signal: never.signal, until: run.step + 1 })).end;
  const first = recording.records[0]?.step;
  expect(run.step).toBe(first);
  expect(told.at(-1)).toEqual({ type: "status", status: "paused" });
  await (await run.begin({ signal: never.signal, until: undefined })).end;
  expect(told.at(-1)).toEqual({ type: "status", status: "ended" });
  const records = told.flatMap((event) => (event.type === "evaluation" ? [event.record] : []));
  expect(records).toEqual(recording.records);
  expect(views.steps).toEqual(recording.views.map(({ step }) => step));
  const stopped = new AbortController();
  stopped.abort();
  const again = new RecordedRun(recording, { emitter: { emit: () => {} }, views }, 0);
  await (await again.begin({ signal: stopped.signal, until: undefined })).end;
  expect(again.step).toBe(0);
});

test("what is no recording is said in a sentence", async () => {
  const noise = new Uint8Array(100).fill(7);
  await expect(decodeRecording(noise)).rejects.toThrow("The recorded run is damaged.");
  const cut = encodeRecording({
    origin: { date: "", command: "", machine: "" },
    config: "{}",
    metrics: "",
    views: "",
  }).slice(0, 30);
  await expect(decodeRecording(new Uint8Array(gzipSync(cut)))).rejects.toThrow(
    "The recorded run is damaged.",
  );
});
