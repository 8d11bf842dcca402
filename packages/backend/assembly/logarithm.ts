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

/** `log` of two numbers of 1 or more; NaN of NaN. */
// @ts-ignore: decorator
@inline
function log2(x: v128): v128 {
  const one = f64x2.splat(1);
  let m = v128.and(x, i64x2.splat(0x000fffffffffffff));
  m = v128.or(m, i64x2.splat(0x3ff0000000000000));
  const isLarge = f64x2.gt(m, f64x2.splat(1.4142135623730951));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, isLarge);
  // A comparison that holds is −1.
  const exponent = i64x2.sub(i64x2.shr_u(x, 52), isLarge);
  const low = v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2);
  const k = f64x2.sub(f64x2.convert_low_i32x4_s(low), f64x2.splat(1023));
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let sum = f64x2.splat(1.0 / 19);
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 17));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 15));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 13));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 11));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 9));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 7));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 5));
  sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1.0 / 3));
  sum = f64x2.add(f64x2.mul(sum, z), one);
  const logarithm = f64x2.add(
    f64x2.mul(f64x2.mul(f64x2.splat(2), s), sum),
    f64x2.mul(k, f64x2.splat(0.6931471805599453)),
  );
  return f64x2.add(logarithm, f64x2.sub(x, x));
}

/** The float nearest to `log` of each lane, which is 1 or more; NaN of NaN. */
export function logs(x: v128): v128 {
  const low = log2(f64x2.promote_low_f32x4(x));
  const high = log2(f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
