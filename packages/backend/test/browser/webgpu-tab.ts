import { bundle, startChromium } from "@grok/browsers";
import type { Page } from "playwright-core";
import { type PageContent, servePage } from "./page-server";

/** A page in a Chromium of its own whose WebGPU is SwiftShader. */
export interface WebgpuTab {
  page: Page;
  /** What went wrong in the page outside of what was asked of it. */
  errors: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens a page with WebGPU.
 *
 * @param script its source; it has begun when `window.isReady` is true
 */
export async function openWebgpuTab(
  script: URL,
  content: Omit<PageContent, "script"> = {},
): Promise<WebgpuTab> {
  const server = await servePage({ ...content, script: await bundle(script, ["@grok/source"]) });
  const browser = await startChromium([
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan",
  ]);
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(240_000);
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    // localhost is a secure context, which WebGPU needs.
    await page.goto(`http://localhost:${server.port}/`);
    await page.waitForFunction(() => "isReady" in window);
    return { page, errors, close };
  } catch (error) {
    await close();
    throw error;
  }
}
