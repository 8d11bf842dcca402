import type * as z from "zod";
import { ExperimentError } from "../experiment/error";
import { groupOf } from "../experiment/field";
import type { FlagNames } from "../kind/kind";
import type { KindsWithSchema } from "../kind/kinds";
import type { ModelKind } from "../kind/model-kind";
import { type Flag, type FlagGroup, field } from "./flag";
import { kebab } from "./kebab";

/** What flags need to know of a kind. */
interface Flagged {
  readonly name: string;
  readonly settings: z.ZodObject;
  readonly flags?: Readonly<Record<string, FlagNames | undefined>>;
  readonly decidedBy?: string;
  readonly files?: readonly string[];
}

/**
 * The flags of kinds' settings at a place of the experiment, one for each setting, in the order of the
 * kinds. Settings of one name are one flag.
 *
 * @throws ExperimentError if two kinds call the flags of one setting differently, naming both
 */
export function kindFlags(
  kinds: KindsWithSchema,
  group: FlagGroup,
  at: string,
  of: Iterable<Flagged>,
): Flag[] {
  const found = new Map<
    string,
    { names: FlagNames; kind: string; decides: boolean; isFile: boolean }
  >();
  for (const kind of of) {
    for (const key of Object.keys(kind.settings.shape)) {
      const names = kind.flags?.[key] ?? {};
      const before = found.get(key);
      if (before === undefined) {
        const isFile = kind.files?.includes(key) ?? false;
        found.set(key, { names, kind: kind.name, decides: kind.decidedBy === key, isFile });
      } else if ((names.name ?? before.names.name) !== before.names.name) {
        throw new ExperimentError(
          `${kind.name} calls the flag of ${at}.${key} ${names.name}, and ${before.kind} ${before.names.name ?? key}; one setting has one flag.`,
        );
      }
    }
  }
  return Array.from(found, ([key, { names, decides, isFile }]) => {
    const { name = key, aliases = [], description } = names;
    const row = { aliases: aliases.map(kebab), description, decides, isFile };
    return field(kinds.schema, group, kebab(name), `${at}.${key}`, row);
  });
}

/** The flags of gradient transforms: one each, or one for each field of its value. */
export function transformFlags(kinds: KindsWithSchema): Flag[] {
  return Array.from(kinds.transforms.values()).flatMap((kind) => {
    const path = `optimizer.${kind.name}`;
    const values = groupOf(kind.value);
    if (values === null) {
      const { name = kind.name, aliases = [], description } = kind.flags?.[kind.name] ?? {};
      const row = { aliases: aliases.map(kebab), description };
      return [field(kinds.schema, "optimizer", kebab(name), path, row)];
    }
    const keys = new Set(values.variants.flatMap(({ shape }) => Object.keys(shape)));
    return Array.from(keys, (key) => {
      const { name, aliases = [], description } = kind.flags?.[key] ?? {};
      const decides = key === values.discriminator;
      const row = { aliases: aliases.map(kebab), description, decides };
      const own = name ?? `${kind.name}-${key}`;
      return field(kinds.schema, "optimizer", kebab(own), `${path}.${key}`, row);
    });
  });
}

/** Those of networks: what every network has comes last. */
export function modelFlags(kinds: KindsWithSchema): Flag[] {
  const models: readonly ModelKind[] = [...new Set(kinds.models.values())];
  const flags = kindFlags(kinds, "model", "model", models as unknown as Flagged[]);
  const isShared = ({ path }: Flag) =>
    path === "model.initialScale" || path === "model.outputScale";
  return [...flags.filter((flag) => !isShared(flag)), ...flags.filter(isShared)];
}
