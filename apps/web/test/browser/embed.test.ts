import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Driver, short } from "./driver";
import { inChromium } from "./setup";

const brief = short.replace("steps=1500", "steps=300");

inChromium((at) => {
  test("the code to embed shows the run and Start alone, and leads to the whole page", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${brief}`);
    await driver.press("Share");
    await driver.page.getByText("For a page of your own: embed it").click();
    const code = await driver.page.getByLabel("The code to embed", { exact: true }).textContent();
    const address = /^<iframe src="([^"]+)" title="Grokking, live" /.exec(code ?? "")?.[1] ?? "";
    expect(address).toContain("&ui.embed=yes");
    const other = await Driver.open(at.context, address);
    const { page } = other;
    expect(await page.getByRole("navigation", { name: "Views" }).count()).toBe(0);
    expect(await page.locator(".experiment, .offers, .inside").count()).toBe(0);
    await other.finish();
    await page.locator("[data-look=answers] canvas").waitFor();
    expect(page.url()).toContain("ui.embed=yes");
    const whole = page.getByRole("link", { name: "Grokking, live" });
    expect(await whole.getAttribute("href")).toMatch(/^#preset=mlp&p=11&.*seed=3$/);
    expect([...driver.faults, ...other.faults]).toEqual([]);
  });

  test("the run is filmed for a talk", async () => {
    const driver = await Driver.open(at.context, `${at.site.isolated}#${brief}`);
    await driver.finish();
    await driver.press("Share");
    const coming = driver.page.waitForEvent("download");
    await driver.press("Film of the run");
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/\.webm$/);
    const bytes = await readFile(await download.path());
    // What every WebM begins with; without frames it has about a hundred bytes.
    expect(bytes.subarray(0, 4).toString("hex")).toBe("1a45dfa3");
    expect(bytes.length).toBeGreaterThan(5000);
    expect(driver.faults).toEqual([]);
  });
});
