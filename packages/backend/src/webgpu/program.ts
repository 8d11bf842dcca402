/** How a program sees a buffer. */
export interface BufferSpec {
  name: string;
  type: "f32" | "i32" | "u32";
  /** Whether it writes to it, too. */
  writes?: boolean;
}

/** A number that a program is told, in 4 bytes. */
export interface ParameterSpec {
  name: string;
  type: "f32" | "i32" | "u32";
}

/** A compute program: its bindings, and its code in WGSL. */
export interface Program {
  /** Of all that the source depends on: programs of one key are compiled once. */
  key: string;
  buffers: readonly BufferSpec[];
  parameters: readonly ParameterSpec[];
  /** Threads of a workgroup. */
  threads: number;
  /** Declarations besides the bindings: functions, workgroup memory. */
  declarations?: string;
  /** The body of `main`; it knows `group`, the workgroup's index, and `thread`, the thread's in it. */
  body: string;
}

/** Workgroups in a row: more are laid out in rows of so many, as a dimension is limited. */
export const ROW = 32768;

/** A program's WGSL. */
export function sourceOf({
  buffers,
  parameters,
  threads,
  declarations = "",
  body,
}: Program): string {
  const bindings = buffers.map(
    ({ name, type, writes }, i) =>
      `@group(0) @binding(${i}) var<storage, ${writes ? "read_write" : "read"}> ${name}: array<${type}>;`,
  );
  if (parameters.length > 0) {
    bindings.push(
      `@group(0) @binding(${buffers.length}) var<uniform> settings: array<vec4<u32>, ${Math.ceil(parameters.length / 4)}>;`,
    );
  }
  const settings = parameters.map(
    ({ name, type }, i) => `fn ${name}() -> ${type} { return ${read(type, i)}; }`,
  );
  return `${bindings.join("\n")}
${settings.join("\n")}
${declarations}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let group = workgroup.x + workgroup.y * ${ROW}u;
${body}
}
`;
}

function read(type: ParameterSpec["type"], i: number): string {
  const element = `settings[${i >> 2}u].${"xyzw"[i & 3]}`;
  return type === "u32" ? element : `bitcast<${type}>(${element})`;
}

/** A program's settings, as it reads them. */
export function packSettings(
  parameters: readonly ParameterSpec[],
  values: readonly number[],
): Uint32Array {
  const words = new Uint32Array(4 * Math.ceil(parameters.length / 4));
  const floats = new Float32Array(words.buffer);
  for (const [i, { type }] of parameters.entries()) {
    const value = values[i] as number;
    if (type === "f32") floats[i] = value;
    else words[i] = value;
  }
  return words;
}
