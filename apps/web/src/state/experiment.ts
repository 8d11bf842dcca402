import { signal } from "@preact/signals";
import type { Resolved } from "../worker/protocol";

/** The preset that the controls begin from. */
export const preset = signal("");

/** What was set beside it, by flag. */
export const given = signal<Readonly<Record<string, string>>>({});

/** What these make; null until the worker has said so. */
export const resolved = signal<Resolved | null>(null);
