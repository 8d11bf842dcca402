import type { EvaluationRecord } from "../run/record";
import { maskedCrc32c } from "./crc32c";

/** What {@link eventFileOf} takes. */
export interface EventFileOptions {
  /** When the run began, in seconds since 1970; default 0, so that equal runs give equal bytes. */
  startTime?: number;
}

/**
 * A run's evaluations as an event file of TensorBoard: a scalar per column and evaluation. The wall
 * time of an event is the run's start plus its `elapsed_sec`. Null has no event.
 *
 * Source: the record format of TensorFlow (`tensorflow/core/lib/io/record_writer.h`) and `event.proto`
 * and `summary.proto` of TensorBoard.
 *
 * @returns the bytes of a file that must be called `events.out.tfevents.…` to be found
 */
export function eventFileOf(
  records: readonly EvaluationRecord[],
  { startTime = 0 }: EventFileOptions = {},
): Uint8Array<ArrayBuffer> {
  const version = [...double(1, startTime), ...bytes(3, text("brain.Event:2"))];
  const events = [version];
  for (const record of records) {
    const { step, elapsed_sec: elapsed } = record;
    const seconds = startTime + (typeof elapsed === "number" ? elapsed : 0);
    const values = Object.entries(record).flatMap(([tag, value]) =>
      tag === "step" || typeof value !== "number"
        ? []
        : bytes(1, [...bytes(1, text(tag)), ...float(2, value)]),
    );
    events.push([...double(1, seconds), ...varint(2, step), ...bytes(5, values)]);
  }
  return joined(events.map((event) => framed(Uint8Array.from(event))));
}

/** A record of TensorFlow: its length, that length's sum, the bytes, and their sum. */
function framed(event: Uint8Array): Uint8Array {
  const record = new Uint8Array(event.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(event.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(event, 12);
  view.setUint32(12 + event.length, maskedCrc32c(event), true);
  return record;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Fields of Protocol Buffers: number and wire type, then the value.

function varint(field: number, value: number): number[] {
  return [field << 3, ...varintOf(value)];
}

function bytes(field: number, value: readonly number[]): number[] {
  return [(field << 3) | 2, ...varintOf(value.length), ...value];
}

function double(field: number, value: number): number[] {
  return [(field << 3) | 1, ...new Uint8Array(new Float64Array([value]).buffer)];
}

function float(field: number, value: number): number[] {
  return [(field << 3) | 5, ...new Uint8Array(new Float32Array([value]).buffer)];
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}

/** A whole number of at most 53 bits, seven bits a byte, the lowest first. */
function varintOf(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...out, rest];
}
