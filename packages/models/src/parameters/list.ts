import type { ParameterRole, ParameterSpecification } from "./specification";

/** Parameters that are listed one after the other. */
export class ParameterList {
  readonly all: ParameterSpecification[] = [];

  /** Adds a parameter. */
  add(name: string, shape: number[], role: ParameterRole, fanIn = 1): void {
    this.all.push({ name, shape, role, fanIn });
  }
}
