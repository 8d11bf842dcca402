import * as z from "zod";
import { defineEdit } from "../../kind/define";

/** Parameters that are no longer trained. */
export const freeze = defineEdit({
  name: "freeze",
  sentence: "parameters keep their values from then on",
  source: null,
  settings: z.strictObject({}),
  trains: false,
});

/** Parameters that are trained again. */
export const thaw = defineEdit({
  name: "thaw",
  sentence: "parameters that were frozen are trained again",
  source: null,
  settings: z.strictObject({}),
  trains: true,
});
