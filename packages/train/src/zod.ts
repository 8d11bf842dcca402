/** The schemas of settings, with the very zod that the built-in kinds are made by. */
export * as z from "zod";
