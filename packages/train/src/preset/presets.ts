import type { BuiltInPreset } from "./preset";
import { grokfastPresets } from "./sources/grokfast";
import { gromovPresets } from "./sources/gromov";
import { nandaNetwork } from "./sources/nanda";
import { prietoPresets } from "./sources/prieto";
import { systemZero } from "./sources/system-0";
import { systemOne } from "./sources/system-1";
import { systemTwo } from "./sources/system-2";
import { systemThree } from "./sources/system-3";
import { systemFour } from "./sources/system-4";

const { custom, ...ofSystemOne } = systemOne;
const { nanda, omnigrok } = nandaNetwork;

/** Every preset, by name, in the order in which they are told. */
export const presets = {
  ...systemZero,
  ...ofSystemOne,
  ...systemTwo,
  ...systemThree,
  nanda,
  ...systemFour,
  ...grokfastPresets,
  ...prietoPresets,
  omnigrok,
  ...gromovPresets,
  custom,
} as const satisfies Record<string, BuiltInPreset>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;

/** What runs where no preset is named. */
export const defaultPreset: PresetName = "mlx";
