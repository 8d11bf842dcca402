import { type ChildProcess, fork } from "node:child_process";
import { ExtensionError } from "../../extension/error";
import { systemRefusal } from "../../run/system-error";
import { childEntry } from "../child-entry";

/** What the process of a check is told. */
export interface ToCheck {
  code: Uint8Array;
  file: string;
}

/** What the process of a check tells. */
export type FromCheck = { type: "ready" | "began" | "good" } | { type: "bad"; message: string };

/** Milliseconds that a definition may take, and those that Node and the packages may need before. */
const definitionMs = 10_000;
const startMs = 60_000;

/**
 * Loads a bundled extension in a process of its own, and throws what is wrong with it. A definition
 * has 10 seconds.
 *
 * @param limitMs instead of those 10 seconds, for tests
 * @throws ExtensionError in a sentence with the file's name, also if the definition never ends or
 *   ends its process
 */
export async function checkInChild(
  code: Uint8Array,
  file: string,
  limitMs = definitionMs,
): Promise<void> {
  const entry = childEntry(import.meta.url, "check-process");
  const child = fork(entry.file, [], {
    ...(entry.execArgv === undefined ? {} : { execArgv: entry.execArgv }),
    serialization: "advanced",
    // What a definition prints is printed when it is used.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  try {
    await verdict(child, { code, file }, limitMs);
  } finally {
    child.kill("SIGKILL");
  }
}

function verdict(child: ChildProcess, task: ToCheck, limitMs: number): Promise<void> {
  const { file } = task;
  return new Promise((resolve, reject) => {
    const fail = (sentence: string, cause?: Error) => {
      clearTimeout(timer);
      reject(new ExtensionError(sentence, { cause }));
    };
    const wait = (ms: number, sentence: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(sentence), ms);
    };
    let timer: NodeJS.Timeout | undefined;
    wait(startMs, `${file} could not be checked: no process started within ${startMs / 1000} s.`);
    child.on("error", (error) => {
      const reason = systemRefusal(error)?.reason ?? "the system starts no process for it";
      fail(`${file} could not be checked: ${reason}.`, error);
    });
    child.on("close", () => fail(`${file} ends the process that loads it.`));
    child.on("message", (message: FromCheck) => {
      switch (message.type) {
        case "ready":
          child.send(task, () => {});
          break;
        case "began":
          wait(
            limitMs,
            `${file} never ends while it is loaded: its definitions had ${limitMs / 1000} s.`,
          );
          break;
        case "good":
          clearTimeout(timer);
          resolve();
          break;
        case "bad":
          fail(message.message);
      }
    });
  });
}
