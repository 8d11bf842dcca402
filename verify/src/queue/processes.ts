import { readdirSync, readFileSync } from "node:fs";

/** Sends a signal to a process, if there is one. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // It has ended.
    return false;
  }
}

/** The children of a process, and theirs, on Linux. */
export function descendantsOf(pid: number): number[] {
  const found: number[] = [];
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    parents.set(Number(name), Number(parent));
  }
  for (let from = [pid]; from.length > 0; ) {
    from = [...parents].filter(([, parent]) => from.includes(parent)).map(([each]) => each);
    found.push(...from);
  }
  return found;
}

/** A process's command line. */
export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** The process of Node that a command started, itself or in a container. */
export function engineOf(pid: number): number {
  return [pid, ...descendantsOf(pid)].find((each) => !commandOf(each).startsWith("unshare")) ?? pid;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
