// Safetensors files, in plain typed arrays, which load nothing else.
export { type DecodedFile, decodeSafetensors } from "./decode";
export { encodeSafetensors } from "./encode";
export { SafetensorsError, type StoredTensor, type TensorFile } from "./format";
export { findNonFinite, type NonFinite } from "./non-finite";
