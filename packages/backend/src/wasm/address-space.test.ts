import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { readAddressSpace, shareAddressSpace } from "./address-space";

const GIB = 2 ** 30;

it("reads what Linux tells of a process", () => {
  const limits = (value: string) =>
    `Max processes             95986                95986                processes \nMax address space         ${value}  unlimited            bytes     \n`;
  const status = "VmPeak:\t 1209640 kB\nVmSize:\t 1209636 kB\n";
  expect(readAddressSpace(limits("10240000000         "), status)).toEqual({
    limit: 10_240_000_000,
    used: 1_209_636 * 1024,
  });
  expect(readAddressSpace(limits("unlimited           "), status)).toBeNull();
  expect(readAddressSpace("", "")).toBeNull();
});

it("leaves addresses for threads and the heap, whatever the limit", () => {
  for (const limit of [2, 3, 6, 10, 32, 1000].map((gib) => gib * GIB)) {
    const used = 1.3 * GIB;
    const { memoryPages, threads } = shareAddressSpace(limit, used);
    const memories = 4 * memoryPages * 2 ** 16;
    expect(memoryPages).toBeGreaterThanOrEqual(256);
    expect(memoryPages).toBeLessThanOrEqual(65_536);
    expect(threads).toBeGreaterThanOrEqual(1);
    if (threads > 1) {
      expect(used + memories + (threads - 1) * 640 * 2 ** 20).toBeLessThan(limit);
    }
  }
  expect(shareAddressSpace(3 * GIB, 1.3 * GIB).threads).toBe(1);
  expect(shareAddressSpace(1000 * GIB, GIB)).toMatchObject({ memoryPages: 65_536 });
});

it.runIf(process.platform === "linux")("says what helps an engine that reserves too much", () => {
  // An engine before Node 24's, which gives no memory at all within the limit.
  const script = `
    WebAssembly.Memory = function () { throw new RangeError("WebAssembly.Memory(): could not allocate memory"); };
    const { useBackend, stopBackend } = await import(INDEX);
    const { name, notice } = await useBackend("auto");
    console.log(name + ": " + notice);
    await stopBackend();`;
  expect(limited(script)).toMatch(
    /^cpu: WebAssembly gets no memory within the 3\.8 GiB of addresses .*NODE_OPTIONS=--disable-wasm-trap-handler, or raise the limit\. The slower backend cpu computes instead\.\n$/,
  );
});

it.runIf(process.platform === "linux")("trains on threads within 4 GB of addresses", () => {
  const script = `
    const { useBackend, stopBackend } = await import(INDEX);
    const { name, threads } = await useBackend("auto");
    console.log(name, threads);
    await stopBackend();`;
  expect(limited(script)).toMatch(/^wasm \d+\n$/);
});

/** What a script says in a process of its own that may use 4 GB of addresses; INDEX is this package. */
function limited(script: string): string {
  const index = JSON.stringify(new URL("../index.ts", import.meta.url).href);
  const hooks = new URL("../../../../scripts/from-source.mjs", import.meta.url).href;
  const flags = ["--conditions=@grok/source", "--experimental-transform-types", "--no-warnings"];
  const node = [
    process.execPath,
    ...flags,
    `--import=${hooks}`,
    "--input-type=module",
    "-e",
    script.replace("INDEX", index),
  ];
  return execFileSync("sh", ["-c", 'ulimit -v 4000000; exec "$@"', "sh", ...node], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
}
