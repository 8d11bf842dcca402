import { sceneAt } from "../network/scene-after";
import { engine } from "../state/engine";
import { records, shown } from "../state/session";
import { scenes } from "../state/view-step";
import { drawFrame, filmSize } from "./film-frame";

/** Frames a second, and how many there are at most: eight seconds, and one for the end. */
const rate = 20;
const maxFrames = 8 * rate;
const endFrames = rate;

/** The kinds of file that browsers write; the first that this one can. VP9 is too slow without a GPU. */
const types = ["video/webm;codecs=vp8", "video/webm", "video/mp4"];

/** A film of a run: its kind of file, and its bytes. */
export interface Film {
  extension: "webm" | "mp4";
  blob: Blob;
}

/** The kind of file that this browser can write. */
function filmType(): string | undefined {
  return types.find((type) => MediaRecorder.isTypeSupported(type));
}

/**
 * Films the run that is shown, from its first step to its newest, in the page's colours.
 *
 * @param onProgress called with the share that is done
 * @throws Error if nothing is recorded yet, or the browser makes no films
 */
export async function filmRun(onProgress: (share: number) => void): Promise<Film> {
  const type = filmType();
  const all = records.peek();
  const what = shown.peek();
  if (type === undefined) throw new Error("This browser makes no films.");
  if (all.length < 2 || what === null) throw new Error("There is no run yet that could be filmed.");
  const canvas = document.createElement("canvas");
  Object.assign(canvas, filmSize);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  // Each frame is asked for, so that none is taken twice.
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[];
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 4_000_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((done) => {
    recorder.onstop = done;
  });
  const lastStep = all.at(-1)?.step ?? 1;
  const count = Math.min(maxFrames, all.length);
  for (let frame = 0; frame < count + endFrames; frame++) {
    const share = Math.min(1, frame / (count - 1));
    const index = Math.round(share * (all.length - 1));
    const { step } = all[index] as (typeof all)[number];
    const view = await engine().viewAt(step);
    const scene = sceneAt(scenes.peek(), step);
    if (view !== null && scene !== null) {
      const seen = all.slice(0, index + 1);
      drawFrame(context, { title: what.task, records: seen, lastStep, view, scene });
    }
    // What is drawn before it runs would be its first frame.
    if (frame === 0) recorder.start();
    track?.requestFrame();
    onProgress(frame / (count + endFrames));
    await new Promise((next) => setTimeout(next, 1000 / rate));
  }
  recorder.stop();
  await ended;
  return {
    extension: type.startsWith("video/mp4") ? "mp4" : "webm",
    blob: new Blob(parts, { type: type.split(";")[0] as string }),
  };
}
