// The thread of build-kernels.mjs that compiles: gets variants, one at a time, and answers with the
// bytes of each module.
import { on } from "node:events";
import { parentPort } from "node:worker_threads";
import asc from "assemblyscript/asc";

for await (const [{ name, sources, simd, shared }] of on(parentPort, "message")) {
  const bytes = await compile(asc, sources, simd, shared);
  checkModule(name, bytes);
  parentPort.postMessage(bytes);
}

async function compile(asc, sources, simd, shared) {
  let wasm;
  const files = simd === "wide" ? widened(sources) : sources;
  const features = [
    "simd",
    ...(simd !== "plain" ? ["relaxed-simd"] : []),
    ...(shared ? ["threads"] : []),
  ];
  const { error, stderr } = await asc.main(
    [
      "assembly/index.ts",
      "--outFile",
      "kernels.wasm",
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      // The module lives in TensorFlow.js's memory: it must not own a byte of it.
      "--importMemory",
      "--noExportMemory",
      "--initialMemory",
      "1",
      "--maximumMemory",
      "65536",
      ...(shared ? ["--sharedMemory"] : []),
      "--enable",
      features.join(","),
      "--use",
      "abort=",
      // "Exchange of 'v128' values": between the module's own functions only.
      "--disableWarning",
      "112",
    ],
    {
      readFile: (name) => files.get(name.replaceAll("\\", "/")) ?? null,
      writeFile: (_name, contents) => {
        wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || wasm === undefined) {
    throw new Error(`assembly/ does not compile:\n${stderr.toString()}`, { cause: error });
  }
  return wasm;
}

/** The sources with `WIDE` set. */
function widened(sources) {
  const path = "assembly/build.ts";
  const text = sources.get(path);
  const wide = text.replace("WIDE: bool = false", "WIDE: bool = true");
  if (wide === text) throw new Error(`${path} has no WIDE that is false`);
  return new Map(sources).set(path, wide);
}

/** A data segment would overwrite tensors: refuses a module that has one. */
function checkModule(name, bytes) {
  const dataSection = 11;
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if (id === dataSection) {
      throw new Error(
        `${name}: assembly/ has static data (a string, an array?); it may not own memory`,
      );
    }
    at += size;
  }
}
