/** How far a run is, as its job shows it. */
export interface RunProgress {
  step: number;
  /** Steps that the run has at most. */
  steps: number;
  stepsPerSec: number | null;
}
