/** A network of yhavinga/gpt-acc-jax's report, with the exact match that it has by learning rate. */
export interface CliffNetwork {
  readonly name: string;
  readonly width: number;
  readonly hidden: number;
  readonly ffnBias: boolean;
  readonly tied: boolean;
  readonly parameters: number;
  readonly published: Readonly<Partial<Record<0.01 | 0.02, number>>>;
}

const network = (
  name: string,
  [width, hidden]: readonly [number, number],
  { ffnBias = false, tied = false },
  parameters: number,
  published: CliffNetwork["published"],
): CliffNetwork => ({ name, width, hidden, ffnBias, tied, parameters, published });

/** REPORT.md, section 3.2, sweeps 1 to 3 and 6: one layer, one head, one seed each. */
export const cliffNetworks: readonly CliffNetwork[] = [
  network("pico-1L-4d", [4, 16], { ffnBias: true }, 488, { 0.01: 0 }),
  network("pico-1L-5d-both", [5, 20], { tied: true }, 575, { 0.01: 0 }),
  network("pico-1L-6d-both", [6, 24], { tied: true }, 762, { 0.01: 0.009, 0.02: 0.698 }),
  network("pico-7d-ff14", [7, 14], { tied: true }, 777, { 0.01: 0.096, 0.02: 0.9969 }),
  network("pico-1L-6d-tied", [6, 24], { ffnBias: true, tied: true }, 792, { 0.01: 0.725 }),
  network("pico-1L-6d-nob", [6, 24], {}, 846, { 0.01: 0.098 }),
  network("pico-1L-7d-both", [7, 28], { tied: true }, 973, { 0.01: 1 }),
  network("pico-1L-7d-tied", [7, 28], { ffnBias: true, tied: true }, 1_008, { 0.01: 0.008 }),
  network("nano-1L-8d-hiLR", [8, 32], { ffnBias: true }, 1_360, { 0.01: 1 }),
];
