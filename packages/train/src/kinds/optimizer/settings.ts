import * as z from "zod";

/** Settings of optimizers of the family of Adam. */
export const beta1 = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("decay rate of the gradient's mean");

/** See {@link beta1}. */
export const beta2 = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("decay rate of the squared gradient's mean");

/** Of optimizers with momentum. */
export const momentum = (value: number) =>
  z.number().min(0).lt(1).default(value).describe("share of the last update that is kept");

/** See {@link momentum}. */
export const nesterov = (value: boolean) =>
  z.boolean().default(value).describe("look ahead along the momentum (Nesterov)");
