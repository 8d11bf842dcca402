import type { Measure } from "@grok/metrics";
import type { Preset } from "../preset/preset";
import type { EditKind } from "./edit-kind";
import type { LossKind } from "./loss-kind";
import type { ModelKind } from "./model-kind";
import type { GradientTransformKind, OptimizerKind, ScheduleKind } from "./optimizer-kind";
import type { TaskKind } from "./task-kind";

/** A module of somebody's own kinds and presets, under one name. */
export interface Extension {
  /** Lower-case letters, digits and dashes, beginning with a letter; at most 40. */
  readonly name: string;
  readonly tasks?: readonly TaskKind[];
  readonly models?: readonly ModelKind[];
  readonly losses?: readonly LossKind[];
  readonly optimizers?: readonly OptimizerKind[];
  readonly transforms?: readonly GradientTransformKind[];
  readonly schedules?: readonly ScheduleKind[];
  readonly edits?: readonly EditKind[];
  readonly metrics?: readonly Measure[];
  readonly presets?: Readonly<Record<string, Preset>>;
}

/** An extension with the file that it was loaded from. */
export interface LoadedExtension {
  readonly extension: Extension;
  /** The file's name, for people. */
  readonly file: string;
  /** The digest of the bundled module; null for a value that was given in code. */
  readonly sha256: string | null;
  /** The bundled module; null for a value that was given in code. */
  readonly code: Uint8Array<ArrayBuffer> | null;
}

/** An extension as an experiment names it. */
export interface ExtensionReference {
  name: string;
  /** Where it was loaded from, for people. */
  file: string;
  /** Null for a value that was given in code. */
  sha256: string | null;
}

/** Extensions as functions take them: values, or what was loaded from files. */
export type Extensions = readonly (Extension | LoadedExtension)[];
