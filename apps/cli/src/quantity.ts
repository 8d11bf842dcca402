let grouped: Intl.NumberFormat | undefined;

/** A count: 1,126,000. */
export function count(value: number): string {
  // Made when it is first needed: loading the locale takes the command tens of milliseconds.
  grouped ??= new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  return grouped.format(value);
}

/** How many of something: 1 step, 2,500 steps. */
export function countOf(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A count with up to one decimal, as epochs have it: 12, 12.5, 1,400. */
export function epochs(value: number): string {
  return value < 100 && !Number.isInteger(value) ? String(Number(value.toFixed(1))) : count(value);
}

/** A duration: 0.4 s, 12 s, 5 min 52 s, 3 h 07 min, 2 d 4 h. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "?";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  }
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A rate in three digits: 0.631, 9.82, 152, 1,200. */
export function rate(value: number): string {
  if (!Number.isFinite(value)) return "?";
  if (value >= 999.5) return count(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Bytes of memory or disk: 512 MiB, 4.0 GiB, 120 GiB. */
export function bytes(value: number): string {
  if (value < 2 ** 30) return `${Math.round(value / 2 ** 20)} MiB`;
  return `${(value / 2 ** 30).toFixed(value < 10 * 2 ** 30 ? 1 : 0)} GiB`;
}

/** An accuracy in percent: 97.8 %. Only what is all right reads 100 %. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return "–";
  if (share < 1 && share >= 0.9995) return "99.9 %";
  return share === 1 ? "100 %" : `${(share * 100).toFixed(1)} %`;
}

/** A loss in nats, in about three digits: 4.61, 0.0123, 1.2e-5. */
export function loss(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? value.toExponential(2) : value.toPrecision(3);
}
