/** What the page shows first: a network that groks within a minute or so on two cores. */
export const quick = {
  name: "quick",
  title: "Quick: addition mod 59",
  description:
    "A one-layer transformer learns a + b mod 59 from part of the table; it groks in about a minute.",
  source: "Nanda et al. 2023, with a smaller modulus",
  preset: "nanda",
  flags: { p: "59", "train-fraction": "0.4", "eval-every": "20", steps: "8000" },
};
