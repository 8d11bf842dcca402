/**
 * A module that is loaded into a worker, as an address: at each SIGUSR2 its clock goes wrong by up to
 * an hour, forwards or backwards. What JavaScript sees of the clock is `Date`.
 */
const source = `
const Right = Date;
let skew = 0;
process.on("SIGUSR2", () => { skew = Math.round((2 * Math.random() - 1) * 3_600_000); });
globalThis.Date = class Date extends Right {
  constructor(...args) { if (args.length === 0) super(Right.now() + skew); else super(...args); }
  static now() { return Right.now() + skew; }
};
`;

export const skewedClock = `data:text/javascript,${encodeURIComponent(source)}`;
