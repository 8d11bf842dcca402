/**
 * The most threads that a backend computes on, and that a run may ask for. A machine with more
 * processors has as many threads as this: the work of one step does not divide any further.
 */
export const maxThreads = 256;
