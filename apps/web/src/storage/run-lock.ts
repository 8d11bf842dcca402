/** A run that this worker alone writes, until it is released or the worker ends. */
export interface RunLock {
  release(): void;
}

/** Takes a run for writing, over all tabs of the browser; null if another one has it. */
export function lockRun(id: string): Promise<RunLock | null> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(`grok-run:${id}`, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => resolve({ release }));
    });
    held.catch(reject);
  });
}
