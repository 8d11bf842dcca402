import { expect, test } from "vitest";
import { maskedCrc32c } from "./crc32c";
import { eventFileOf } from "./event-file";

type Field = { field: number; value: number | Uint8Array };

/** The fields of a message of Protocol Buffers, as another reader would take it apart. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const field = key >> 3;
    switch (key & 7) {
      case 0:
        fields.push({ field, value: varint() });
        break;
      case 1:
        fields.push({ field, value: view.getFloat64(at, true) });
        at += 8;
        break;
      case 2: {
        const length = varint();
        fields.push({ field, value: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      default:
        fields.push({ field, value: view.getFloat32(at, true) });
        at += 4;
    }
  }
  return fields;
}

/** The events of a file, each with both sums checked. */
function eventsOf(file: Uint8Array): Field[][] {
  const view = new DataView(file.buffer);
  const events: Field[][] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedCrc32c(file.subarray(at, at + 8)));
    const event = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedCrc32c(event));
    events.push(fieldsOf(event));
    at += length + 16;
  }
  return events;
}

const text = (bytes: number | Uint8Array | undefined) =>
  new TextDecoder().decode(bytes as Uint8Array);

test("an event file has its version, then an event per evaluation with a scalar per column", () => {
  const records = [
    { step: 0, epoch: 0, train_acc: 0.25, val_acc: null, elapsed_sec: 0 },
    { step: 3_000_000_000, epoch: 1, train_acc: 1, val_acc: 0.5, elapsed_sec: 2.5 },
  ];
  const [version, ...events] = eventsOf(eventFileOf(records as never, { startTime: 1000 }));
  expect(version?.[0]).toEqual({ field: 1, value: 1000 });
  expect(version?.[1]?.field).toBe(3);
  expect(text(version?.[1]?.value)).toBe("brain.Event:2");

  const read = events.map((event) => {
    const [time, step, summary] = event;
    const scalars = fieldsOf(summary?.value as Uint8Array).map(({ value }) => {
      const [tag, scalar] = fieldsOf(value as Uint8Array);
      return [text(tag?.value), scalar?.value];
    });
    return { time: time?.value, step: step?.value, scalars: Object.fromEntries(scalars) };
  });
  expect(read).toEqual([
    { time: 1000, step: 0, scalars: { epoch: 0, train_acc: 0.25, elapsed_sec: 0 } },
    {
      time: 1002.5,
      step: 3_000_000_000,
      scalars: { epoch: 1, train_acc: 1, val_acc: 0.5, elapsed_sec: 2.5 },
    },
  ]);
});
