import type { ChartData } from "./curve";

/** Rows shown at most; more would only slow the page down, and the CSV has all. */
const maxRows = 500;

/** The numbers behind a chart, the newest first. */
export function Numbers({
  title,
  data: { steps, curves },
  format,
}: {
  title: string;
  data: ChartData;
  format: (value: number) => string;
}) {
  const named = curves.filter(({ name }) => name !== "");
  const every = Math.max(1, Math.ceil(steps.length / maxRows));
  const rows = steps.map((_, i) => i).filter((i) => (steps.length - 1 - i) % every === 0);
  return (
    <section class="numbers" aria-label={`${title}, numbers`} tabIndex={0}>
      <table>
        <caption>
          {title}
          {every > 1 && `; every ${every}th evaluation (the CSV file has all)`}
        </caption>
        <thead>
          <tr>
            <th scope="col">step</th>
            {named.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.reverse().map((i) => (
            <tr key={steps[i]}>
              <th scope="row">{steps[i]?.toLocaleString("en")}</th>
              {named.map(({ name, values }) => {
                const value = values[i];
                return <td key={name}>{value == null ? "–" : format(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
