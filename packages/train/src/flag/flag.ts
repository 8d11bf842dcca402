import type * as z from "zod";
import { choicesOf, fieldsAt, type Path } from "../experiment/field";

/** A heading of the command's help. */
export type FlagGroup = "task" | "model" | "optimizer" | "training" | "run" | "output";

/** An option of the command line, as data. */
export interface Flag {
  /** Without the dashes, e.g. `train-fraction`. */
  name: string;
  /** Other names, from the systems reproduced. */
  aliases: string[];
  group: FlagGroup;
  /**
   * The place of the experiment that it sets; null for what does not change the run (`output`), and
   * for `epochs`, which becomes `training.steps`.
   */
  path: Path | null;
  /**
   * A `boolean` is given as `--name` or `--no-name`, the others with a value. A `number` may be
   * given as text. Flags that can be switched off take the value `none`.
   */
  type: "number" | "string" | "boolean" | "choice";
  /** The values of a `choice`. */
  choices: string[] | null;
  /** What the help says, without the default. */
  description: string;
  /** Whether it decides which other flags have a meaning, as it chooses a kind. */
  decides: boolean;
  /** Whether its value is a file, by path on the command line and by name and digest in data. */
  isFile: boolean;
}

/** What a table row gives of a flag; the rest follows from the schema. */
interface Row {
  aliases?: readonly string[];
  description?: string;
  decides?: boolean;
  isFile?: boolean;
}

/** Describes the flag for a place in the experiments of a schema. */
export function field(
  schema: z.ZodType,
  group: FlagGroup,
  name: string,
  path: Path,
  row: Row = {},
): Flag {
  const schemas = fieldsAt(schema, path);
  if (schemas.length === 0) throw new TypeError(`There is no field ${path} in an experiment.`);
  const choices = [...new Set(schemas.flatMap((each) => choicesOf(each) ?? []))];
  const description = row.description ?? schemas[0]?.description;
  if (description === undefined) throw new TypeError(`The field ${path} has no description.`);
  return {
    name,
    aliases: [...(row.aliases ?? [])],
    group,
    path,
    type: choices.length > 0 ? "choice" : typeOf(schemas[0] as z.ZodType),
    choices: choices.length > 0 ? choices : null,
    description,
    decides: row.decides ?? false,
    isFile: row.isFile ?? false,
  };
}

function typeOf(schema: z.ZodType): Flag["type"] {
  if (schema.safeParse(true).success) return "boolean";
  return [0.5, 2].some((value) => schema.safeParse(value).success) ? "number" : "string";
}
