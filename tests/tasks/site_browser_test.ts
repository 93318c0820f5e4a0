import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { Results } from "../../src/results/mod.ts";
import { renderLivePage } from "../../src/report/mod.ts";
import { writeAtomically, writeResults } from "../../src/results/mod.ts";
import { assembleSite } from "../../tasks/pages/assemble_site.ts";
import { writeDocs } from "../../tasks/pages/write_docs.ts";
import { CHROMIUM, openBrowser, violations } from "../report/browser.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

function run(id: string, seed: number, change: (results: Results) => void): Results {
  const results = { ...syntheticResults({ seeds: 2, seed, layers: ["stem", "pool"] }), id };
  change(results);
  return results;
}

const RUNS = [
  run("0.1.0-aaaaaaaa", 1, () => {}),
  run("0.1.0-bbbbbbbb", 2, (results) => results.criterion = { ...results.criterion, name: "dprime" }),
];

const STATISTICS = "./src/statistics/mod.ts";

/** What Deno says of a module. */
async function documentation(): Promise<string> {
  const args = ["doc", "--quiet", "--json", fileURLToPath(new URL(`../../${STATISTICS}`, import.meta.url))];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "null" }).output();
  assert.ok(success);
  return new TextDecoder().decode(stdout);
}

async function open(
  browser: Browser,
  file: string,
  options: { width?: number; dark?: boolean; script?: boolean },
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
    javaScriptEnabled: options.script ?? true,
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${pathToFileURL(file)}`);
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** The text of a column of the table of networks, from the first row. */
async function column(page: Page, name: string): Promise<string[]> {
  return await page.evaluate((name) => {
    const table = document.querySelector<HTMLTableElement>("table.across")!;
    const at = [...table.tHead!.rows[0].cells].findIndex((cell) => cell.textContent === name);
    return [...table.tBodies[0].rows].map((row) => row.cells[at].dataset.value ?? row.cells[at].textContent!.trim());
  }, name);
}

Deno.test({
  name: "the site in a browser",
  ignore: CHROMIUM === null,
  // The browser is another process, which outlives each step.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await mkdtemp(join(tmpdir(), "fusiform-site-"));
    const [from, site] = [join(folder, "reports"), join(folder, "site")];
    for (const results of RUNS) await writeResults(join(from, results.study, results.id, "results.json"), results);
    await assembleSite(from, site, { version: "0.1.0" });
    // Without the scripts that deno task live bundles.
    await writeAtomically(join(site, "live", "index.html"), await renderLivePage({ version: "0.1.0", networks: [] }));
    await writeDocs(site, { version: "0.1.0", api: await documentation(), exports: { "./statistics": STATISTICS } });
    const index = join(site, "index.html");
    const browser = await openBrowser();
    try {
      await t.step(
        "the index shows a card a run with its picture, and nothing of it is cut at 360 pixels",
        async () => {
          for (const width of [360, 1280]) {
            await open(browser, index, { width }, async (page) => {
              assert.equal(await page.locator(".card").count(), RUNS.length);
              await page.locator("img.hero").last().scrollIntoViewIfNeeded();
              await page.waitForFunction(() =>
                [...document.querySelectorAll<HTMLImageElement>("img.hero")].every((image) => image.naturalWidth > 0)
              );
              const [own, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
              assert.ok(own <= seen, `${own} of ${seen} pixels`);
            });
          }
        },
      );

      await t.step("index, guides and tables satisfy axe, light and dark", async () => {
        const files = ["index", "docs/index", "docs/tables", "docs/clusters", "docs/api", "docs/api-statistics"];
        for (const file of files.map((name) => `${name}.html`)) {
          for (const dark of [false, true]) {
            await open(browser, join(site, file), { dark }, async (page) => {
              assert.deepEqual(await violations(page), [], `${file}, ${dark ? "dark" : "light"}`);
            });
          }
        }
      });

      await t.step("the table of networks sorts by a column, both ways, and comes back", async () => {
        await open(browser, index, {}, async (page) => {
          const before = await column(page, "All categories");
          const head = page.locator("table.across th", { hasText: "All categories" });
          const numbers = (texts: string[]): number[] => texts.map(Number);
          await head.locator("button").press("Enter");
          assert.equal(await head.getAttribute("aria-sort"), "descending");
          const falling = numbers(await column(page, "All categories"));
          assert.deepEqual(falling, numbers(before).sort((a, b) => b - a));
          assert.notDeepEqual(falling, numbers(before));
          await head.locator("button").click();
          assert.deepEqual(numbers(await column(page, "All categories")), falling.toReversed());
          await page.locator("table.across th button", { hasText: "Criterion" }).click();
          assert.equal(await head.getAttribute("aria-sort"), null);
          const criteria = await column(page, "Criterion");
          assert.deepEqual(criteria, criteria.toSorted());
          assert.equal(new Set(criteria).size, 2);
        });
      });

      await t.step("everything can be read without scripts", async () => {
        await open(browser, index, { script: false }, async (page) => {
          const ran = RUNS.flatMap(({ networks }) => networks.filter(({ status }) => status === "run")).length;
          assert.equal(await page.locator("table.across tbody tr").count(), ran);
          assert.equal(await page.locator("table.across button").count(), 0);
        });
      });

      await t.step("every link of the index and the guides leads to a file", async () => {
        for (const file of ["index.html", "docs/index.html", "docs/clusters.html", "docs/api.html"]) {
          await open(browser, join(site, file), {}, async (page) => {
            const links = await page.evaluate(() =>
              [...document.querySelectorAll("a")].map(({ href }) => href).filter((href) => href.startsWith("file:"))
            );
            assert.ok(links.length > 4);
            for (const link of links) {
              const { isFile } = await Deno.stat(new URL(link.replace(/#.*/, "")));
              assert.ok(isFile, link);
            }
          });
        }
      });

      await t.step(
        "the documentation shows what is called, without its body, and links names of its page",
        async () => {
          await open(browser, join(site, "docs", "api-statistics.html"), {}, async (page) => {
            const shown = async (name: string): Promise<string> => (await page.textContent(`h2#${name} + pre`))!;
            assert.match(await shown("welch"), /^function welch\([^]*\): TTest$/);
            assert.match(await shown("TTest"), /^interface TTest \{[^]*\bt: [^]*\}$/);
            assert.match(await shown("LEAST_FREEDOM"), /^const LEAST_FREEDOM(: number)?$/);
            const broken = await page.evaluate(() =>
              [...document.querySelectorAll<HTMLAnchorElement>("a[href^='#']")].map((link) => link.hash.slice(1))
                .filter((id) => document.getElementById(id) === null)
            );
            assert.deepEqual(broken, []);
          });
        },
      );
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  },
});
