import { expect, it } from "vitest";
import { isDeviceName } from "./device-name";

it("is that of a device with any ending and in any case", () => {
  for (const name of ["con", "CON.svg", "nul.tar.gz", "com1", "LPT9.png", "aux .txt"]) {
    expect(isDeviceName(name), name).toBe(true);
  }
  for (const name of ["console", "con-1.svg", "com", "com10", "a.con", ""]) {
    expect(isDeviceName(name), name).toBe(false);
  }
});
