import type { EvaluationRecord } from "@grok/train";
import { expect, it } from "vitest";
import { GrowingRecords } from "./growing-records";

const line = (step: number) =>
  `${JSON.stringify({ step, epoch: null, train_loss: 1, train_acc: 0, val_loss: 1, val_acc: 0, elapsed_sec: 0 })}\n`;

/** A server of one file, which counts the bytes that it gives. */
function serverOf(text: string) {
  const server = {
    text,
    file: "a",
    given: 0,
    ask: async (headers?: Record<string, string>): Promise<Response> => {
      const bytes = new TextEncoder().encode(server.text);
      const from = Number(/^bytes=(\d+)-$/.exec(headers?.["Range"] ?? "")?.[1] ?? 0);
      const named = { "Grok-File": server.file };
      if (headers !== undefined && from >= bytes.length) {
        return new Response(null, { status: 416, headers: named });
      }
      const part = bytes.slice(from);
      server.given += part.length;
      return new Response(part, { status: headers === undefined ? 200 : 206, headers: named });
    },
  };
  return server;
}

const stepsOf = (records: EvaluationRecord[]) => records.map(({ step }) => step);

it("fetches only what was added, whole lines of it", async () => {
  const server = serverOf(line(1) + line(2));
  const records = new GrowingRecords();
  expect(stepsOf(await records.update(server.ask))).toEqual([1, 2]);
  server.text += line(3).slice(0, 20);
  server.given = 0;
  expect(stepsOf(await records.update(server.ask))).toEqual([1, 2]);
  server.text += line(3).slice(20);
  expect(stepsOf(await records.update(server.ask))).toEqual([1, 2, 3]);
  expect(server.given).toBe(1 + 20 + 1 + line(3).length);
  const before = await records.update(server.ask);
  expect(await records.update(server.ask)).not.toBe(before);
});

it("begins again with another file of that name, a shorter one too", async () => {
  const server = serverOf(line(1) + line(2) + line(3));
  const records = new GrowingRecords();
  await records.update(server.ask);
  Object.assign(server, { text: line(1) + line(4) + line(5) + line(6), file: "b" });
  expect(stepsOf(await records.update(server.ask))).toEqual([1, 4, 5, 6]);
  Object.assign(server, { text: line(1), file: "b" });
  expect(stepsOf(await records.update(server.ask))).toEqual([1]);
  Object.assign(server, { text: "", file: "c" });
  expect(await records.update(server.ask)).toEqual([]);
});
