import type { Experiment } from "@grok/train";
import { canonicalJson, fingerprintSettings } from "@grok/train/front-end";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { SweepRun } from "./sweep-run";

/** Of the digest; 64 bits, so that a million runs meet by chance once in 37 million sweeps. */
const characters = 16;

/**
 * The name of a run: 16 hexadecimal digits of the SHA-256 digest of what decides its result, as
 * canonical JSON. The same run has the same name in whatever sweep, and however it was asked for:
 * neither the preset it began from counts, nor its backend and threads, nor what is kept
 * of it on the way (checkpoints). The seed counts, and so do the steps and whether grokking ends it.
 */
export function runName(experiment: Experiment): string {
  const { shortcuts, metrics, seed } = experiment;
  const { task, model, optimizer, training } = fingerprintSettings(experiment);
  const {
    checkpointEvery: _,
    keepCheckpoints: __,
    checkpointAt: ___,
    metricsEvery,
    ...rest
  } = training;
  // Where it changes nothing it does not count: runs from before there was such a thing keep their names.
  const isThinned = metrics.length > 0 && Number(metricsEvery) > 1;
  const course = { ...rest, metricsEvery: isThinned ? metricsEvery : undefined };
  // Not where they lay.
  const parts = experiment.extensions?.map(({ name, sha256: digest }) => ({
    name,
    sha256: digest,
  }));
  const data = {
    task,
    model,
    optimizer,
    training: course,
    shortcuts,
    metrics,
    // Undefined of a run without any, which is called what it was before there were changes.
    changes: experiment.changes,
    seed,
    extensions: parts,
  };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(data)))).slice(0, characters);
}

/** An experiment as a run of a sweep. */
export function sweepRun(experiment: Experiment): SweepRun {
  return { name: runName(experiment), experiment };
}
