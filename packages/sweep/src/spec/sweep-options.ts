import type { Extensions } from "@grok/train";

/** What the functions that read and expand sweeps take besides the sweep. */
export interface SweepOptions {
  /** Whose kinds, presets and flags the sweep may name besides those that are built in; default none. */
  extensions?: Extensions;
}
