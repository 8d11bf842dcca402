import type { BackendChoice } from "@grok/backend";
import { detectGrok } from "@grok/metrics";
import type { EvaluationRecord, Summary } from "@grok/train";
import { computed, signal } from "@preact/signals";
import type { RunLabel } from "../storage/library";
import type { BackendRequest, Described, Offer } from "../worker/protocol";
import type { RecordingOrigin } from "../worker/recording";

/** What training is doing. */
export type Status =
  | "loading"
  | "ready"
  | "starting"
  | "running"
  | "paused"
  | "ended"
  | "failed"
  | "crashed";

export const status = signal<Status>("loading");

/** What the worker can do here; null until it has said so. */
export const offer = signal<Offer | null>(null);

/** The experiment or run that is shown. */
export const shown = signal<Described | null>(null);

/** The run that is shown; null before its first step. */
export const label = signal<RunLabel | null>(null);

/** How the run that is shown was recorded; null for one that is computed here. */
export const recorded = signal<RecordingOrigin | null>(null);

export const records = signal<readonly EvaluationRecord[]>([]);
export const summary = signal<Summary | null>(null);

/** Where training stands between evaluations. */
export const step = signal(0);
export const stepsPerSec = signal<number | null>(null);

/** What computes, and what was asked for. */
export const backend = signal<BackendChoice | null>(null);
export const backendRequest = signal<BackendRequest>({ name: "auto", threads: null });

/** The first evaluated steps at which the run had memorised and grokked. */
export const milestones = computed(() => {
  const { grokThreshold, grokLoss, memLoss } = shown.value?.experiment.training ?? {};
  return detectGrok(records.value, { grokThreshold, grokLoss, memLoss });
});

/** Whether training advances by itself. */
export const isRunning = computed(() => status.value === "running" || status.value === "starting");
