import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { errorSentence, systemRefusal } from "./system-error";

/** An error of the system. */
const failed = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: no space left on device, write`), { code, path });

it("says what the system refused, and what that is about", () => {
  expect(systemRefusal(failed("ENOSPC", "runs/x"))).toEqual({
    reason: "the disk is full (runs/x)",
    blame: "machine",
  });
  expect(systemRefusal(failed("EROFS"))).toEqual({
    reason: "the disk can only be read",
    blame: "place",
  });
  expect(systemRefusal(failed("ENOENT"))?.blame).toBe("request");
  for (const other of [new Error("x"), failed("toString"), null, undefined, "ENOSPC"]) {
    expect(systemRefusal(other)).toBeNull();
  }
  let thrown: unknown;
  try {
    readFileSync("/does/not/exist");
  } catch (error) {
    thrown = error;
  }
  expect(errorSentence(thrown)).toBe("It does not exist (/does/not/exist).");
});

it("leaves sentences of others as they are", () => {
  expect(errorSentence(failed("ENOSPC"))).toBe("The disk is full.");
  expect(errorSentence(new RangeError("p must be prime."))).toBe("p must be prime.");
  expect(errorSentence("odd")).toBe("odd");
});
