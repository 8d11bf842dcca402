import { activationSource, derivativeSource } from "../activation";
import type { Call } from "../call";
import type { BufferSpec, ParameterSpec, Program } from "../program";
import type { Value } from "../value";
import { type Factor, inputsOf, type MatmulSpec, outputsOf } from "./spec";
import { DEPTH, THREADS, TILE } from "./tile";

/** How many buffers a call of these jobs binds. */
export function buffersOf(specs: readonly MatmulSpec[]): number {
  return new Set(specs.flatMap((spec) => [...inputsOf(spec), ...outputsOf(spec)])).size;
}

/** How many workgroups a job takes. */
function tilesOf({ m, n, batch }: MatmulSpec): number {
  return Math.ceil(m / TILE) * Math.ceil(n / TILE) * batch;
}

/**
 * One call for several products that do not need each other: each gets its share of the workgroups.
 * The source is made for the jobs' kinds (which factors are transposed, what is done at the end);
 * sizes are settings.
 */
export function groupCall(specs: readonly MatmulSpec[]): Call {
  const values: Value[] = [];
  const buffers: BufferSpec[] = [];
  const bind = (value: Value, writes: boolean): string => {
    let at = values.indexOf(value);
    if (at < 0) {
      at = values.push(value) - 1;
      buffers.push({ name: `v${at}`, type: "f32", writes });
    }
    return `v${at}`;
  };
  const parameters: ParameterSpec[] = [];
  const settings: number[] = [];
  const setting = (name: string, value: number, type: "u32" | "f32" = "u32"): string => {
    parameters.push({ name, type });
    settings.push(value);
    return `${name}()`;
  };
  let groups = 0;
  const functions: string[] = [];
  const branches: string[] = [];
  for (const [index, spec] of specs.entries()) {
    const start = setting(`start${index}`, groups);
    groups += tilesOf(spec);
    const end = setting(`end${index}`, groups);
    functions.push(jobSource(index, spec, bind, setting));
    branches.push(
      `if (group >= ${start} && group < ${end}) { job${index}(group - ${start}, thread); }`,
    );
  }
  const declarations = `var<workgroup> tileA: array<f32, ${DEPTH * TILE}>;
var<workgroup> tileB: array<f32, ${DEPTH * TILE}>;
${activationSource}
${functions.join("\n")}`;
  const body = branches.join(" else ");
  const program: Program = {
    key: `${buffers.map(({ writes }) => (writes ? "w" : "r")).join("")}\n${declarations}`,
    buffers,
    parameters,
    threads: THREADS,
    declarations,
    body,
  };
  return { program, values, settings, groups };
}

function jobSource(
  index: number,
  spec: MatmulSpec,
  bind: (value: Value, writes: boolean) => string,
  setting: (name: string, value: number, type?: "u32" | "f32") => string,
): string {
  const name = (what: string) => `${what}${index}`;
  const m = setting(name("m"), spec.m);
  const n = setting(name("n"), spec.n);
  const products = spec.terms.map((term, t) => {
    const inner = setting(name(`inner${t}_`), term.inner);
    const a = factorSource(term.a, name(`a${t}_`), bind, setting);
    const b = factorSource(term.b, name(`b${t}_`), bind, setting);
    // Neighbouring threads take neighbouring elements of memory.
    const alongRowsOfA = term.a.rowStride === 1 && term.a.columnStride !== 1;
    const alongRowsOfB = term.b.rowStride === 1 && term.b.columnStride !== 1;
    return `for (var k0 = 0u; k0 < ${inner}; k0 += ${DEPTH}u) {
    for (var l = thread; l < ${DEPTH * TILE}u; l += ${THREADS}u) {
      {
        let i = ${alongRowsOfA ? `l % ${TILE}u` : `l / ${DEPTH}u`};
        let k = ${alongRowsOfA ? `l / ${TILE}u` : `l % ${DEPTH}u`};
        let row = i0 + i;
        let column = k0 + k;
        var x = 0.0;
        if (row < ${m} && column < ${inner}) { ${a} }
        tileA[k * ${TILE}u + i] = x;
      }
      {
        let j = ${alongRowsOfB ? `l / ${DEPTH}u` : `l % ${TILE}u`};
        let k = ${alongRowsOfB ? `l % ${DEPTH}u` : `l / ${TILE}u`};
        let row = k0 + k;
        let column = j0 + j;
        var x = 0.0;
        if (row < ${inner} && column < ${n}) { ${b} }
        tileB[k * ${TILE}u + j] = x;
      }
    }
    workgroupBarrier();
    for (var k = 0u; k < ${DEPTH}u; k++) {
      let a = k * ${TILE}u + 4u * ty;
      let b = k * ${TILE}u + 4u * tx;
      let right = vec4<f32>(tileB[b], tileB[b + 1u], tileB[b + 2u], tileB[b + 3u]);
      c[0] = fma(vec4<f32>(tileA[a]), right, c[0]);
      c[1] = fma(vec4<f32>(tileA[a + 1u]), right, c[1]);
      c[2] = fma(vec4<f32>(tileA[a + 2u]), right, c[2]);
      c[3] = fma(vec4<f32>(tileA[a + 3u]), right, c[3]);
    }
    workgroupBarrier();
  }`;
  });
  return `fn job${index}(tile: u32, thread: u32) {
  let across = (${n} + ${TILE - 1}u) / ${TILE}u;
  let down = (${m} + ${TILE - 1}u) / ${TILE}u;
  let batch = tile / (across * down);
  let rest = tile % (across * down);
  let i0 = (rest / across) * ${TILE}u;
  let j0 = (rest % across) * ${TILE}u;
  let ty = thread / 8u;
  let tx = thread % 8u;
  var c: array<vec4<f32>, 4>;
  ${products.join("\n  ")}
  for (var r = 0u; r < 4u; r++) {
    let row = i0 + 4u * ty + r;
    if (row >= ${m}) { break; }
    for (var s = 0u; s < 4u; s++) {
      let column = j0 + 4u * tx + s;
      if (column >= ${n}) { break; }
      let at = (batch * ${m} + row) * ${n} + column;
      ${endSource(spec, bind, setting(name("alpha"), spec.alpha, "f32"))}
    }
  }
}`;
}

/** Sets `x` to the element at `row` and `column`. */
function factorSource(
  { value, rowStride, columnStride, batchStride, offset, derivative }: Factor,
  name: string,
  bind: (value: Value, writes: boolean) => string,
  setting: (name: string, value: number) => string,
): string {
  if (value === undefined) return "x = 1.0;";
  const parts = [
    setting(`${name}offset`, offset),
    `batch * ${setting(`${name}batch`, batchStride)}`,
    `row * ${setting(`${name}row`, rowStride)}`,
    `column * ${setting(`${name}column`, columnStride)}`,
  ];
  const index = `let at = ${parts.join(" + ")};`;
  const element = `x = ${bind(value, false)}[at];`;
  if (derivative === undefined) return `${index} ${element}`;
  return `${index} ${element} x *= ${derivativeSource(derivative.kind, `${bind(derivative.at, false)}[at]`)};`;
}

/** What is done with a finished element. */
function endSource(
  { bias, activation, preactivation, addend, out }: MatmulSpec,
  bind: (value: Value, writes: boolean) => string,
  alpha: string,
): string {
  const lines = [`var z = c[r][s] * ${alpha};`];
  if (bias !== undefined) lines.push(`z += ${bind(bias, false)}[column];`);
  if (preactivation !== undefined) lines.push(`${bind(preactivation, true)}[at] = z;`);
  if (activation !== "none") lines.push(`z = ${activation}(z);`);
  if (addend !== undefined) lines.push(`z += ${bind(addend, false)}[at];`);
  lines.push(`${bind(out, true)}[at] = z;`);
  return lines.join("\n      ");
}
