export * from "./training";
export { z } from "./zod";
