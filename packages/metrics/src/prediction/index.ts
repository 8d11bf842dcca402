// Forecasts of when a run will grok, and how good they are.
export {
  type Forecaster,
  type ForecastOptions,
  type GrokForecast,
  type KnownRun,
  learnForecast,
} from "./forecast";
export {
  type ForecastJudgement,
  type HeldOutForecast,
  type JudgeOptions,
  judgeForecast,
} from "./judge-forecast";
export { type WarningRecord, warningSignNames, warningSigns } from "./warning-signs";
