import { useId } from "preact/hooks";
import type { GroupScene, NetworkScene } from "../network/scene";
import type { EmbeddingView, WavesView } from "../network/view";
import { exponentsOf, namesOf, ranked, ringOrder } from "../panels/circles-panel";
import { highlightsOf } from "../panels/embedding-panel";
import { Figure } from "../panels/figure/figure";
import { Plane } from "../panels/plane";
import { hovered, selected } from "../panels/selected-pair";

const side = 400;
const box = { x: 0, y: 0, side };

/** The circle of the strongest frequency, on which the hands a, b and c turn. */
export function CircleLook({
  scene,
  group,
  waves,
}: {
  scene: NetworkScene;
  group: GroupScene;
  waves: WavesView;
}) {
  const id = useId();
  const all = ranked(waves.embedding);
  const circle = all.flatMap(
    ({ frequency }) => waves.circles.find((each) => each.frequency === frequency) ?? [],
  )[0];
  if (circle === undefined) return null;
  const { frequency, points, roundness } = circle;
  return (
    <section class="card look" aria-labelledby={`${id}-title`} data-look="circle">
      <header>
        <h2 id={`${id}-title`}>Its numbers</h2>
      </header>
      <Figure
        width={side}
        height={side}
        label={`The numbers in the plane of frequency ${frequency}, roundness ${roundness.toFixed(2)} (1 is a circle).`}
        describedBy={`${id}-text`}
      >
        <Plane
          points={points}
          names={namesOf(scene, group)}
          box={box}
          highlights={exponentsOf(pairHighlights(scene), group)}
          order={ringOrder(frequency, group.order)}
          hasHands
        />
      </Figure>
      <p class="look-text" id={`${id}-text`}>
        Each dot is a number. If they come to lie on a circle, it {verbOf(group)} by turning hands:{" "}
        <b class="hand-a">a</b>, then {group.sign === -1 && "back by "}
        <b class="hand-b">b</b>, gives <b class="hand-c">c</b>.
      </p>
    </section>
  );
}

function verbOf({ elements, sign }: GroupScene): string {
  // The exponents of a product begin at 1, not at 0.
  if (elements[0] === 1) return sign === 1 ? "multiplies" : "divides";
  return sign === 1 ? "adds" : "subtracts";
}

/** Where the symbols lie, of a network whose task has no circles. */
export function SymbolsLook({
  scene,
  embedding,
}: {
  scene: NetworkScene;
  embedding: EmbeddingView;
}) {
  const id = useId();
  return (
    <section class="card look" aria-labelledby={`${id}-title`} data-look="symbols">
      <header>
        <h2 id={`${id}-title`}>Its symbols</h2>
      </header>
      <Figure
        width={side}
        height={side}
        label={`${scene.symbols.length} symbols along two principal components.`}
        describedBy={`${id}-text`}
      >
        <Plane
          points={embedding.points}
          names={scene.symbols}
          box={box}
          highlights={pairHighlights(scene)}
        />
      </Figure>
      <p class="look-text" id={`${id}-text`}>
        Each dot is a symbol. Those that it treats alike come to lie together.
      </p>
    </section>
  );
}

function pairHighlights(scene: NetworkScene) {
  return highlightsOf(scene, hovered.value ?? selected.value);
}
