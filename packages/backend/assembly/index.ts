import { Op } from "../src/wasm/op";
import { activate, activateGradient, swiglu, swigluGradient } from "./activation";
import { attention } from "./attention";
import { attentionGradient } from "./attention-gradient";
import { attentionTables } from "./attention-tables";
import { attentionTablesGradient } from "./attention-tables-gradient";
import { crossEntropy } from "./cross-entropy";
import { add, dropout, scale } from "./elementwise";
import { embedding, embeddingGradient, embeddingSum, embeddingSumGradient } from "./embedding";
import { hinge, labelSquaredError, squaredError } from "./label-loss";
import { norm, normGradient } from "./norm";
import { sumRows } from "./sum";
import { clipByGlobalNorm, globalNorm, orthogonalGradient } from "./global-norm";
import { adamUpdate, addScaled, lerpUpdate, lionUpdate, sgdUpdate } from "./updates";
import { matmul } from "./matmul/matmul";
import { segmentSum } from "./segment-sum";
import { finish, jobArgs, jobOp, join, jobsDone, nextJob, report, start } from "./team";

export { mapFloats } from "./map";
export { fmaPeak } from "./peak";
export { matmulScratch } from "./matmul/matmul";
export { join };

/** This thread's part of job `op`. Every thread of a team calls it with the same arguments. */
function dispatch(op: i32, args: usize, thread: i32, threads: i32): void {
  switch (op) {
    case Op.MatMul:
      matmul(args, thread, threads);
      break;
    case Op.SegmentSum:
      segmentSum(args, thread, threads);
      break;
    case Op.Activate:
      activate(args, thread, threads);
      break;
    case Op.ActivateGradient:
      activateGradient(args, thread, threads);
      break;
    case Op.Swiglu:
      swiglu(args, thread, threads);
      break;
    case Op.SwigluGradient:
      swigluGradient(args, thread, threads);
      break;
    case Op.Add:
      add(args, thread, threads);
      break;
    case Op.Scale:
      scale(args, thread, threads);
      break;
    case Op.Dropout:
      dropout(args, thread, threads);
      break;
    case Op.Embedding:
      embedding(args, thread, threads);
      break;
    case Op.EmbeddingGradient:
      embeddingGradient(args, thread, threads);
      break;
    case Op.EmbeddingSum:
      embeddingSum(args, thread, threads);
      break;
    case Op.EmbeddingSumGradient:
      embeddingSumGradient(args, thread, threads);
      break;
    case Op.SumRows:
      sumRows(args, thread, threads);
      break;
    case Op.Norm:
      norm(args, thread, threads);
      break;
    case Op.NormGradient:
      normGradient(args, thread, threads);
      break;
    case Op.Attention:
      attention(args, thread, threads);
      break;
    case Op.AttentionGradient:
      attentionGradient(args, thread, threads);
      break;
    case Op.AttentionTables:
      attentionTables(args, thread, threads);
      break;
    case Op.AttentionTablesGradient:
      attentionTablesGradient(args, thread, threads);
      break;
    case Op.CrossEntropy:
      crossEntropy(args, thread, threads);
      break;
    case Op.LabelSquaredError:
      labelSquaredError(args, thread, threads);
      break;
    case Op.SquaredError:
      squaredError(args, thread, threads);
      break;
    case Op.Hinge:
      hinge(args, thread, threads);
      break;
    case Op.AdamUpdate:
      adamUpdate(args, thread, threads);
      break;
    case Op.SgdUpdate:
      sgdUpdate(args, thread, threads);
      break;
    case Op.LionUpdate:
      lionUpdate(args, thread, threads);
      break;
    case Op.LerpUpdate:
      lerpUpdate(args, thread, threads);
      break;
    case Op.AddScaled:
      addScaled(args, thread, threads);
      break;
    case Op.GlobalNorm:
      globalNorm(args, thread, threads);
      break;
    case Op.ClipByGlobalNorm:
      clipByGlobalNorm(args, thread, threads);
      break;
    case Op.OrthogonalGradient:
      orthogonalGradient(args, thread, threads);
      break;
    default:
      break;
  }
}

/** Runs job `op` on the whole team (`threads` is its size) or, with `threads` 1, here alone. */
export function run(op: i32, args: usize, threads: i32): void {
  const done = jobsDone();
  start(op, args, threads);
  dispatch(op, args, 0, threads);
  if (threads > 1) finish(done);
}

/** A worker's life: takes part in every job. */
export function work(thread: i32, threads: i32): void {
  for (let job = nextJob(0); ; job = nextJob(job)) {
    dispatch(jobOp(), jobArgs(), thread, threads);
    report();
  }
}
