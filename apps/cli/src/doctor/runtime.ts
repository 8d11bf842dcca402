import { engineText } from "@grok/train/front-end";
import { type Found, here, missing, slow } from "./finding";

/** The oldest Node that the packages are tested on. */
const oldest = [20, 19] as const;

/** The first Node whose V8 compiles the wide kernels. */
const wide = 24;

/** What runs the command. Only of Node is it known which versions are too old or slow. */
export function lookAtRuntime(
  engine = engineText() ?? "An unknown engine",
  place = `${process.platform} ${process.arch}`,
): Found {
  const text = `${engine} on ${place}`;
  const [, major, minor] = /^Node (\d+)\.(\d+)/.exec(engine)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) return here(`${text}.`);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return missing(`${text}; grok needs Node ${oldest.join(".")} or later.`);
  }
  return major < wide
    ? slow(`${text}; Node ${wide} compiles the kernels to 256-bit instructions.`)
    : here(`${text}.`);
}
