// Each is a chunk of its own in what is built, so that statistics load no linear algebra or tensors.
export * from "./measuring";
export * from "./statistics/index";
