import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Flushed } from "./flushed";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "grok-flushed-"));
  writeFileSync(join(root, "old"), "old");
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file and says which of it was flushed. */
function write(flushed: Flushed, name: string, text: string, flush: boolean): void {
  const path = join(root, name);
  const file = openSync(path, "a");
  appendFileSync(file, text);
  if (flush) {
    fsyncSync(file);
    flushed.file(file, path);
  }
  closeSync(file);
}

const read = (name: string) => readFileSync(join(root, name), "utf8");

it("keeps what was there, and loses names that were not flushed", () => {
  const flushed = new Flushed(root);
  write(flushed, "new", "new", true);
  mkdirSync(join(root, "folder"));
  flushed.lose("late");
  expect(readdirSync(root)).toEqual(["old"]);
  expect(read("old")).toBe("old");
});

it("loses contents that were not flushed, whatever their names", () => {
  const flushed = new Flushed(root);
  write(flushed, "half", "flushed", true);
  write(flushed, "half", " and not", false);
  write(flushed, "none", "none", false);
  flushed.lose("early");
  expect(readdirSync(root).sort()).toEqual(["half", "none", "old"]);
  expect([read("half"), read("none")]).toEqual(["flushed", ""]);
});

it("keeps a replaced file's old content until the folder is flushed, and the new one after", () => {
  for (const isFlushed of [false, true]) {
    const flushed = new Flushed(root);
    write(flushed, "unfinished", "new", true);
    renameSync(join(root, "unfinished"), join(root, "old"));
    if (isFlushed) flushed.folder(root);
    flushed.lose("late");
    expect(read("old")).toBe(isFlushed ? "new" : "old");
  }
});

it("shows a file renamed before its content was flushed as empty", () => {
  const flushed = new Flushed(root);
  write(flushed, "unfinished", "new", false);
  renameSync(join(root, "unfinished"), join(root, "old"));
  flushed.lose("early");
  expect(read("old")).toBe("");
});
