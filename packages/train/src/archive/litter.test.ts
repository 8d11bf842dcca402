import { expect, it } from "vitest";
import { isLitter } from "./litter";

it("is what systems leave in folders", () => {
  for (const name of [
    "__MACOSX/",
    "__MACOSX/run/._config.json",
    "run/.DS_Store",
    "._config.json",
    "run/Icon\r",
    "run/plots/Thumbs.db",
    "DESKTOP.INI",
    "run/.lock",
    "run/checkpoints/.step-00000100.safetensors.0123456789ab.tmp",
    "run/checkpoints/step-00000100.safetensors.damaged",
  ]) {
    expect(isLitter(name), name).toBe(true);
  }
});

it("is no file of a run, nor anything that leads out of it", () => {
  for (const name of ["config.json", "run/", "plots/a.png", "../.lock", "..", "notes.txt"]) {
    expect(isLitter(name), name).toBe(false);
  }
});
