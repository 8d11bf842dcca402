import { type Checkpoint, encodeCheckpoint } from "../run/checkpoint";
import type { Environment } from "../run/environment";
import type { RunStore } from "../run/store";
import type { RunProgress } from "./run-progress";
import type { RunState } from "./run-state";
import type { StepLosses } from "./step-losses";

/** What a checkpoint is made of: the run at this moment. */
export interface Position {
  state: RunState;
  progress: RunProgress;
  losses: StepLosses;
}

/** What all checkpoints of a run have in common, and where they go. */
interface CheckpointsOptions {
  /** The checkpoint that the run continues from; null if it begins. */
  from: Checkpoint | null;
  /** The experiment's fingerprint. */
  identity: string;
  environment: Environment;
  store: RunStore | undefined;
  /** Whether the newest state is kept in memory, to recover from the loss of a device. */
  keepsSnapshot: boolean;
  /** Called before a checkpoint is written. */
  onWrite: () => void;
}

/** The checkpoints of a run: those that are stored, and the one in memory to recover from. */
export class RunCheckpoints {
  readonly #options: CheckpointsOptions;
  /** The step that is stored, and whether its checkpoint says that the run was interrupted there. */
  #stored: { step: number; interrupted: boolean };
  #snapshot: Checkpoint | null;

  constructor(options: CheckpointsOptions) {
    const { from } = options;
    this.#options = options;
    this.#stored = {
      step: from?.progress.step ?? 0,
      interrupted: from?.progress.interrupted === true,
    };
    this.#snapshot = from;
  }

  /** Where to continue from if the device is lost; null for the very beginning. */
  get snapshot(): Checkpoint | null {
    return this.#snapshot;
  }

  /** Stores a checkpoint; gives its name, or null if the same is stored already or there is no store. */
  async store(position: Position, interrupted: boolean): Promise<string | null> {
    const { store, keepsSnapshot, onWrite } = this.#options;
    const { step } = position.progress;
    const isStored = step === this.#stored.step && (interrupted || !this.#stored.interrupted);
    if (store === undefined || isStored) return null;
    onWrite();
    const checkpoint = await this.take(position, interrupted);
    const name = await store.saveCheckpoint(step, await encodeCheckpoint(checkpoint));
    this.#stored = { step, interrupted };
    if (keepsSnapshot) this.#snapshot = checkpoint;
    return name;
  }

  /** A checkpoint of this moment, which is not stored. */
  async take(position: Position, interrupted = false): Promise<Checkpoint> {
    const tensors = await position.state.export(position.progress.step);
    return this.#checkpointOf(tensors, position, interrupted);
  }

  /** Keeps tensors that were read at this moment, to recover from. */
  keep(tensors: Pick<Checkpoint, "parameters" | "optimizer">, position: Position): void {
    this.#snapshot = this.#checkpointOf(tensors, position, false);
  }

  #checkpointOf(
    tensors: Pick<Checkpoint, "parameters" | "optimizer">,
    { progress, losses }: Position,
    interrupted: boolean,
  ): Checkpoint {
    const saved = progress.toSaved({ ...losses.sums });
    return {
      ...tensors,
      progress: interrupted ? { ...saved, interrupted } : saved,
      experiment: this.#options.identity,
      environment: this.#options.environment,
    };
  }
}
