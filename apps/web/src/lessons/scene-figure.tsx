import { Curves } from "../curves/curves";
import { later } from "../layout/later";
import Panels from "../panels/panels";
import type { LessonFigure } from "./lesson";

const PhasesFigure = later(() => import("./phases-figure"));

/** The one figure of a lesson; a panel may be looked at over time once its question is answered. */
export function SceneFigure({ figure, isTold }: { figure: LessonFigure; isTold: boolean }) {
  if (figure === "accuracy" || figure === "loss") return <Curves charts={[figure]} />;
  if (figure === "phases") return <PhasesFigure />;
  return <Panels only={[figure]} hasTimeline={isTold} />;
}
