// Watches the process that it is loaded into, before the command itself: tells `grok verify-resume`
// of every operation that changes a file of the run, and dies or fails where it is told to.
//
//   GROK_VERIFY_ORDERS='{"folder":"/tmp/x"}' node --import ./verify-child.js ./main.js train … 3>journal
import { subscribe } from "node:diagnostics_channel";
import { constants, writeSync } from "node:fs";
import files, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { resolve } from "node:path";
import { phaseChannel } from "./phase-channel";
import { Flushed } from "./resume/flushed";
import {
  type Entry,
  journalDescriptor,
  lineOf,
  type Orders,
  ordersVariable,
} from "./resume/orders";

const orders = JSON.parse(process.env[ordersVariable] ?? "") as Orders;
const { death, failure } = orders;
const flushed = death?.how.startsWith("power") ? new Flushed(orders.folder) : undefined;
const paths = new WeakMap<object, string>();
let operations = 0;
let failures = 0;

subscribe(phaseChannel, (name) => tell({ type: "phase", name: String(name) }));

function tell(entry: Entry): void {
  writeSync(journalDescriptor, lineOf(entry));
}

/** Tells of an operation that is about to be done; dies or fails if that is the one to do so at. */
async function boundary(kind: string, at: string, half?: () => Promise<unknown>): Promise<void> {
  const path = resolve(at);
  if (path !== orders.folder && !path.startsWith(`${orders.folder}/`)) return;
  operations++;
  tell({ type: "operation", kind, path: path.slice(orders.folder.length + 1) });
  if (death?.before === operations) {
    if (death.how === "torn") await half?.();
    if (death.how === "power late") flushed?.lose("late");
    if (death.how === "power early") flushed?.lose("early");
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  }
  if (failure?.kind === kind && path.endsWith(failure.ending) && ++failures === failure.nth) {
    // Half arrives, as it does where a disk fails or is full.
    await half?.();
    const { code } = failure;
    throw Object.assign(new Error(`${code}: as ordered, ${kind} '${path}'`), { code, path });
  }
}

type Method = (this: unknown, ...args: never[]) => Promise<unknown>;

/** Puts a function in front of a method, which it calls itself. */
function wrap<T extends object, K extends keyof T>(
  target: T,
  name: K,
  make: (original: T[K] & Method) => unknown,
): void {
  target[name] = make(target[name] as T[K] & Method) as T[K];
}

for (const name of ["rename", "unlink", "mkdir", "link", "rm", "truncate", "writeFile"] as const) {
  wrap(files, name, (original) => async (path: string, ...rest: never[]) => {
    const isLink = name === "link" || name === "rename";
    const half = async () => {
      if (name === "writeFile") await original.apply(files, [path, ...halved(rest)] as never);
    };
    await boundary(name, isLink ? String(rest[0]) : String(path), half);
    return original.apply(files, [path, ...rest] as never);
  });
}

const { O_WRONLY, O_RDWR, O_CREAT } = constants;

/** Whether a file that is opened so may be changed. */
function mayChange(flags: string | number = "r"): boolean {
  return typeof flags === "number" ? (flags & (O_WRONLY | O_RDWR | O_CREAT)) !== 0 : flags !== "r";
}

wrap(
  files,
  "open",
  (original) =>
    async (path: string, flags?: string | number, ...rest: never[]) => {
      if (mayChange(flags)) await boundary("open", path);
      const file = (await original.apply(files, [path, flags, ...rest] as never)) as FileHandle;
      paths.set(file, resolve(path));
      return file;
    },
);

const probe = await files.open(process.execPath, "r");
const handles = Object.getPrototypeOf(probe) as FileHandle;
await probe.close();
for (const name of ["write", "writeFile", "appendFile", "sync", "datasync", "truncate"] as const) {
  wrap(
    handles,
    name,
    (original) =>
      async function (this: FileHandle, ...args: never[]) {
        const path = paths.get(this) ?? "";
        const isFlush = name === "sync" || name === "datasync";
        const half = async () => {
          if (name.startsWith("write") || name === "appendFile")
            await original.apply(this, halved(args));
        };
        await boundary(name, path, half);
        const result = await original.apply(this, args);
        if (isFlush && path.startsWith(orders.folder)) flushed?.file(this.fd, path);
        return result;
      },
  );
}

/** A write's arguments with the first half of what is written. */
function halved(args: readonly unknown[]): never[] {
  const [data, ...rest] = args as [string | Uint8Array, ...unknown[]];
  return [data.slice(0, Math.floor(data.length / 2)), ...rest] as never[];
}

syncBuiltinESMExports();
