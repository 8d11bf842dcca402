/** What an analysis computes if nobody says what: those of them that the run can have. */
export const usualMeasures: readonly string[] = ["default", "order-parameters", "gradient"];
