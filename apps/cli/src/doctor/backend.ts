import { type BackendChoice, listBackends, stopBackend } from "@grok/backend";
import { backendText } from "../run/report";
import { startBackend } from "../run/start-backend";
import { type Found, here, missing, slow } from "./finding";

/** Starts what `--backend auto` takes, as a run does. */
export async function lookAtBackend(): Promise<Found> {
  try {
    return judgeBackend(await startBackend("auto"));
  } finally {
    await stopBackend();
  }
}

/** Says which backend it is, and whether there are faster ones elsewhere. */
export function judgeBackend(choice: BackendChoice): Found {
  const text = `${backendText(choice)}. ${choice.notice ?? choice.reason}`;
  const isSlow = choice.name === "cpu" || choice.simd === "plain" || choice.notice !== undefined;
  return isSlow ? slow(text) : here(text);
}

/** Whether there is a graphics adapter that runs can be trained on. */
export async function lookAtGraphics(): Promise<Found> {
  const webgpu = (await listBackends()).find(({ name }) => name === "webgpu");
  if (webgpu?.available === true) return here(webgpu.reason);
  return missing(`${webgpu?.reason} Only --backend webgpu needs it.`);
}
