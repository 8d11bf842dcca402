// Says which graphics adapter Node has here, or why none.
import type { Adapter, Answer } from "../protocol.ts";
import { adapterHere } from "./adapter.ts";

let answer: Answer;
try {
  answer = { ok: (await adapterHere()) satisfies Adapter };
} catch (error) {
  answer = { error: error instanceof Error ? error.message : String(error) };
}
process.stdout.write(`${JSON.stringify(answer)}\n`);
process.exit(0);
