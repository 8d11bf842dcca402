import { expose } from "comlink";
import { TrainingSession } from "./session";

expose(new TrainingSession());
