import { measures } from "@grok/metrics";
import { keepFrequencies, removeFrequencies } from "./edit/frequencies";
import { freeze, thaw } from "./edit/frozen";
import { prune } from "./edit/prune";
import { reinitialise } from "./edit/reinitialise";
import { rescale, scale, zero } from "./edit/scaled";
import { zeroRows } from "./edit/zero-rows";
import { softmax, stablemax } from "./loss/cross-entropy";
import { hinge } from "./loss/hinge";
import { smoothed } from "./loss/smoothed";
import { squaredError } from "./loss/squared-error";
import { committee } from "./model/committee";
import { mlp } from "./model/mlp";
import { transformer } from "./model/transformer";
import { adamKind, adamwKind } from "./optimizer/adam";
import { lionKind } from "./optimizer/lion";
import { muonKind } from "./optimizer/muon";
import { sgdKind } from "./optimizer/sgd";
import { constantKind } from "./schedule/constant";
import { cosineKind } from "./schedule/cosine";
import { addition } from "./task/addition";
import { csv } from "./task/csv";
import { formula } from "./task/formula";
import { group } from "./task/group";
import { images } from "./task/images";
import { modular } from "./task/modular";
import { parity } from "./task/parity";
import { permutation } from "./task/permutation";
import { polynomial } from "./task/polynomial";
import { table } from "./task/table";
import { clipKind } from "./transform/clip";
import { egalitarianKind } from "./transform/egalitarian";
import { grokfastKind } from "./transform/grokfast";
import { orthogradKind } from "./transform/orthograd";

/** Every kind that is built in, in the order of the help. */
export const builtIn = {
  tasks: [modular, permutation, addition, parity, group, formula, table, polynomial, images, csv],
  models: [transformer, mlp, committee],
  losses: [softmax, stablemax, squaredError, hinge, smoothed],
  optimizers: [adamwKind, adamKind, sgdKind, lionKind, muonKind],
  transforms: [clipKind, grokfastKind, orthogradKind, egalitarianKind],
  schedules: [constantKind, cosineKind],
  edits: [
    freeze,
    thaw,
    scale,
    zero,
    rescale,
    reinitialise,
    prune,
    keepFrequencies,
    removeFrequencies,
    zeroRows,
  ],
  metrics: measures,
} as const;

/** What an experiment has that names no loss or no schedule: what there was before there were others. */
export const usualKinds = { loss: softmax.name, schedule: constantKind.name } as const;
