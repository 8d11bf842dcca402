import * as z from "zod";

const group = z.strictObject({
  match: z
    .string()
    .regex(/^[\w.*-]{1,100}$/)
    .describe("name of a parameter, or a pattern in which * stands for any text"),
  lr: z.number().gt(0).optional().describe("its learning rate; default the optimizer's"),
  weightDecay: z.number().min(0).optional().describe("its weight decay; default the optimizer's"),
  frozen: z.boolean().optional().describe("whether it stays as it is; default false"),
  untransformed: z
    .boolean()
    .optional()
    .describe("whether gradient transforms leave its gradients as they are; default false"),
});

/** Parameters that are trained otherwise than the rest; each belongs to the first group that it fits. */
export const parameterGroups = z
  .array(group)
  .max(32)
  .default([])
  .describe(
    "parameters with a learning rate or weight decay of their own, frozen, or past all gradient transforms (untransformed), by name or pattern: layers.*.bias:weight-decay=0;tokenEmbedding:frozen",
  );

/** See {@link parameterGroups}. */
export type ParameterGroups = z.output<typeof parameterGroups>;

const written = /^[\w.*-]+:[^;]+(;[\w.*-]+:[^;]+)*$/;

/**
 * Groups as a command line has them: `MATCH:lr=NUMBER,weight-decay=NUMBER,frozen,untransformed`, with `;` between.
 *
 * @returns null for a text of another form
 */
export function readGroups(text: string): unknown[] | null {
  if (!written.test(text)) return null;
  return text.split(";").map((part) => {
    const [match, settings = ""] = part.split(":");
    const entries = settings.split(",").map((setting) => {
      const [name = "", value] = setting.trim().split("=");
      const key = name === "weight-decay" ? "weightDecay" : name;
      return [key, value === undefined ? true : Number(value)];
    });
    return { match, ...Object.fromEntries(entries) };
  });
}

/** What {@link readGroups} reads. */
export function groupsText(groups: ParameterGroups): string {
  return groups
    .map(({ match, lr, weightDecay, frozen, untransformed }) => {
      const settings = [
        ...(lr === undefined ? [] : [`lr=${lr}`]),
        ...(weightDecay === undefined ? [] : [`weight-decay=${weightDecay}`]),
        ...(frozen === true ? ["frozen"] : []),
        ...(untransformed === true ? ["untransformed"] : []),
      ];
      return `${match}:${settings.join(",")}`;
    })
    .join(";");
}
