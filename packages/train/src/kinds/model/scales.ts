import { z } from "zod";

const scale = z.number().gt(0).default(1);

/** Factors that every network may have. */
export const scales = {
  initialScale: scale.describe("every initial parameter is multiplied by it (Omnigrok's α)"),
  outputScale: scale.describe("logits are multiplied by it (α of Kumar et al. 2024)"),
};

/** Flags of {@link scales}. */
export const scaleFlags = { initialScale: { name: "initScale" } } as const;
