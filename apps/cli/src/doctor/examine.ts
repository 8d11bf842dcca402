import { errorSentence } from "@grok/train";
import type { Check, Finding } from "./finding";

/** Milliseconds that one check may take. */
const patience = 2500;

/** Looks for everything at once. A check that throws, or does not come to an end, is a finding too. */
export function examine(checks: readonly Check[], limit = patience): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ about, needed = false, look }) => {
      const found = await within(limit, async () => look()).catch((error: unknown) => ({
        condition: "missing" as const,
        text: errorSentence(error),
      }));
      return { about, needed, ...found };
    }),
  );
}

async function within<T>(limit: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It gave no answer within ${limit / 1000} seconds.`)),
      limit,
    );
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}
