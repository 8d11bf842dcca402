import type { NetworkScene, SceneAfter } from "./scene";

/** The scene of a network at a step: that of the last change before it; null if there is none yet. */
export function sceneAt(scenes: readonly SceneAfter[], step: number): NetworkScene | null {
  const found = scenes.findLast(({ after }) => after < step) ?? scenes[0];
  return found?.scene ?? null;
}
