import type * as z from "zod";
import type { Label } from "../kind/kind";
import { ExperimentError } from "./error";
import { allowed, type Path, partOf, shapeOf } from "./field";
import { described, printable } from "./printable";
import { suggestion } from "./suggestion";

/**
 * Parses data by a schema.
 *
 * @param at the place of the data in the experiment; empty for all of it
 * @throws ExperimentError for the first fault found, in a sentence
 */
export function parse<S extends z.ZodType>(
  schema: S,
  data: unknown,
  at: Path = "",
  label: Label = (path) => path,
): z.infer<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const { error: cause } = result;
  const issue = cause.issues[0] as z.core.$ZodIssue;
  const keys = issue.path.map(String);
  const place = (more: string[] = []) =>
    [at, ...keys, ...more].filter((key) => key !== "").join(".");
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] as string;
    const shape = fieldSchema(schema, data, keys).shape ?? {};
    throw new ExperimentError(
      `Unknown key ${printable(place([key]))}${suggestion(key, Object.keys(shape)) || "."}`,
      { cause },
    );
  }
  const value = keys.reduce<unknown>(
    (parent, key) => (parent as Record<string, unknown> | null | undefined)?.[key],
    data,
  );
  const choices = "options" in issue ? (issue.options as unknown[] | undefined) : undefined;
  const field = fieldSchema(schema, data, keys).schema;
  const rule = choices !== undefined ? `one of ${choices.join(", ")}` : allowedAt(field, keys);
  const names = choices?.map(String) ?? [];
  const not = value === undefined ? "and is missing" : `not ${described(value)}`;
  const hint = typeof value === "string" ? suggestion(value, names) : "";
  const subject = label(printable(place())) || "It";
  throw new ExperimentError(`${subject} must be ${rule}, ${not}${hint || "."}`, { cause });
}

function allowedAt(field: z.ZodType | undefined, keys: string[]): string {
  return field === undefined ? `valid (${keys.join(".")})` : allowed(field);
}

/** Walks down a schema with the data at hand, choosing the variants that the data names. */
function fieldSchema(
  root: z.ZodType,
  data: unknown,
  keys: string[],
): { schema?: z.ZodType; shape?: Record<string, z.ZodType> } {
  let schema: z.ZodType | undefined = root;
  let value = data;
  for (const key of keys) {
    schema = schema === undefined ? undefined : partOf(schema, value, key);
    value = (value as Record<string, unknown> | null | undefined)?.[key];
  }
  return { schema, shape: schema === undefined ? undefined : shapeOf(schema, value) };
}
