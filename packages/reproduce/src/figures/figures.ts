import type { Figure } from "../figure/figure";
import { clockPizza } from "./clock-pizza";
import { egalitarianDescent } from "./egalitarian-descent";
import { gptAccJaxAdder } from "./gpt-acc-jax-adder";
import { gptAccJaxCliff } from "./gpt-acc-jax-cliff";
import { gptAccJaxTinyModular } from "./gpt-acc-jax-tiny-modular";
import {
  grokkingLabCurve,
  grokkingLabFractions,
  grokkingLabHalf,
  grokkingLabSmall,
} from "./grokking-lab-mlp";
import { gromovQuadratic } from "./gromov-quadratic";
import { kumarRegression } from "./kumar-regression";
import { grokfast } from "./literature-grokfast";
import { lazyToRich } from "./literature-lazy-rich";
import { muon } from "./literature-muon";
import { nanda } from "./literature-nanda";
import { omnigrok } from "./literature-omnigrok";
import { softmaxCollapse } from "./literature-softmax-collapse";
import { merrillParity } from "./merrill-parity";
import { mlxGrokkingDivision } from "./mlx-grokking-division";
import { mlxGrokkingAddition, mlxGrokkingSmallDivision } from "./mlx-grokking-variants";
import { orderParametersTransition } from "./order-parameters";
import { orderParametersRun } from "./order-parameters-run";
import { orderParametersSweep } from "./order-parameters-sweep";
import { powerReproductionPaperDefault } from "./power-reproduction-paper-default";
import { powerReproductionPaperLate } from "./power-reproduction-paper-late";
import { powerReproductionTrainFraction } from "./power-reproduction-train-fraction";
import { varmaUngrokking } from "./varma-ungrokking";

/** Every figure that can be reproduced, in the order of lists and documents. */
export const figures: readonly Figure[] = [
  mlxGrokkingDivision,
  mlxGrokkingAddition,
  mlxGrokkingSmallDivision,
  powerReproductionPaperDefault,
  powerReproductionPaperLate,
  powerReproductionTrainFraction,
  grokkingLabCurve,
  grokkingLabSmall,
  grokkingLabHalf,
  grokkingLabFractions,
  orderParametersRun,
  orderParametersTransition,
  orderParametersSweep,
  gptAccJaxAdder,
  gptAccJaxCliff,
  gptAccJaxTinyModular,
  nanda,
  grokfast,
  muon,
  softmaxCollapse,
  lazyToRich,
  omnigrok,
  gromovQuadratic,
  merrillParity,
  egalitarianDescent,
  kumarRegression,
  clockPizza,
  varmaUngrokking,
];
