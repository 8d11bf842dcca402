import type { Figure } from "../figure/figure";
import { gromovQuadratic } from "./gromov-quadratic";
import { grokfast } from "./literature-grokfast";
import { lazyToRich } from "./literature-lazy-rich";
import { muon } from "./literature-muon";
import { nanda } from "./literature-nanda";
import { omnigrok } from "./literature-omnigrok";
import { softmaxCollapse } from "./literature-softmax-collapse";
import { systemZeroDivision } from "./system-0-division";
import { systemZeroAddition, systemZeroSmallDivision } from "./system-0-variants";
import { systemOnePaperDefault } from "./system-1-paper-default";
import { systemOnePaperLate } from "./system-1-paper-late";
import { systemOneTrainFraction } from "./system-1-train-fraction";
import { systemTwoCurve, systemTwoFractions, systemTwoHalf, systemTwoSmall } from "./system-2-mlp";
import { systemThreeOrderParameters } from "./system-3-order-parameters";
import { systemThreeRun } from "./system-3-run";
import { systemThreeSweep } from "./system-3-sweep";
import { systemFourAdder } from "./system-4-adder";
import { systemFourCliff } from "./system-4-cliff";
import { systemFourTinyModular } from "./system-4-tiny-modular";

/** Every figure that can be reproduced, in the order of lists and documents. */
export const figures: readonly Figure[] = [
  systemZeroDivision,
  systemZeroAddition,
  systemZeroSmallDivision,
  systemOnePaperDefault,
  systemOnePaperLate,
  systemOneTrainFraction,
  systemTwoCurve,
  systemTwoSmall,
  systemTwoHalf,
  systemTwoFractions,
  systemThreeRun,
  systemThreeOrderParameters,
  systemThreeSweep,
  systemFourAdder,
  systemFourCliff,
  systemFourTinyModular,
  nanda,
  grokfast,
  muon,
  softmaxCollapse,
  lazyToRich,
  omnigrok,
  gromovQuadratic,
];
