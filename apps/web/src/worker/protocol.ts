import type { BackendChoice, BackendName, BackendReport } from "@grok/backend";
import type { EvaluationRecord, Experiment, PresetInfo, StartEvent, Summary } from "@grok/train";
import type { ForkDifference } from "@grok/train/fork";
import type { Flag } from "@grok/train/front-end";
import type { NetworkView } from "../network/inspector";
import type { SceneAfter } from "../network/scene";
import type { NetworkTrace } from "../network/trace";
import type { RunLabel } from "../storage/library";
import type { RecordingOrigin } from "./recording";

/** What is asked to compute; `threads` null is as many as do good here. */
export interface BackendRequest {
  name: BackendName | "auto";
  threads: number | null;
}

/** What the worker can do here, and what an experiment can be made of: plain data, sent once. */
export interface Offer {
  isIsolated: boolean;
  cores: number;
  backends: BackendReport[];
  presets: PresetInfo[];
  /** The flags that set a place of the experiment, each with what its value may be. */
  flags: (Flag & {
    limits: string | null;
    /** By choice: what it is, if the name alone does not say so. */
    choiceTitles: Record<string, string> | null;
  })[];
  /** What the columns of records are, by name: of every run, of all metrics that are known here. */
  columns: Record<string, string>;
  /** Why runs are not kept; null if they are. */
  storageProblem: string | null;
}

/** An experiment, with what the page says of it. */
export interface Described {
  experiment: Experiment;
  /** By flag: its value; null for one without a place in this experiment. */
  values: Record<string, string | null>;
  /** What is learned, in a few words. */
  task: string;
  optimizer: string;
  /** What its loss is called on an axis; null for cross-entropy in nats. */
  loss: string | null;
  /** Whether answers are real numbers, which have no accuracy; null if the task cannot be built here. */
  areValues: boolean | null;
  /** Null if the network cannot be built here. */
  parameters: number | null;
  /** Why it can be looked at here and not trained, in a sentence; null if it can be trained. */
  unready: string | null;
  /** The accuracy of blind guessing; null if there is none, or it is not known here. */
  chance: number | null;
  /** The data files that it learns from. */
  files: DataFileInfo[];
  /** What changes in its course, in words, and after which step. */
  changes: { at: number; text: string }[];
  /** The end of an address that gives this experiment; null if no flags give it. */
  link: string | null;
  /** The preset and the flags over it that give it; null as {@link link}. */
  controls: { preset: string; flags: Record<string, string> } | null;
}

/** A data file that an experiment names. */
export interface DataNeed {
  /** The flag that takes it. */
  flag: string;
  name: string;
  sha256: string;
}

/** A data file of an experiment. */
export interface DataFileInfo extends DataNeed {
  /** Its size; null if it is not here. */
  bytes: number | null;
}

/** A preset with flags over it, made into an experiment; or why it is none. */
export type Resolved =
  | ({
      ok: true;
      /** Flags that were left out, as they have no meaning beside the one that was changed. */
      dropped: string[];
    } & Described)
  | {
      ok: false;
      error: string;
      /** The data files that it lacks, if those are why. */
      needs?: DataNeed[];
    };

/** What the page is looking at: an experiment before its first step, or a run. */
export interface Opened extends Described {
  /** Counts what was shown; events of anything shown before come to nothing. */
  generation: number;
  /** Null before its first step. */
  label: RunLabel | null;
  /** How it was made where it is recorded, and shown instead of being computed; else null. */
  recorded: RecordingOrigin | null;
  records: EvaluationRecord[];
  summary: Summary | null;
  /** The step that training would continue from. */
  step: number;
  /** Steps rising, the first from the beginning on. */
  scenes: readonly SceneAfter[];
  /** What is drawn over time, of these and of views that are not kept. */
  traces: readonly NetworkTrace[];
  /** The newest of them. */
  view: NetworkView | null;
  /** The run that it was branched from; null if it was not, or that is not here. */
  parent: ParentRun | null;
  notices: string[];
}

/** The run that another one was branched from, which is shown beside it. */
export interface ParentRun {
  id: string;
  name: string;
  /** The step up to which they are one run. */
  at: number;
  /** What tells them apart, in a few words each. */
  difference: ForkDifference;
  records: EvaluationRecord[];
  /** What of its course the page needs to know, as of any run. */
  training: Experiment["training"];
  scenes: readonly SceneAfter[];
  traces: readonly NetworkTrace[];
  /** The newest that is kept. */
  view: NetworkView | null;
}

/** What a person asks of a branch. */
export interface BranchRequest {
  /** The run that it branches from. */
  id: string;
  /** The step up to which it is that run. */
  at: number;
  /** What was typed, by field: a flag, an edit, or `changes` for anything as `--change` takes it. */
  fields: Readonly<Record<string, string>>;
}

/** What would come of a branch, or why nothing does: a sentence, and the field that it is about. */
export type BranchPlan =
  | {
      ok: true;
      /** What it changes, in a few words; empty if nothing. */
      text: string;
      /** What is worth telling beforehand: how much is trained again. */
      notices: string[];
    }
  | { ok: false; field: string | null; error: string };

/** What a branch can change at a step. */
export interface BranchPlace {
  /** By flag, as they hold there; null for one that the experiment has not. */
  values: Record<string, string | null>;
  /** The names of the network's parameters. */
  parameters: string[];
}

/** A run in the list. */
export interface RunEntry extends RunLabel {
  /** Null if its files cannot be read, for the reason in `problem`. */
  run: (Described & { records: number; step: number }) | null;
  summary: Summary | null;
  problem: string | null;
  /** Of a branch: the run that it was made of, and where it stands under that in the list. */
  branch: { of: string; at: number; depth: number } | null;
}

/** A run that the page's server has; its id is none of the browser's runs. */
export interface ServedEntry extends RunEntry {
  /** Its newest record. */
  last: EvaluationRecord | null;
  /** Whether a process trains it. */
  isInUse: boolean;
}

/** The runs that the page's server has. */
export interface ServedListing {
  /** The newest first. */
  entries: ServedEntry[];
  /** Why some may be missing or old; null if none is. */
  problem: string | null;
}

/** What came of bringing a run in. */
export type Imported =
  | { ok: true; label: RunLabel; notices: string[] }
  | { ok: false; error: string };

/** An event, and what it is about: see `generation` of {@link Opened}. */
export interface Told {
  generation: number;
  event: SessionEvent;
}

/** What the worker reports. */
export type SessionEvent =
  | { type: "status"; status: "starting" | "running" | "paused" | "ended" | "failed" }
  | { type: "backend"; backend: BackendChoice }
  | { type: "label"; label: RunLabel }
  | { type: "start"; start: StartEvent }
  | {
      type: "progress";
      step: number;
      epoch: number | null;
      stepsPerSec: number;
      loss: number | null;
    }
  | { type: "evaluation"; record: EvaluationRecord }
  | { type: "milestone"; name: "t_mem" | "t_grok"; step: number }
  | { type: "view"; view: NetworkView }
  | { type: "summary"; summary: Summary }
  | { type: "notice"; text: string }
  | { type: "error"; text: string };
