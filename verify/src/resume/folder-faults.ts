import { execFile } from "node:child_process";
import { copyFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterwards, type Case, type Fault, saidOf } from "./fault";
import { proceed, runName } from "./series";

/** Faults of who holds a folder, and of files that are no longer those that their names say. */
export const folderFaults: readonly Fault[] = [
  {
    fault: "two processes on one folder",
    run: async (each) => {
      const first = proceedStopped(each, '"phase"');
      const pid = await first.stopped;
      const second = await proceed(each.options, each.folder);
      process.kill(pid, "SIGCONT");
      const { status } = await first.ended;
      const result = await afterwards(each, saidOf(second, /is in use by process \d+/, [2]));
      if (status !== 0) result.differences.push(`the first process ended with status ${status}`);
      return result;
    },
  },
  {
    fault: "a second process, in another PID namespace",
    run: async (each) => {
      const skipped = await whyNoNamespace();
      if (skipped !== null) return { said: "", differences: [], skipped };
      const first = proceedStopped(each, '"phase"');
      const pid = await first.stopped;
      const second = await proceed(inNamespace(each).options, each.folder);
      process.kill(pid, "SIGCONT");
      const { status } = await first.ended;
      const sentence = /is in use by process \d+ in another container .*--take-over/;
      const result = await afterwards(each, saidOf(second, sentence, [2]));
      if (status !== 0) result.differences.push(`the first process ended with status ${status}`);
      return result;
    },
  },
  {
    fault: "a stopped process whose folder is taken over from another PID namespace",
    run: async (each) => {
      const skipped = await whyNoNamespace();
      if (skipped !== null) return { said: "", differences: [], skipped };
      const first = proceedStopped(each, '"datasync"');
      const pid = await first.stopped;
      const how = { more: ["--take-over"] };
      const second = await proceed(inNamespace(each).options, each.folder, how);
      process.kill(pid, "SIGCONT");
      const lost = /this process has stopped writing to it/;
      const said = saidOf(await first.ended, lost, [2]);
      const waited = saidOf(second, /Waiting up to \d+ s for the lease/, [0]);
      return afterwards(each, said, waited.differences);
    },
  },
  {
    fault: "metrics: replaced by a copy while the run trains",
    run: async (each) => {
      const first = proceedStopped(each, '"datasync"');
      const pid = await first.stopped;
      const path = join(each.folder, runName, "metrics.jsonl");
      await copyFile(path, `${path}.copy`);
      await rename(`${path}.copy`, path);
      process.kill(pid, "SIGCONT");
      const sentence = /metrics\.jsonl was replaced while this run wrote to it/;
      return afterwards(each, saidOf(await first.ended, sentence, [1, 2]));
    },
  },
];

/** Begins the run, and stops it as soon as its journal has a text. */
function proceedStopped({ options, folder }: Case, text: string) {
  let stop: (pid: number) => void = () => {};
  let isStopped = false;
  const stopped = new Promise<number>((resolve) => {
    stop = resolve;
  });
  const ended = proceed(options, folder, {
    onSpawn: (child) => {
      child.stdio[3]?.on("data", (chunk: Buffer) => {
        if (isStopped || !chunk.includes(text) || child.pid === undefined) return;
        isStopped = child.kill("SIGSTOP");
        stop(child.pid);
      });
    },
  });
  void ended.then(() => stop(0));
  return { stopped, ended };
}

/** The same case, whose processes each have a PID namespace of their own, as in a container. */
function inNamespace(each: Case): Case {
  const self = ["unshare", "--pid", "--fork", "--mount-proc", ...each.options.self];
  return { ...each, options: { ...each.options, self } };
}

/** Why no PID namespace can be made here; null if one can. */
async function whyNoNamespace(): Promise<string | null> {
  try {
    await promisify(execFile)("unshare", ["--pid", "--fork", "--mount-proc", "true"]);
    return null;
  } catch {
    return "It needs a PID namespace of its own, which only root on Linux may make.";
  }
}
