import * as z from "zod";

/** A place in an experiment, e.g. `optimizer.schedule.kind`. */
export type Path = string;

/** A group of fields: one object, or one of several that a field, the discriminator, chooses. */
export interface Group {
  /** The field that chooses, if any. */
  discriminator: string | null;
  variants: { names: string[]; shape: Record<string, z.ZodType> }[];
}

/** The group that a schema describes; null if it describes a single value. */
export function groupOf(schema: z.ZodType): Group | null {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodObject) {
    return { discriminator: null, variants: [{ names: [], shape: bare.shape }] };
  }
  if (!(bare instanceof z.ZodDiscriminatedUnion)) return null;
  const { discriminator } = bare.def;
  const variants = (bare.options as z.ZodObject[]).map(({ shape }) => ({
    names: names(shape[discriminator] as z.ZodType),
    shape: shape as Record<string, z.ZodType>,
  }));
  return { discriminator, variants };
}

/** Every schema that a place has, over all variants of the groups on the way to it. */
export function fieldsAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let found = [schema];
  for (const key of path.split(".")) {
    found = found.flatMap((parent) =>
      (groupOf(parent)?.variants ?? []).flatMap(({ shape }) => shape[key] ?? []),
    );
  }
  return found;
}

/**
 * The schema of what a value has under a key: a field of an object, of the variant that the value
 * names, or an entry of a list; undefined if the schema knows none.
 */
export function partOf(schema: z.ZodType, value: unknown, key: string): z.ZodType | undefined {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodArray) return bare.element as z.ZodType;
  const shape = shapeOf(bare, value);
  // A key like toString is no field, though every object has something of that name.
  if (shape !== undefined) return Object.hasOwn(shape, key) ? shape[key] : undefined;
  if (!(bare instanceof z.ZodUnion)) return undefined;
  for (const option of bare.options as z.ZodType[]) {
    const part = partOf(option, value, key);
    if (part !== undefined) return part;
  }
  return undefined;
}

/** The fields of the variant of a group that a value names; undefined if there is none. */
export function shapeOf(schema: z.ZodType, value: unknown): Record<string, z.ZodType> | undefined {
  const group = groupOf(schema);
  if (group === null) return undefined;
  if (group.discriminator === null) return group.variants[0]?.shape;
  // Not made into text: an object may be such that it cannot be.
  const name = (value as Record<string, unknown> | null | undefined)?.[group.discriminator];
  return group.variants.find(({ names }) => typeof name === "string" && names.includes(name))
    ?.shape;
}

/** The values that a field of fixed choices takes; null for other fields. */
export function choicesOf(schema: z.ZodType): string[] | null {
  const bare = unwrap(schema);
  const isChoice = bare instanceof z.ZodEnum || bare instanceof z.ZodLiteral;
  return isChoice ? names(bare) : null;
}

/** A field's default as its schema has it; undefined if it has none. */
export function defaultOf(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** What a field allows, as the end of a sentence: "a number greater than 0". */
export function allowed(schema: z.ZodType): string {
  return phrase(z.toJSONSchema(schema, { io: "input" }));
}

function phrase(json: z.core.JSONSchema.BaseSchema): string {
  if (json.title !== undefined) return json.title;
  const options = json.anyOf ?? json.oneOf;
  if (options !== undefined) {
    const phrases = options.map((option) => phrase(option as z.core.JSONSchema.BaseSchema));
    return [...new Set(phrases)].join(" or ");
  }
  if (json.enum !== undefined) return `one of ${json.enum.join(", ")}`;
  if (json.const !== undefined) return String(json.const);
  switch (json.type) {
    case "integer":
    case "number":
      return `${json.type === "integer" ? "a whole number" : "a number"}${bounds(json)}`;
    case "boolean":
      return "true or false";
    case "null":
      return "none";
    case "array":
      return "a list";
    case "string":
      return "a text";
    case "object":
      return "an object";
    default:
      return "something else"; // A schema that takes anything refuses nothing.
  }
}

function bounds(json: z.core.JSONSchema.BaseSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = json;
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? null : minimum;
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : maximum;
  if (least !== null && most !== null) return ` from ${least} to ${most}`;
  const parts: string[] = [];
  if (least !== null) parts.push(`of at least ${least}`);
  if (exclusiveMinimum !== undefined) parts.push(`greater than ${exclusiveMinimum}`);
  if (most !== null) parts.push(`at most ${most}`);
  if (exclusiveMaximum !== undefined) parts.push(`less than ${exclusiveMaximum}`);
  if (parts.length > 0) return ` ${parts.join(" and ")}`;
  return json.type === "integer" ? " of at most 2^53 − 1 in size" : "";
}

function names(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  let bare = schema;
  while (
    bare instanceof z.ZodDefault ||
    bare instanceof z.ZodPrefault ||
    bare instanceof z.ZodOptional ||
    bare instanceof z.ZodNullable
  ) {
    bare = bare.def.innerType as z.ZodType;
  }
  return bare;
}
