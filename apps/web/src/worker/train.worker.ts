import { expose } from "comlink";
import { TrainingSession } from "./session";

const session = new TrainingSession();
expose(session);
// While the page asks what is here: whatever it asks for next needs a backend. Of several workers
// side by side each is told which one.
if (self.name !== "grok-side-run") session.warm();
