import { constants } from "./constants";
import { exp4, expBelow4, sigmoid4, tanh4 } from "./exponential";
import { loadFirst, storeFirst } from "./simd";

/** y = f(x) for `count` floats, f being exp (0), tanh (1), the sigmoid (2) or expBelow4 (3): to test them by. */
export function mapFloats(f: i32, x: usize, y: usize, count: i32): void {
  const numbers = constants();
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const value = loadFirst(x + at, count - i);
    let result: v128;
    if (f == 0) result = exp4(numbers, value);
    else if (f == 1) result = tanh4(numbers, value);
    else if (f == 2) result = sigmoid4(numbers, value);
    else result = expBelow4(numbers, value);
    storeFirst(y + at, result, count - i);
  }
}
