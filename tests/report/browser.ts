import assert from "node:assert/strict";
import { constants } from "node:fs";
import { access, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import "./permitted_files.ts";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { readPageAssets, renderReport } from "../../src/report/mod.ts";
import type { Results } from "../../src/results/mod.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function findChromium(): Promise<string | null> {
  const named = process.env.FUSIFORM_CHROMIUM;
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  for (const path of named ? [named] : places) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return null;
}

/** Where a Chromium is; null where there is none. */
export const CHROMIUM: string | null = await findChromium();

/**
 * Starts it.
 *
 * @param options.webGpu Whether it has an adapter, which draws on the processor.
 */
export async function openBrowser({ webGpu = false }: { readonly webGpu?: boolean } = {}): Promise<Browser> {
  const args = webGpu ? [...FLAGS.filter((flag) => flag !== "--disable-gpu"), "--enable-unsafe-webgpu"] : FLAGS;
  return await chromium.launch({ executablePath: CHROMIUM!, args });
}

/** A report that is open in the browser. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page said on the console or threw. */
  readonly complaints: string[];
  /** What it asked of any network. */
  readonly requests: string[];
}

const pages = new Map<Results, Promise<string>>();

function rendered(shown: Results): Promise<string> {
  const page = pages.get(shown) ?? readPageAssets().then((assets) => renderReport(shown, assets));
  pages.set(shown, page);
  return page;
}

/** Opens a report from a file with the network off, looks at it, and closes everything. */
export async function visit(
  browser: Browser,
  folder: string,
  shown: Results,
  options: {
    fragment?: string;
    viewport?: { width: number; height: number };
    dark?: boolean;
    script?: boolean;
    /** Leaves figures that are far from the window as the page came. */
    lazy?: boolean;
    /** Whether a finger points, not a mouse. */
    touch?: boolean;
  },
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const path = join(folder, "copied.html");
  await writeFile(path, await rendered(shown));
  const context = await browser.newContext({
    offline: true,
    acceptDownloads: true,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
    javaScriptEnabled: options.script ?? true,
    hasTouch: options.touch ?? false,
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
    });
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.documentElement?.dataset.ready === undefined || "readyAfter" in globalThis) return;
        Object.assign(globalThis, { readyAfter: performance.now() });
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
    });
    await page.goto(`${pathToFileURL(path)}${options.fragment ?? ""}`);
    if (options.script !== false) await (options.lazy ? settledNearby(page) : settled(page));
    await look({ page, context, complaints, requests });
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests, []);
  } finally {
    await context.close();
  }
}

/** Waits until the figures near the window show what the controls say. */
export async function settledNearby(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.settled !== undefined);
}

/** Has every figure drawn, as for printing, and waits until all show what the controls say. */
export async function settled(page: Page): Promise<void> {
  await settledNearby(page);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>(".figure")].every((figure) => figure.dataset.drawn !== undefined)
  );
}

/** Does something and waits until every figure follows. */
export async function change(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => delete document.documentElement.dataset.settled);
  await act();
  await settled(page);
}

/** The drawing of every figure, by id. */
export async function svgs(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll(".figure")].map((
        figure,
      ) => [figure.id, figure.querySelector("svg")?.outerHTML ?? ""]),
    )
  );
}

/** The figures whose drawing is not what it was. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((id) => before[id] !== after[id]).map((id) => id.replace("figure-", ""));
}

/** What a figure's button hands out. */
export async function downloaded(page: Page, figure: string, action: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`#figure-${figure} [data-action=${action}]`),
  ]);
  assert.match(download.suggestedFilename(), new RegExp(`^synthetic-0\\.0\\.0-5e1f7e57-${figure}\\.${action}$`));
  return await readFile(await download.path());
}

interface Axe {
  run(context: unknown, options?: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What axe finds wrong with the page as it is. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    // Contrast is slow to judge for each word of a drawing, and a drawing is one image to a screen reader.
    const outside = await axe.run({ exclude: [[".canvas svg"]] });
    const inside = document.querySelector(".canvas") === null
      ? { violations: [] }
      : await axe.run({ include: [[".canvas"]] }, { rules: { "color-contrast": { enabled: false } } });
    return [...outside.violations, ...inside.violations].map(({ id, nodes }) =>
      `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`
    );
  });
}
