import { errorSentence } from "@grok/train/front-end";
import { type Check, type Finding, type Found, missing, slow } from "./finding";

/** Milliseconds that one check may take. */
const patience = 2500;

/**
 * Looks for everything at once. A check that throws is a finding too, and so is one that does not come
 * to an end: on a busy machine that says nothing of what is here, so that it does not count as missing.
 */
export function examine(checks: readonly Check[], limit = patience): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ about, needed = false, look }) => {
      const found = await within(limit, async () => look()).catch((error: unknown) =>
        missing(errorSentence(error)),
      );
      return { about, needed, ...found };
    }),
  );
}

async function within(limit: number, work: () => Promise<Found>): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    const text = `It gave no answer within ${limit / 1000} seconds: it hangs, or the machine is busy.`;
    timer = setTimeout(() => resolve(slow(text)), limit);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}
