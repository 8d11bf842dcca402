/**
 * What the page keeps in memory of a run, however long it gets. What is left out of the curves is
 * still in the run's files; measurements of memory build the page with smaller numbers.
 */
export const limits = {
  /** Evaluations; they are thinned to half of that, four times as many as a wide screen has pixels. */
  records: 20_000,
  /** What is drawn over time of the network's inside; most panels are 600 pixels wide. */
  traces: 4_000,
  /** Bytes of whole views, which the timeline goes back to. */
  viewBytes: 32 * 1024 * 1024,
};
