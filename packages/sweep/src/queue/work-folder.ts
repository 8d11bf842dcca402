import { mkdir, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const pattern = /^worker-(.+)-(\d+)$/;

/**
 * Makes the folder of this worker's process, `DIR/worker-HOST-PID`, and takes away those of workers
 * of this machine that are gone: what they had that counts is in the queue's store.
 */
export async function makeWorkFolder(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(dir)) {
    const [, host, pid] = pattern.exec(name) ?? [];
    if (host !== hostname() || isAlive(Number(pid))) continue;
    await rm(join(dir, name), { recursive: true, force: true });
  }
  const folder = join(dir, `worker-${hostname()}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
