/** What the source's stored runs say in a bin of α: quartiles, with the median between them. */
export interface PizzaBin {
  /** α from here, and below the next bin's. */
  readonly from: number;
  readonly to: number;
  /** Runs of the source in the bin. */
  readonly runs: number;
  readonly symmetricity: readonly [low: number, median: number, high: number];
  readonly irrelevance: readonly [low: number, median: number, high: number];
}

/**
 * Quartiles of result/1l_fixedwidth.csv of fjzzq2002/pizza by α: its 817 runs of one layer without `=`
 * and with one vocabulary whose circularity is at least .995.
 */
export const pizzaBins: readonly PizzaBin[] = [
  {
    from: 0,
    to: 0.5,
    runs: 446,
    symmetricity: [0.992, 0.9931, 0.9938],
    irrelevance: [0.1795, 0.2256, 0.3509],
  },
  {
    from: 0.5,
    to: 0.6,
    runs: 65,
    symmetricity: [0.8796, 0.9305, 0.9918],
    irrelevance: [0.3235, 0.3993, 0.5111],
  },
  {
    from: 0.6,
    to: 0.7,
    runs: 62,
    symmetricity: [0.6553, 0.7502, 0.797],
    irrelevance: [0.5802, 0.6272, 0.6656],
  },
  {
    from: 0.7,
    to: 0.8,
    runs: 85,
    symmetricity: [0.566, 0.6236, 0.699],
    irrelevance: [0.6623, 0.6972, 0.7408],
  },
  {
    from: 0.8,
    to: 0.9,
    runs: 82,
    symmetricity: [0.468, 0.5388, 0.6266],
    irrelevance: [0.7308, 0.7708, 0.8085],
  },
  {
    from: 0.9,
    to: 1,
    runs: 77,
    symmetricity: [0.3861, 0.4509, 0.5381],
    irrelevance: [0.7758, 0.8284, 0.8716],
  },
];
