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

it("names a file that is being written as people know it, and its folder if that is missing", () => {
  const full = systemRefusal(failed("ENOSPC", "runs/x/plots/.loss.svg.31efeaf6c5b1.tmp"));
  expect(full?.reason).toBe("the disk is full (runs/x/plots/loss.svg)");
  const lock = "runs/x/.lock.aeb60bbf-43de-45a7-a02c-b9d76ce2ea74";
  expect(systemRefusal(failed("EROFS", lock))?.reason).toBe(
    "the disk can only be read (runs/x/.lock)",
  );
  const missing = systemRefusal(failed("ENOENT", "none/.x.zip.6d26438024a5.tmp"));
  expect(missing?.reason).toBe("there is no folder none");
  expect(systemRefusal(failed("ENOENT", ".x.zip.6d26438024a5.tmp"))?.reason).toBe(
    "there is no folder .",
  );
});

it("leaves sentences of others as they are", () => {
  expect(errorSentence(failed("ENOSPC"))).toBe("The disk is full.");
  expect(errorSentence(new RangeError("p must be prime."))).toBe("p must be prime.");
  expect(errorSentence("odd")).toBe("odd");
});
