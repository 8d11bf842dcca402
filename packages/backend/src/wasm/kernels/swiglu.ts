import { Op } from "../op";
import { kernel, sizeOf } from "./kernel";

/** An exponential and a division count for about this many multiply-adds. */
const WORK = 16;

export const swigluKernels = [
  kernel("GrokSwiglu", (host, { gate, up }) => {
    const y = host.output(gate.shape, "float32");
    const count = sizeOf(gate);
    host.run(
      Op.Swiglu,
      [host.pointer(gate), host.pointer(up), host.pointer(y), count],
      [],
      count * WORK,
    );
    return [y];
  }),
  kernel("GrokSwigluGrad", (host, { gate, up, dy }) => {
    const dGate = host.output(gate.shape, "float32");
    const dUp = host.output(gate.shape, "float32");
    const count = sizeOf(gate);
    host.run(
      Op.SwigluGradient,
      [dy, gate, up, dGate, dUp].map((info) => host.pointer(info)).concat(count),
      [],
      count * WORK,
    );
    return [dGate, dUp];
  }),
];
