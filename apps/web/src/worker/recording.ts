import {
  decodeConfig,
  decodeMetrics,
  type EvaluationRecord,
  type Experiment,
  experimentOf,
} from "@grok/train";
import { decodeViews } from "../network/encode-view";
import type { NetworkView } from "../network/view";

/** How a recording was made. */
export interface RecordingOrigin {
  /** The day, as 2026-11-21. */
  date: string;
  /** The command that trained it. */
  command: string;
  /** What computed it, in a few words. */
  machine: string;
  /** The last step of it, where that is not the run's last; else null. */
  until: number | null;
}

/** A run as it was computed elsewhere, with what was seen in its network. */
export interface Recording {
  origin: RecordingOrigin;
  experiment: Experiment;
  records: EvaluationRecord[];
  views: NetworkView[];
}

/**
 * Loads a recording.
 *
 * @throws Error in a sentence, if there is none
 */
export async function loadRecording(address: string): Promise<Recording> {
  const response = await fetch(address).catch((error) => {
    throw new Error("The recorded run could not be loaded: the page's host does not answer.", {
      cause: error,
    });
  });
  if (!response.ok) {
    throw new Error(`The recorded run could not be loaded: the host answers ${response.status}.`);
  }
  return decodeRecording(new Uint8Array(await response.arrayBuffer()));
}

/**
 * Reads a recording: gzip of four texts, each behind a line with its length in characters. They are
 * its origin, the run's config.json and metrics.jsonl, and its views as `encodeView` writes them.
 *
 * @throws Error or RunError in a sentence, where it is none
 */
export async function decodeRecording(bytes: Uint8Array<ArrayBuffer>): Promise<Recording> {
  const [origin = "", config = "", metrics = "", views = ""] = partsOf(await gunzip(bytes));
  const { date, command, machine } = JSON.parse(origin) as RecordingOrigin;
  const experiment = experimentOf(decodeConfig(config));
  const records = decodeMetrics(metrics).lines.map(({ record }) => record);
  const { steps, stopOnGrok } = experiment.training;
  const last = records.at(-1)?.step ?? 0;
  const until = stopOnGrok || last >= steps ? null : last;
  return {
    origin: { date: String(date), command: String(command), machine: String(machine), until },
    experiment,
    records,
    views: [...decodeViews(views)],
  };
}

/** What {@link decodeRecording} reads, before it is compressed. */
export function encodeRecording(parts: {
  origin: Omit<RecordingOrigin, "until">;
  config: string;
  metrics: string;
  views: string;
}): string {
  const { origin, config, metrics, views } = parts;
  return [JSON.stringify(origin), config, metrics, views]
    .map((text) => `${text.length}\n${text}`)
    .join("");
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const length = Number(text.slice(at, end));
    if (end < 0 || !Number.isSafeInteger(length) || end + 1 + length > text.length) {
      throw new Error("The recorded run is damaged.");
    }
    parts.push(text.slice(end + 1, end + 1 + length));
    at = end + 1 + length;
  }
  return parts;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).text();
  } catch (error) {
    throw new Error("The recorded run is damaged.", { cause: error });
  }
}
