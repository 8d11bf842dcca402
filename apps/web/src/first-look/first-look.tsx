import "./first-look.css";
import { useEffect, useState } from "preact/hooks";
import { AccuracyChart } from "../curves/curves";
import { ablated } from "../state/ablation";
import { visibilityOf } from "../state/parts";
import { milestones } from "../state/session";
import { currentView, scene } from "../state/view-step";
import { CircleLook, SymbolsLook } from "./circle-look";
import { TableLook } from "./table-look";

/** What a visitor sees first: accuracy, beside the table of answers and the circle, all moving. */
export function FirstLook() {
  const height = useChartHeight();
  const { value: view } = currentView;
  const { value: what } = scene;
  const isShown = (name: string) => visibilityOf(name) !== "hidden";
  const table = isShown("answers") && what?.table != null && view?.answers != null;
  const circle = isShown("circles") && what?.group != null && view?.waves != null;
  const symbols = !circle && isShown("embedding") && what !== null && view?.embedding != null;
  if (!isShown("accuracy") && !table && !circle && !symbols) return null;
  const hasGrokked = milestones.value.tGrok !== null;
  const count = Number(table) + Number(circle || symbols);
  return (
    <div class={`first-look looks-${count}${hasGrokked ? " has-grokked" : ""}`}>
      {isShown("accuracy") && <AccuracyChart height={height} />}
      {table && <TableLook table={what.table} answers={ablated.value?.answers ?? view.answers} />}
      {circle && <CircleLook scene={what} group={what.group} waves={view.waves} />}
      {symbols && <SymbolsLook scene={what} embedding={view.embedding} />}
    </div>
  );
}

/** Pixels: everything is to be above the fold, on a phone, too. */
function useChartHeight(): number {
  const [height, setHeight] = useState(chartHeight);
  useEffect(() => {
    const measure = () => setHeight(chartHeight());
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);
  return height;
}

function chartHeight(): number {
  return innerWidth < 700 ? 140 : innerWidth < 1200 ? 270 : 350;
}
