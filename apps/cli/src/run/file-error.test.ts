import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UsageError } from "../usage-error";
import { RunFailure } from "./failure";
import { withFileErrors } from "./file-error";

const refused = (code: string, path?: string) => async () => {
  throw Object.assign(new Error("no"), { code, path });
};

it("says in one sentence why the system refused", async () => {
  const error = await withFileErrors(
    "The run cannot be written",
    refused("EACCES", "runs/x"),
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toBe(
    "The run cannot be written: permission is denied (runs/x).",
  );
  await expect(withFileErrors("It fails", refused("EROFS"))).rejects.toThrow(
    "It fails: the disk can only be read.",
  );
});

it("does not call it wrong use if the machine fails", async () => {
  const full = withFileErrors("The run cannot be written", refused("ENOSPC"));
  await expect(full).rejects.toThrow(RunFailure);
  await expect(full).rejects.toThrow("The run cannot be written: the disk is full.");
});

it("knows what Node says of a file in the way", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-file-"));
  await writeFile(join(folder, "file"), "");
  await expect(withFileErrors("It fails", () => mkdir(join(folder, "file", "x")))).rejects.toThrow(
    "It fails: a file is in the way",
  );
  await rm(folder, { recursive: true });
});

it("passes on what is no refusal, and what was done", async () => {
  await expect(withFileErrors("It", refused("EWHATEVER"))).rejects.toThrow("no");
  await expect(withFileErrors("It", () => Promise.resolve(7))).resolves.toBe(7);
});
