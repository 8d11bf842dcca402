// Order parameters as the published code computes them, where that departs from the paper.
export { effectiveRankUpstream } from "../order-parameters/effective-rank";
export { fourierSignalUpstream } from "../order-parameters/fourier-signal";
export { kernelAlignmentUpstream } from "../order-parameters/kernel-alignment";
export { participationRatioUpstream } from "../order-parameters/participation-ratio";
export { representationQualityUpstream } from "../order-parameters/representation-quality";
