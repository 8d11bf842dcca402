import { version } from "../../package.json";

/**
 * How often the kernels have changed in a way that changes the last digits of what they compute. Raise
 * it with every such change: a run that older kernels began is then not continued with these unless
 * its user allows that.
 */
const KERNEL_REVISION = 3;

/** The version of this package as far as a run's bytes depend on it. */
export const kernelVersion = `${version}+kernels.${KERNEL_REVISION}`;
