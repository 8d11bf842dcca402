import { described, printable } from "../experiment/printable";
import { JsonError } from "../json/json-error";
import { parseJson } from "../json/parse-json";
import { convertTensor, dtypes } from "./dtype";
import {
  checkName,
  elementCount,
  SafetensorsError,
  type StoredTensor,
  type TensorFile,
} from "./format";

/** The longest header that is read: some 40,000 tensors, far more than any network here has. */
const maxHeaderBytes = 4 * 1024 * 1024;
const maxTensors = 10_000;
const maxRank = 8;

/** A safetensors file as it was read. */
export interface DecodedFile extends TensorFile {
  /** A sentence for each tensor that is not as the file has it: converted, or left out. */
  notices: string[];
}

/**
 * Reads a safetensors file, strictly: the tensors lie one after the other, without hole or overlap,
 * and end where the file ends; a header of at most 4 MiB, without a key twice, and at most 10,000
 * tensors, of names of at most 256 characters and at most 8 dimensions.
 *
 * F32 and I32 are given as they are. F16, BF16 and F64 become float32; BOOL and the other integers
 * int32, if all of their values fit; what remains is left out. `notices` names each of them.
 *
 * The arrays returned are copies. They may hold NaN and infinities: `findNonFinite` says where.
 *
 * @throws SafetensorsError in a sentence, on anything else
 */
export function decodeSafetensors(bytes: Uint8Array): DecodedFile {
  const { header, dataStart } = readHeader(bytes);
  // Node's Buffer is a Uint8Array whose slice() does not copy; this one's does.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(dataStart);
  let metadata: Record<string, string> = {};
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") metadata = readMetadata(value);
    else entries.push(readEntry(name, value));
  }
  if (entries.length > maxTensors) {
    throw new SafetensorsError(
      `The file says it has ${entries.length} tensors; allowed: ${maxTensors}.`,
    );
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const tensors = new Map<string, StoredTensor>();
  const notices: string[] = [];
  let position = 0;
  for (const { name, dtype, shape, begin, end } of entries) {
    if (begin !== position) {
      const fault = begin > position ? "leaves a hole before" : "overlaps the tensor before";
      throw new SafetensorsError(`Tensor ${printable(name)} ${fault} byte ${begin} of the data.`);
    }
    if (end > data.length) {
      throw new SafetensorsError(
        `Tensor ${printable(name)} ends at byte ${end} of the data, which has only ${data.length}: the file is cut short.`,
      );
    }
    const read = convertTensor(name, dtype, data.slice(begin, end));
    if (read.data !== null) tensors.set(name, { shape, data: read.data });
    if (read.notice !== undefined) notices.push(read.notice);
    position = end;
  }
  if (position !== data.length) {
    throw new SafetensorsError(
      `${data.length - position} bytes follow the last tensor; the file must end with it.`,
    );
  }
  return { tensors, metadata, notices };
}

interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) {
    throw new SafetensorsError(`A safetensors file has at least 8 bytes, not ${bytes.length}.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(maxHeaderBytes)) {
    throw new SafetensorsError(
      `The header says it has ${length} bytes; allowed: ${maxHeaderBytes}.`,
    );
  }
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) {
    throw new SafetensorsError("The file ends before its header does: it is cut short.");
  }
  const header = parse(bytes.subarray(8, dataStart));
  if (!isObject(header)) throw new SafetensorsError("The header is not a JSON object.");
  return { header, dataStart };
}

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SafetensorsError("The header is not JSON in UTF-8.");
  }
  try {
    return parseJson(text, maxHeaderBytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new SafetensorsError(error.message.replace(/^It /, "The header "), { cause: error });
  }
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === "string")) {
    throw new SafetensorsError("The header's __metadata__ is not a record of strings.");
  }
  return value as Record<string, string>;
}

function readEntry(name: string, value: unknown): Entry {
  checkName(name);
  const tensor = `Tensor ${printable(name)}`;
  if (!isObject(value)) throw new SafetensorsError(`${tensor} has no description.`);
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new SafetensorsError(`${tensor} has an unknown key ${printable(unknown)}.`);
  }
  const kind = typeof dtype === "string" ? dtypes.get(dtype) : undefined;
  if (typeof dtype !== "string" || kind === undefined) {
    throw new SafetensorsError(
      `${tensor} has dtype ${described(dtype)}; there are ${[...dtypes.keys()].join(", ")}.`,
    );
  }
  if (!isCounts(shape) || shape.length > maxRank) {
    throw new SafetensorsError(`${tensor} has no valid shape of at most ${maxRank} sizes.`);
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw new SafetensorsError(`${tensor} has no valid data_offsets.`);
  }
  const [begin, end] = offsets as [number, number];
  if (end < begin) {
    throw new SafetensorsError(`${tensor} ends at byte ${end}, before it begins at ${begin}.`);
  }
  if (begin % kind.bytes !== 0) {
    throw new SafetensorsError(
      `${tensor} begins at byte ${begin}, which is no multiple of ${kind.bytes}.`,
    );
  }
  const size = elementCount(shape) * kind.bytes;
  // A product beyond 2^53 is not exact, and more than any file holds.
  if (!Number.isSafeInteger(size)) {
    throw new SafetensorsError(`${tensor} is larger than any file: shape [${shape.join(", ")}].`);
  }
  if (end - begin !== size) {
    throw new SafetensorsError(
      `${tensor} takes ${end - begin} bytes, but its shape [${shape.join(", ")}] needs ${size}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
