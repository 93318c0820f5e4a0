import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";

/** Longer than any run here, on a busy machine. */
const MOST_MS = 240_000;

/** Opens the live page, does something, and makes sure that nothing was asked of another host and nothing complained. */
export async function visitLive(
  browser: Browser,
  url: string,
  options: {
    readonly width?: number;
    readonly dark?: boolean;
    /** What the runtime may write to the console. */
    readonly expected?: RegExp;
  },
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(MOST_MS);
    const complaints: string[] = [], others: string[] = [];
    const { origin } = new URL(url);
    page.on("console", (message) => {
      if (!options.expected?.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    context.on("request", (request) => {
      if (!request.url().startsWith(`${origin}/`) && !/^(blob|data):/.test(request.url())) others.push(request.url());
    });
    await page.goto(url);
    await look(page);
    assert.deepEqual(complaints, []);
    assert.deepEqual(others, []);
  } finally {
    await context.close();
  }
}

/** Waits until nothing runs, and gives what the page says. */
export async function ended(page: Page): Promise<string> {
  await page.waitForFunction(() => document.documentElement.dataset.running === "false");
  return await page.locator("#status").innerText();
}

/** What a link of the page hands out. */
export async function download(page: Page, label: string): Promise<{ name: string; text: string }> {
  const [got] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#downloads a", { hasText: label }).click(),
  ]);
  return { name: got.suggestedFilename(), text: await readFile(await got.path(), "utf8") };
}
