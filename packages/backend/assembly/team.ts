import { writeConstants } from "./constants";

/**
 * The threads' meeting place: a control block in the shared memory, by which the main thread hands
 * out a job to all workers, all wait for each other within a job, and the main thread for the end.
 *
 * A wait spins first, so that the next job of a training step finds everyone awake, and then sleeps
 * on the memory, so that an idle worker costs nothing.
 */

// Words of the control block, each on a cache line of its own. One that is waited for is followed
// by the number of those asleep on it.
const JOB: usize = 0;
const DONE: usize = 64;
const PHASE: usize = 128;
const ARRIVED: usize = 192;
const RUNNING: usize = 256;
const NEXT: usize = 320;
/** 0, or 1 + the thread that failed; read by the host, too. */
const FAILED: usize = 384;
const OP: usize = 448;
const ARGS: usize = 452;
/** Milliseconds (f64) after which a wait for another thread is given up; written by the host. */
const PATIENCE: usize = 464;
const CONSTANTS: usize = 512;

/**
 * In this time a training step has its next job. To wake a thread that sleeps takes some 80 µs, as long
 * as a small network's jobs; but a processor that others want is not to be held for longer.
 */
const JOB_SPIN_MS: f64 = 0.2;
/** Who waits longer in the middle of a job gives up a processor that the other may need. */
const SPIN_MS: f64 = 0.02;
/** How often a word is looked at between two looks at the clock: in less than a microsecond. */
const LOOKS: i32 = 1_000;
const SLEEP_MS: f64 = 20;

// @ts-ignore: decorator
@external("host", "now")
declare function now(): f64;

// Threads sleep by JavaScript's Atomics. At WebAssembly's own instruction V8 11.3 (Node 20) writes 8
// bytes into a stack slot of 4 before its code is optimised: behind it a variable is 0, so that a thread
// passed a barrier that others had not reached, and computed with what they had not written.

/** Sleeps until the word at an address is no longer `seen` and somebody says so, or the time is over. */
// @ts-ignore: decorator
@external("host", "wait")
declare function wait(address: usize, seen: i32, milliseconds: f64): void;

/** Wakes all that sleep at an address. */
// @ts-ignore: decorator
@external("host", "notify")
declare function notify(address: usize): void;

// Each thread has its own instance of the module, and so its own globals.
let control: usize = 0;
let mayBlock: bool = false;
let nextAlone: i32 = 0;

/** Tells this instance where the control block is and whether its thread may sleep on memory. */
export function join(block: usize, blocking: bool): void {
  control = block;
  writeConstants(block + CONSTANTS);
  mayBlock = blocking;
}

/** Lets every thread of the team pass once all have come. Starts the count of `claim` again. */
export function barrier(threads: i32): void {
  nextAlone = 0;
  if (!ASC_FEATURE_THREADS || threads == 1) return;
  const phase = atomic.load<i32>(control + PHASE);
  if (atomic.add<i32>(control + ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(control + ARRIVED, 0);
    atomic.store<i32>(control + NEXT, 0);
    signal(control + PHASE, phase + 1);
  } else {
    waitFor(control + PHASE, phase);
  }
}

/**
 * The next piece of work, 0, 1, 2, …, that no thread has taken since the job began or since the last
 * barrier. What a piece is must not depend on the number of threads.
 */
// @ts-ignore: decorator
@inline
export function claim(threads: i32): i32 {
  if (!ASC_FEATURE_THREADS || threads == 1) return nextAlone++;
  return atomic.add<i32>(control + NEXT, 1);
}

/**
 * Hands job `op` to all `threads - 1` workers; to be followed by the main thread's own part. With
 * `threads` 1 the workers hear nothing of it.
 */
export function start(op: i32, args: usize, threads: i32): void {
  nextAlone = 0;
  if (!ASC_FEATURE_THREADS || threads == 1) return;
  store<i32>(control + OP, op);
  store<i32>(control + ARGS, <i32>args);
  atomic.store<i32>(control + NEXT, 0);
  atomic.store<i32>(control + RUNNING, threads - 1);
  signal(control + JOB, atomic.load<i32>(control + JOB) + 1);
}

/** Waits until the workers have done their part of the job that `start` handed out. */
export function finish(done: i32): void {
  if (ASC_FEATURE_THREADS) waitFor(control + DONE, done);
}

/** How many jobs the workers have done. */
export function jobsDone(): i32 {
  return ASC_FEATURE_THREADS ? atomic.load<i32>(control + DONE) : 0;
}

/** Waits for the job after `seen`, and returns its number: no worker ever misses one. */
export function nextJob(seen: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    const job = control + JOB;
    if (spin(job, seen, JOB_SPIN_MS)) return seen + 1;
    atomic.add<i32>(job + 4, 1);
    while (atomic.load<i32>(job) == seen) wait(job, seen, Infinity);
    atomic.sub<i32>(job + 4, 1);
  }
  return seen + 1;
}

export function jobOp(): i32 {
  return load<i32>(control + OP);
}

export function jobArgs(): usize {
  return <usize>load<i32>(control + ARGS);
}

/** Says that this worker has done its part of the job. */
export function report(): void {
  if (ASC_FEATURE_THREADS && atomic.sub<i32>(control + RUNNING, 1) == 1) {
    signal(control + DONE, atomic.load<i32>(control + DONE) + 1);
  }
}

function signal(address: usize, value: i32): void {
  if (ASC_FEATURE_THREADS) {
    atomic.store<i32>(address, value);
    if (atomic.load<i32>(address + 4) > 0) notify(address);
  }
}

/** Looks at the word at `address` for so long; whether it is no longer `seen`. */
function spin(address: usize, seen: i32, milliseconds: f64): bool {
  let end: f64 = Infinity;
  let time: f64 = 0;
  // Who finds it at once does not ask for the time, which is a call out of the module.
  do {
    for (let i = 0; i < LOOKS; i++) {
      if (atomic.load<i32>(address) != seen) return true;
    }
    time = now();
    if (end == Infinity) end = time + milliseconds;
  } while (time < end);
  return false;
}

/** Returns once the word at `address` is no longer `seen`; traps when another thread has failed. */
function waitFor(address: usize, seen: i32): void {
  if (ASC_FEATURE_THREADS) {
    if (spin(address, seen, SPIN_MS)) return;
    let last = now();
    let waited: f64 = 0;
    while (atomic.load<i32>(address) == seen) {
      if (atomic.load<i32>(control + FAILED) != 0) unreachable();
      if (mayBlock) {
        atomic.add<i32>(address + 4, 1);
        wait(address, seen, SLEEP_MS);
        atomic.sub<i32>(address + 4, 1);
      }
      // A pause of the whole process (a debugger, Ctrl-Z) is nobody's fault.
      const time = now();
      waited += min(time - last, 100);
      last = time;
      if (waited > load<f64>(control + PATIENCE)) unreachable();
    }
  }
}
