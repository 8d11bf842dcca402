import type * as z from "zod";

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** The type of a schema's output in TypeScript, with each field's description above it. */
export function typeText(schema: Schema): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
    case "number":
    case "boolean":
    case "unknown":
      return def.type;
    case "literal":
      return def.values.map((value) => JSON.stringify(value)).join(" | ");
    case "enum":
      return Object.values(def.entries)
        .map((value) => JSON.stringify(value))
        .join(" | ");
    case "nullable":
      return `${typeText(def.innerType)} | null`;
    case "optional":
      return `${typeText(def.innerType)} | undefined`;
    case "default":
    case "prefault":
    case "readonly":
      return typeText(def.innerType);
    case "pipe":
      return typeText(def.out);
    case "array":
      return `(${typeText(def.element)})[]`;
    case "record":
      return `Record<${typeText(def.keyType)}, ${typeText(def.valueType)}>`;
    case "union":
      return def.options.map((option) => typeText(option)).join(" | ");
    case "template_literal":
      return `\`${def.parts.map((part) => (isSchema(part) ? `\${${typeText(part)}}` : part)).join("")}\``;
    case "object": {
      const rest = def.catchall?._zod.def.type === "unknown" ? "[setting: string]: unknown;\n" : "";
      return `{\n${fieldsText(def.shape)}${rest}}`;
    }
    default:
      throw new Error(`a schema of type ${def.type} has no type here yet`);
  }
}

/** The fields of an object's type. */
export function fieldsText(shape: Shape): string {
  return Object.entries(shape)
    .map(([name, schema]) => {
      const sentence = sentenceOf(schema);
      const mark = schema._zod.optout === "optional" ? "?" : "";
      return `${sentence === undefined ? "" : `/** ${sentence} */\n`}${name}${mark}: ${typeText(schema)};\n`;
    })
    .join("");
}

/**
 * The type of a group of fields that one of them chooses: what all its variants have, in an interface,
 * and a variant each.
 *
 * @param choices the sentence of each name that the field has
 */
export function variantsText(
  name: string,
  sentence: string,
  schema: Schema,
  choices: ReadonlyMap<string, string>,
): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== "union") throw new Error(`${name} has no variants`);
  const shapes = def.options.map((option) => (option as z.ZodObject).shape as Shape);
  const [first = {}] = shapes;
  const isCommon = (key: string) => shapes.every((shape) => shape[key] === first[key]);
  const common = Object.entries(first).filter(([key]) => isCommon(key));
  const own = shapes.map((shape) =>
    Object.fromEntries(Object.entries(shape).filter(([key]) => !isCommon(key))),
  );
  const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
  const variants = own
    .map(({ [discriminator]: choice, ...rest }) => {
      const names = Array.from((choice as Schema)._zod.values ?? [], String);
      const sentences = names.map((each) => {
        const text = choices.get(each) ?? "";
        return names.length === 1 ? text : `${each}: ${text}`;
      });
      const type = typeText(choice as Schema);
      return `{\n/** ${sentences.join("; ")} */\n${discriminator}: ${type};\n${fieldsText(rest)}}`;
    })
    .join(" | ");
  if (common.length === 0) return `/** ${sentence} */\nexport type ${name} = ${variants};\n`;
  return `/** What every {@link ${name}} has. */
export interface Common${name} {
${fieldsText(Object.fromEntries(common))}}

/** ${sentence} */
export type ${name} = Common${name} & (${variants});
`;
}

function isSchema(part: unknown): part is Schema {
  return typeof part === "object" && part !== null && "_zod" in part;
}

/** A field's description as a comment has it. */
function sentenceOf(schema: Schema): string | undefined {
  return (schema as z.ZodType).description?.replaceAll("*/", "*\u200b/");
}
