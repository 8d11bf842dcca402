import data from "../../../packages/data/package.json" with { type: "json" };
import metrics from "../../../packages/metrics/package.json" with { type: "json" };
import models from "../../../packages/models/package.json" with { type: "json" };
import ops from "../../../packages/ops/package.json" with { type: "json" };
import optim from "../../../packages/optim/package.json" with { type: "json" };
import type { packageVersions as installedVersions } from "../../../packages/train/src/node/package-versions";

const packages = [data, metrics, models, ops, optim];

/** In the bundle, the versions that it was made of: {@link installedVersions} looks in packages. */
export const packageVersions: typeof installedVersions = async () =>
  Object.fromEntries(packages.map(({ name, version }) => [name, version]));
