import type {
  Claim,
  Ended,
  FileChange,
  FileMap,
  GivenBack,
  Ledger,
  RunRecord,
  RunResult,
} from "./ledger";
import type { StoreWaits } from "./store-waits";

/** A ledger whose every call has a limit, says what it waits for, and ends with a sentence. */
export class PatientLedger implements Ledger {
  readonly #ledger: Ledger;
  readonly #waits: StoreWaits;

  constructor(ledger: Ledger, waits: StoreWaits) {
    this.#ledger = ledger;
    this.#waits = waits;
  }

  claim(name: string, claimant: { holder: string; worker: string }): Promise<Claim> {
    return this.#waits.for(`taking run ${name}`, () => this.#ledger.claim(name, claimant));
  }

  files(name: string): Promise<FileMap> {
    return this.#waits.for(`fetching run ${name}`, () => this.#ledger.files(name));
  }

  advance(name: string, holder: string, step: number, change: FileChange): Promise<boolean> {
    return this.#waits.for(`storing a checkpoint of run ${name}`, () =>
      this.#ledger.advance(name, holder, step, change),
    );
  }

  commit(name: string, holder: string, result: RunResult): Promise<boolean> {
    return this.#waits.for(`storing the result of run ${name}`, () =>
      this.#ledger.commit(name, holder, result),
    );
  }

  giveBack(name: string, holder: string, back: GivenBack): Promise<number> {
    return this.#waits.for(`giving run ${name} back`, () =>
      this.#ledger.giveBack(name, holder, back),
    );
  }

  records(names: readonly string[]): Promise<(RunRecord | null)[]> {
    return this.#waits.for("asking how runs stand", () => this.#ledger.records(names));
  }

  endedSince(position: number, limit: number): Promise<Ended> {
    return this.#waits.for("asking which runs have ended", () =>
      this.#ledger.endedSince(position, limit),
    );
  }

  reopen(name: string, commits: number): Promise<boolean> {
    return this.#waits.for(`opening run ${name} again`, () => this.#ledger.reopen(name, commits));
  }

  gathered(name: string, by: string, keepSeconds: number): Promise<void> {
    return this.#waits.for(`noting that run ${name} has been downloaded`, () =>
      this.#ledger.gathered(name, by, keepSeconds),
    );
  }

  home(limit: number, options?: { isFull?: boolean }): Promise<string[]> {
    return this.#waits.for("asking which results have been downloaded", () =>
      this.#ledger.home(limit, options),
    );
  }

  drop(name: string): Promise<void> {
    return this.#waits.for(`removing the files of run ${name}`, () => this.#ledger.drop(name));
  }

  beat(worker?: string): Promise<number> {
    return this.#waits.for(
      worker === undefined ? "counting workers" : "saying that this worker lives",
      () => this.#ledger.beat(worker),
    );
  }

  withoutJob(names: readonly string[]): Promise<string[]> {
    return this.#waits.for("looking for jobs", () => this.#ledger.withoutJob(names));
  }

  putBack(name: string): Promise<void> {
    return this.#waits.for("putting a job back", () => this.#ledger.putBack(name));
  }

  close(): Promise<void> {
    return this.#ledger.close();
  }
}
