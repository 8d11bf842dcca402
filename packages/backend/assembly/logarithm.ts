/**
 * The natural logarithm of a positive, finite, normal number, to 1e-15; of 0 it is −Infinity, of
 * others what they are. The standard library's has tables, and this module may own no memory.
 *
 * x = 2^k·m with m in [√½, √2); log m = 2·artanh(s), s = (m − 1)/(m + 1), |s| < 0.172, by its series.
 */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum: f64 = 1.0 / 19;
  sum = sum * z + 1.0 / 17;
  sum = sum * z + 1.0 / 15;
  sum = sum * z + 1.0 / 13;
  sum = sum * z + 1.0 / 11;
  sum = sum * z + 1.0 / 9;
  sum = sum * z + 1.0 / 7;
  sum = sum * z + 1.0 / 5;
  sum = sum * z + 1.0 / 3;
  sum = sum * z + 1;
  return 2 * s * sum + <f64>k * 0.6931471805599453;
}

/** log(1 + x) for x above -1, to 1e-10 of itself however small x is. */
export function log1p(x: f64): f64 {
  if (abs(x) < 1e-5) return x * (1 - x * (0.5 - x * (1.0 / 3)));
  return log(1 + x);
}
