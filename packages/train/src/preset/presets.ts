import type { BuiltInPreset } from "./preset";
import { committeePresets } from "./sources/committee";
import { egalitarianPresets } from "./sources/egalitarian";
import { gptAccJax } from "./sources/gpt-acc-jax";
import { grokfastPresets } from "./sources/grokfast";
import { grokkingLab } from "./sources/grokking-lab";
import { gromovPresets } from "./sources/gromov";
import { mlxGrokking } from "./sources/mlx-grokking";
import { nandaNetwork } from "./sources/nanda";
import { orderParameters } from "./sources/order-parameters";
import { parityPresets } from "./sources/parity";
import { powerReproduction } from "./sources/power-reproduction";
import { prietoPresets } from "./sources/prieto";

const { custom, ...ofSystemOne } = powerReproduction;
const { nanda, omnigrok } = nandaNetwork;

/** Every preset, by name, in the order in which they are told. */
export const presets = {
  ...mlxGrokking,
  ...ofSystemOne,
  ...grokkingLab,
  ...orderParameters,
  nanda,
  ...gptAccJax,
  ...grokfastPresets,
  ...prietoPresets,
  omnigrok,
  ...gromovPresets,
  ...parityPresets,
  ...egalitarianPresets,
  ...committeePresets,
  custom,
} as const satisfies Record<string, BuiltInPreset>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;

/** What runs where no preset is named. */
export const defaultPreset: PresetName = "mlx";
