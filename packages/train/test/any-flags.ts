import fc from "fast-check";
import { listFlags } from "../src/front-end/index";
import type { GivenFlags } from "../src/index";
import { presets } from "../src/preset/presets";

const inputs = listFlags().filter(({ group }) => group !== "output");

/** Flags as people may type them, right and wrong. */
export const anyFlags: fc.Arbitrary<GivenFlags> = fc
  .uniqueArray(
    fc.constantFrom(...inputs).chain((flag) => {
      const text = fc.constantFrom("0", "1", "2", "7", "0.5", "0.25", "none", "true", "false");
      const odd = fc.constantFrom("-1", "1e3", "x", "2:3", "5:1,7:2", "numerics", "1e-7", "3.1");
      const number = fc.double({ noNaN: true, min: -1, max: 64 }).map(String);
      const choice = fc.constantFrom(...(flag.choices ?? ["all"]));
      const value = fc.oneof(choice, text, odd, number, fc.boolean());
      return fc.tuple(fc.constant(flag.name), value);
    }),
    { selector: ([name]) => name, maxLength: 6 },
  )
  .map((entries) => Object.fromEntries(entries));

/** The name of any preset. */
export const anyPreset: fc.Arbitrary<string> = fc.constantFrom(...Object.keys(presets));
