import { computed, signal } from "@preact/signals";
import type { DataNeed, Resolved } from "../worker/protocol";
import { offer } from "./session";
import { quick } from "./starting-point";

/** Something to begin an experiment from. */
export interface Base {
  name: string;
  title: string;
  description: string;
  source: string;
  /** The preset of @grok/train, and the flags over it. */
  preset: string;
  flags: Readonly<Record<string, string>>;
}

/** Everything that an experiment can begin from. */
export const bases = computed((): readonly Base[] => [
  quick,
  ...(offer.value?.presets ?? []).map((preset) => ({ ...preset, preset: preset.name, flags: {} })),
]);

/** The name of what the controls begin from. */
export const baseName = signal(quick.name);

/** See {@link baseName}. */
export const base = computed(
  () => bases.value.find(({ name }) => name === baseName.value) ?? quick,
);

/** What was set over it, by flag. */
export const given = signal<Readonly<Record<string, string>>>({});

/** What these make; null until the worker has said so. */
export const resolved = signal<Resolved | null>(null);

/** A link that was followed and waits for the data files that it names; null if none does. */
export const waiting = signal<{ link: string; needs: readonly DataNeed[] } | null>(null);
