// Each is a chunk of its own in what is built, so that files of tensors load no schemas, and zod is
// whole only for those who take it from here.
export * from "./safetensors/index";
export * from "./training";
export { z } from "./zod";
