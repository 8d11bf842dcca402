import { Matrix as MlMatrix, solve } from "ml-matrix";

/** A linear score of features, which are put on one scale first. */
export interface LinearScore {
  /** weights·(x − means)/scales + intercept */
  score(features: readonly number[]): number;
}

/** How strongly weights are held at 0, in units of one example. */
const penalty = 1;

/**
 * Logistic regression with a quadratic penalty of 1 on the weights of standardised features, the
 * intercept free, by Newton's method. Its score is the log-odds.
 *
 * @param targets 0 or 1 per row
 * @throws RangeError if there is no row
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): LinearScore {
  return fit(rows, (inputs) => {
    let weights = MlMatrix.zeros(inputs.columns, 1);
    for (let step = 0; step < 50; step++) {
      const shares = inputs.mmul(weights).to1DArray().map(logistic);
      const residuals = targets.map((target, i) => target - (shares[i] as number));
      const change = newtonStep(
        inputs,
        shares.map((share) => Math.max(share * (1 - share), 1e-9)),
        residuals,
        weights,
      );
      weights = MlMatrix.add(weights, change);
      if (change.norm() < 1e-10) break;
    }
    return weights;
  });
}

/**
 * Least squares with a quadratic penalty of 1 on the weights of standardised features, the intercept
 * free.
 *
 * @throws RangeError if there is no row
 */
export function fitRidge(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): LinearScore {
  return fit(rows, (inputs) =>
    newtonStep(
      inputs,
      targets.map(() => 1),
      targets,
      MlMatrix.zeros(inputs.columns, 1),
    ),
  );
}

/** The probability of log-odds. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** (XᵀDX + P)⁻¹ (Xᵀr − P w), with P the penalty on all but the intercept, the last weight. */
function newtonStep(
  inputs: MlMatrix,
  curvatures: readonly number[],
  residuals: readonly number[],
  weights: MlMatrix,
): MlMatrix {
  const { columns } = inputs;
  const penalties = MlMatrix.diag([...Array(columns - 1).fill(penalty), 1e-9]);
  const scaled = inputs.clone().mulColumnVector([...curvatures]);
  const hessian = MlMatrix.add(inputs.transpose().mmul(scaled), penalties);
  const slope = MlMatrix.sub(
    inputs.transpose().mmul(MlMatrix.columnVector([...residuals])),
    penalties.mmul(weights),
  );
  return solve(hessian, slope);
}

function fit(
  rows: readonly (readonly number[])[],
  solveFor: (inputs: MlMatrix) => MlMatrix,
): LinearScore {
  if (rows.length === 0) throw new RangeError("a fit needs at least one example");
  const table = new MlMatrix(rows.map((row) => [...row]));
  const means = table.mean("column");
  const scales = (rows.length > 1 ? table.standardDeviation("column") : means.map(() => 1)).map(
    (scale) => scale || 1,
  );
  const standardised = (row: readonly number[]) => [
    ...row.map((value, k) => (value - (means[k] as number)) / (scales[k] as number)),
    1,
  ];
  const weights = solveFor(new MlMatrix(rows.map(standardised))).to1DArray();
  return {
    score: (features) =>
      standardised(features).reduce((sum, x, k) => sum + x * (weights[k] as number), 0),
  };
}
