import { constants } from "./constants";
import { exp4, sigmoid4, tanh4 } from "./exponential";
import { loadFirst, storeFirst } from "./simd";

/** y = f(x) for `count` floats, f being exp (0), tanh (1) or the sigmoid (2): to test them by. */
export function mapFloats(f: i32, x: usize, y: usize, count: i32): void {
  const numbers = constants();
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const value = loadFirst(x + at, count - i);
    const result = f == 0 ? exp4(numbers, value) : f == 1 ? tanh4(numbers, value) : sigmoid4(numbers, value);
    storeFirst(y + at, result, count - i);
  }
}
