import { Stage } from "../controls/stage";
import { FirstLook } from "../first-look/first-look";
import { wholePageAddress } from "../state/address";
import { Notices } from "./notices";

/** The page within another one: the run, its pictures and Start, and a link to all the rest. */
export function Embed() {
  return (
    <main id="main" class="embed">
      <h1 class="visually-hidden">Grokking, live</h1>
      <Notices />
      <div class="watch watch-wide">
        <Stage />
        <FirstLook />
      </div>
      <p class="faint">
        <a href={wholePageAddress()} target="_blank" rel="noreferrer">
          Grokking, live
        </a>
        : change the experiment, look inside the network, and follow the story in eight scenes.
      </p>
    </main>
  );
}
