// The numerics of training: what its records and gradients say of its arithmetic.
export {
  findSlingshots,
  type LossRecord,
  type Slingshot,
  type SlingshotOptions,
} from "./slingshot";
export {
  type SoftmaxCollapse,
  type SoftmaxCollapseOptions,
  softmaxCollapse,
} from "./softmax-collapse";
export { type GradientSize, gradientSize, type UpdateSize, updateSize } from "./update-size";
export {
  type Finding,
  type FindingName,
  type WatchOptions,
  type WatchRecord,
  watch,
} from "./watchdog";
