import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostileResults } from "../results/hostile_results.ts";
import { syntheticResults } from "../results/synthetic_results.ts";
import {
  change,
  changed,
  CHROMIUM,
  downloaded,
  openBrowser,
  settledNearby,
  svgs,
  violations,
  visit,
} from "./browser.ts";

const results = syntheticResults({
  seeds: 1,
  layers: ["stem", "layer2", "layer4", "pool"],
  targets: ["faces", "words"],
});

Deno.test({
  name: "the report in a browser",
  ignore: CHROMIUM === null,
  // The browser is another process, which outlives each step.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await mkdtemp(join(tmpdir(), "fusiform-report-"));
    const browser = await openBrowser();
    try {
      await t.step("opens from a file with the network off and draws every figure within two seconds", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          const count = await page.locator(".figure .canvas svg").count();
          const ready = await page.evaluate(() => (globalThis as unknown as { readyAfter: number }).readyAfter);
          assert.equal(count, await page.locator(".figure").count());
          assert.ok(count >= 17, `${count} figures`);
          assert.ok(ready < 2000, `ready after ${ready} ms`);
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.open = true));
          assert.ok(
            await page.evaluate(() =>
              [...document.querySelectorAll<SVGElement>(".canvas svg")].every((svg) =>
                svg.getBoundingClientRect().width > 100 && svg.querySelectorAll("path, text, image, use").length > 10
              )
            ),
          );
        });
      });

      await t.step("works under a policy that forbids code made from text", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
          assert.match(policy!, /script-src( 'sha256-[A-Za-z0-9+/]{43}='){3};/);
          assert.doesNotMatch(policy!, /unsafe-eval|script-src[^;]*unsafe-inline/);
          // Asked in a task of the page's own, since what the browser's driver runs is not held to the policy.
          const refused = await page.evaluate(() =>
            new Promise<string>((resolve) =>
              setTimeout(() => {
                try {
                  new Function("1");
                  resolve("made");
                } catch (error) {
                  resolve((error as Error).name);
                }
              })
            )
          );
          assert.equal(refused, "EvalError");
          const before = await svgs(page);
          await change(page, () => page.selectOption("[name=category]", "faces"));
          assert.ok(changed(before, await svgs(page)).length > 10);
        });
      });

      await t.step("runs no script that it did not come with", async () => {
        await visit(browser, folder, results, { lazy: true }, async ({ page, complaints }) => {
          const violated = await page.evaluate(() =>
            new Promise<string>((resolve) => {
              addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
              const script = document.createElement("script");
              script.textContent = "globalThis.hacked = 1";
              document.body.append(script);
            })
          );
          assert.equal(violated, "script-src-elem");
          assert.equal(await page.evaluate(() => (globalThis as { hacked?: unknown }).hacked), undefined);
          assert.match(complaints.splice(0).join(), /Content Security Policy/);
        });
      });

      await t.step("draws a figure when the reader comes near it, as the controls say by then", async () => {
        await visit(browser, folder, results, { lazy: true }, async ({ page }) => {
          const drawn = () => page.locator(".figure[data-drawn]").count();
          const all = await page.locator(".figure").count();
          const first = await drawn();
          assert.ok(first < all / 2, `${first} of ${all} figures are drawn at once`);
          assert.equal(await page.locator("#figure-generalization .canvas > .wide > svg").count(), 1);
          const before = await page.innerHTML("#figure-half-reliability .canvas");
          await page.selectOption("[name=category]", "words");
          await settledNearby(page);
          assert.equal(await page.innerHTML("#figure-half-reliability .canvas"), before);
          await page.locator("#figure-half-reliability").scrollIntoViewIfNeeded();
          await page.waitForSelector("#figure-half-reliability[data-drawn]");
          const titles = await page.locator("#figure-half-reliability .canvas svg text").allTextContents();
          assert.ok(titles.includes("words") && !titles.includes("faces"));
          assert.ok(await drawn() < all);
        });
      });

      await t.step("reads marks by the arrow keys, and says what they say", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          await page.focus("#figure-proportion-by-depth .canvas");
          const read = async (key: string): Promise<string> => {
            await page.keyboard.press(key);
            const [shown, said] = await Promise.all([page.textContent("#tooltip"), page.textContent("#status")]);
            for (const line of await page.locator("#tooltip div").allTextContents()) {
              assert.ok(said!.includes(line.trim()));
            }
            assert.equal(await page.locator(".canvas .asked").count(), 1);
            return shown!;
          };
          const first = await read("ArrowRight");
          assert.match(first, /Layer stem.*Category faces.*Mean .*Trainings 1/);
          assert.equal(await read("Home"), first);
          const seen = new Set([first]);
          for (let step = 0; step < 8; step++) seen.add(await read("ArrowRight"));
          assert.equal(seen.size, 9);
          assert.match(await read("End"), /Layer pool.*Category words/);
          const above = await read("ArrowUp");
          assert.match(above, /Category words/);
          assert.equal(await page.isVisible("#tooltip"), true);
          await page.keyboard.press("Escape");
          assert.equal(await page.isVisible("#tooltip"), false);
          await page.focus("#figure-channel-atlas .canvas");
          assert.match(await read("ArrowRight"), /Channel 3.*(Drives it|Suppresses it|Condition|Positions)/);
        });
      });

      await t.step("reads a mark by a tap beside it on a phone, and lets go by a tap elsewhere", async () => {
        const viewport = { width: 360, height: 780 };
        await visit(browser, folder, results, { touch: true, viewport }, async ({ page }) => {
          const canvas = page.locator("#figure-proportion-by-depth .canvas");
          await canvas.scrollIntoViewIfNeeded();
          const mark = await canvas.locator(".mark-symbol.role-mark path").first().boundingBox();
          await page.touchscreen.tap(mark!.x + mark!.width / 2 - 9, mark!.y + mark!.height / 2 + 9);
          await page.waitForSelector("#tooltip:not([hidden])");
          assert.match((await page.textContent("#tooltip"))!, /Family made-.*Mean/);
          const box = await canvas.boundingBox();
          await page.touchscreen.tap(box!.x + box!.width - 3, box!.y + 3);
          await page.waitForSelector("#tooltip", { state: "hidden" });
        });
      });

      await t.step("numbers its figures, and hands out a link that opens one as it is shown", async () => {
        let link = "";
        await visit(browser, folder, results, { lazy: true }, async ({ page, context }) => {
          await context.grantPermissions(["clipboard-read", "clipboard-write"]);
          const numbers = await page.locator(".figure .number").allTextContents();
          assert.deepEqual(numbers, numbers.map((_, index) => `Figure ${index + 1}.`));
          await page.selectOption("[name=category]", "words");
          await page.click("#figure-half-reliability [data-action=link]");
          await page.waitForFunction(() =>
            document.getElementById("status")!.textContent!.includes("The link to this figure")
          );
          link = page.url();
          assert.match(link, /#.*category=words.*at=figure-half-reliability/);
          assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
        });
        await visit(browser, folder, results, { lazy: true, fragment: new URL(link).hash }, async ({ page }) => {
          assert.equal(await page.inputValue("[name=category]"), "words");
          await page.waitForFunction(() => {
            const { top } = document.getElementById("figure-half-reliability")!.getBoundingClientRect();
            return top >= 0 && top < innerHeight;
          });
        });
        await visit(
          browser,
          folder,
          results,
          { lazy: true, fragment: "#at=figure-other-effects&layer=1" },
          async ({ page }) => {
            assert.equal(await page.isVisible("#figure-other-effects .canvas"), true);
          },
        );
      });

      await t.step("shows a phone its own drawings without a script", async () => {
        const viewport = { width: 360, height: 780 };
        await visit(browser, folder, results, { script: false, viewport }, async ({ page }) => {
          const figures = page.locator(".figure:not(.fold *)");
          assert.ok(await figures.count() >= 15);
          for (const figure of await figures.all()) {
            assert.equal(await figure.locator(".wide").isVisible(), false);
            const [drawing, room] = await Promise.all([
              figure.locator(".narrow svg").boundingBox(),
              figure.locator(".canvas").boundingBox(),
            ]);
            assert.ok(drawing!.width <= room!.width + 0.5 && drawing!.height > 60, (await figure.getAttribute("id"))!);
          }
        });
      });

      await t.step("reads without a script", async () => {
        await visit(browser, folder, results, { script: false }, async ({ page }) => {
          assert.ok(await page.locator(".canvas .wide svg").count() >= 17);
          assert.equal(await page.locator(".canvas .narrow svg").first().isVisible(), false);
          assert.equal(await page.locator("#controls").isVisible(), false);
          assert.equal(await page.locator("[data-action]").first().isVisible(), false);
        });
      });

      await t.step("every control changes the figures that follow it, and the address", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          const expected: [string, () => Promise<unknown>, RegExp, string[]][] = [
            ["category", () => page.selectOption("[name=category]", "words"), /category=words/, [
              "proportion-by-depth",
              "position-maps-by-depth",
              "consistency-matrices",
              "matched-curves",
            ]],
            ["layer", () => page.selectOption("[name=layer]", "1"), /layer=1/, [
              "response-profile",
              "channel-atlas",
              "condition-dissimilarity",
            ]],
            ["criterion", () => page.selectOption("[name=criterion]", "tdann"), /criterion=tdann/, [
              "claim-effects",
              "proportion-by-depth",
            ]],
            [
              "networks",
              () => page.uncheck("[name=family][value=made-clip]"),
              /networks=made-vision%2Cmade-lang%2Cmade-untrained/,
              ["proportion-by-depth", "consistency-means", "position-maps-by-depth"],
            ],
          ];
          for (const [name, act, fragment, follow] of expected) {
            const before = await svgs(page);
            await change(page, act);
            const moved = changed(before, await svgs(page));
            for (const id of follow) assert.ok(moved.includes(id), `${name} leaves ${id} alone`);
            assert.match(new URL(page.url()).hash, fragment);
          }
          const before = await svgs(page);
          await change(page, () => page.click("button[type=reset]"));
          assert.ok(changed(before, await svgs(page)).length > 10);
          assert.equal(new URL(page.url()).hash, "");
        });
      });

      await t.step("a figure's own choice changes that figure alone", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.open = true));
          await settledNearby(page);
          for (const select of await page.locator(".figure select").all()) {
            const [figure, values] = await select.evaluate((element) =>
              [
                element.closest<HTMLElement>(".figure")!.id.replace("figure-", ""),
                [...(element as HTMLSelectElement).options].filter((option) => !option.disabled && !option.selected)
                  .map((option) => option.value),
              ] as const
            );
            if (values.length === 0) continue;
            const before = await svgs(page);
            const rows = await page.getAttribute(`#figure-${figure}`, "data-drawn");
            await select.selectOption(values[0]);
            await page.waitForFunction(([id, svg]) => document.querySelector(`#${id} svg`)?.outerHTML !== svg, [
              `figure-${figure}`,
              before[`figure-${figure}`],
            ]);
            assert.deepEqual(changed(before, await svgs(page)), [figure], `${figure}: ${rows} rows`);
          }
        });
      });

      await t.step("opens where the address says, and keeps the choice when a section is visited", async () => {
        await visit(
          browser,
          folder,
          results,
          { fragment: "#category=faces&layer=1&networks=made-vision" },
          async ({ page }) => {
            assert.equal(await page.inputValue("[name=category]"), "faces");
            assert.equal(await page.inputValue("[name=layer]"), "1");
            assert.equal(await page.locator("[name=family]:checked").count(), 1);
            await page.click('nav a[href="#strength"]');
            await page.waitForFunction(() => location.hash.includes("at=strength"));
            assert.match(new URL(page.url()).hash, /category=faces/);
            assert.equal(await page.inputValue("[name=category]"), "faces");
          },
        );
        await visit(
          browser,
          folder,
          results,
          { fragment: "#category=unicorns&layer=99&networks=nobody" },
          async ({ page }) => {
            assert.equal(await page.inputValue("[name=category]"), "all");
            assert.equal(await page.locator("[name=family]:checked").count(), 4);
          },
        );
      });

      await t.step("pointing at a network fades the others in every figure", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          const before = await svgs(page);
          await page.hover(".controls [data-family=made-lang]");
          await page.waitForFunction(
            (svg) => document.querySelector("#figure-proportion-by-depth svg")!.outerHTML !== svg,
            before["figure-proportion-by-depth"],
          );
          assert.ok(await page.locator("[data-family=made-lang].highlighted").count() > 1);
          assert.equal(await page.locator("[data-family=made-vision].highlighted").count(), 0);
        });
      });

      await t.step("works by keyboard alone", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          await page.keyboard.press("Tab");
          assert.equal(await page.evaluate(() => document.activeElement!.className), "skip");
          await page.focus("[name=category]");
          const before = await svgs(page);
          await change(page, () => page.keyboard.press("ArrowDown"));
          assert.equal(await page.inputValue("[name=category]"), "faces");
          assert.ok(changed(before, await svgs(page)).includes("proportion-by-depth"));
          assert.match(await page.textContent("#status") ?? "", /^Showing faces, layer4/);
          await page.focus("#figure-strength-by-depth [data-action=table]");
          await page.keyboard.press("Enter");
          assert.ok(await page.locator("#figure-strength-by-depth .rows tbody tr").count() > 5);
        });
      });

      await t.step("downloads hold the numbers of the results", async () => {
        await visit(
          browser,
          folder,
          results,
          { fragment: "#category=faces&criterion=conjunction" },
          async ({ page }) => {
            const csv = new TextDecoder().decode(await downloaded(page, "proportion-by-depth", "csv")).trim().split(
              "\r\n",
            );
            const head = csv[0].split(",");
            const rows = csv.slice(1).map((line) =>
              Object.fromEntries(line.split(",").map((cell, at) => [head[at], cell]))
            );
            const run = results.networks.filter((network) => network.status === "run");
            assert.equal(rows.length, run.length * 4);
            for (const row of rows) {
              const measured = run.find(({ id }) =>
                id === row.network
              )!.layers.find(({ name }) => name === row.layer)!.categories.faces;
              assert.equal(row.category, "faces");
              assert.equal(Number(row.value), measured.measures.proportion.value);
              assert.deepEqual([Number(row.low), Number(row.high)], measured.measures.proportion.interval);
              assert.equal(Number(row.nullHigh), measured.null!.interval[1]);
            }
            const png = await downloaded(page, "position-maps-by-depth", "png");
            assert.deepEqual([...png.slice(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
            assert.ok(png.length > 5000);
            const atlas = new TextDecoder().decode(await downloaded(page, "channel-atlas", "svg"));
            assert.match(
              atlas,
              /<title>Figure \d+\. Atlas of the most selective channels\. Fusiform · study synthetic · run /,
            );
            assert.match(atlas, /<symbol[^>]* id="picture-\d"[^>]*><image[^>]*href="data:image/);
            assert.doesNotMatch(atlas, /data-says/);
            const svg = new TextDecoder().decode(await downloaded(page, "claim-effects", "svg"));
            assert.match(svg, /^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/);
            assert.match(svg, /made-lang/);
            assert.match(svg, /<text[^>]*>Fusiform · study synthetic · run 0\.0\.0-5e1f7e57<\/text><\/svg>$/);
          },
        );
      });

      await t.step("has no accessibility violation, light, dark or on a phone", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.open = true));
          assert.deepEqual(await violations(page), []);
        });
        await visit(
          browser,
          folder,
          results,
          { dark: true, viewport: { width: 360, height: 780 } },
          async ({ page }) => {
            assert.deepEqual(await violations(page), []);
            const wide = await page.evaluate(() =>
              document.documentElement.scrollWidth - document.documentElement.clientWidth
            );
            assert.equal(wide, 0, "the page scrolls sideways");
          },
        );
      });

      await t.step("shows the finding, the pictures and the first claims on one screen", async () => {
        const four = syntheticResults({ seeds: 3, layers: ["stem", "layer4", "pool"] });
        await visit(browser, folder, four, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
          const seen = await page.evaluate(() => {
            const bottom = (selector: string): number[] =>
              [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect().bottom);
            return {
              title: bottom("h1"),
              lead: bottom(".lead"),
              panels: bottom(".panel"),
              claims: bottom(".matrix tbody tr"),
            };
          });
          assert.equal(seen.panels.length, 4);
          for (const bottom of [...seen.title, ...seen.lead, ...seen.panels, ...seen.claims.slice(0, 2)]) {
            assert.ok(bottom <= 900, JSON.stringify(seen));
          }
          assert.equal(
            await page.locator(".panel").nth(3).evaluate((last) => last.getBoundingClientRect().right <= 1280),
            true,
          );
          assert.equal(
            await page.locator(".panel .strip use").evaluateAll((uses) =>
              uses.length > 0 && uses.every((use) => document.querySelector(use.getAttribute("href")!) !== null)
            ),
            true,
          );
        });
        await visit(
          browser,
          folder,
          four,
          { viewport: { width: 360, height: 780 }, script: false },
          async ({ page }) => {
            const lefts = await page.evaluate(() =>
              [...document.querySelectorAll(".panel")].map((panel) => Math.round(panel.getBoundingClientRect().left))
            );
            assert.deepEqual([lefts[2], lefts[3]], [lefts[0], lefts[1]]);
            assert.ok(lefts[1] > lefts[0] + 100);
            const out = await page.evaluate(() =>
              [...document.querySelectorAll("header *, #overview *, #claims *, #trust *")].filter((element) => {
                const { width, left, right } = element.getBoundingClientRect();
                return width > 1 && !element.closest(".quiet") && (left < -1 || right > innerWidth + 1);
              }).map((element) => element.outerHTML.slice(0, 80))
            );
            assert.deepEqual(out, []);
          },
        );
      });

      await t.step("keeps the controls in one line that stays in sight", async () => {
        for (const width of [360, 1280]) {
          await visit(browser, folder, results, { viewport: { width, height: 800 } }, async ({ page }) => {
            await page.evaluate(() => document.getElementById("checks")!.scrollIntoView({ behavior: "instant" }));
            const bar = await page.locator("#controls").evaluate((element) => {
              const { top, height, left, right } = element.getBoundingClientRect();
              return { top, height, left, right };
            });
            assert.ok(Math.abs(bar.top) < 1 && bar.height < 60, JSON.stringify(bar));
            assert.ok(bar.left >= 0 && bar.right <= width);
          });
        }
      });

      await t.step("prints what is folded", async () => {
        await visit(browser, folder, results, { script: false }, async ({ page }) => {
          const evidence = page.locator(".evidence dd").first();
          assert.equal(await evidence.isVisible(), false);
          await page.emulateMedia({ media: "print" });
          const closed = await page.evaluate(() =>
            [...document.querySelectorAll("details")].filter((details) =>
              details.getBoundingClientRect().height <
                details.querySelector("summary")!.getBoundingClientRect().height + 20
            ).map((details) => details.textContent!.slice(0, 60))
          );
          assert.deepEqual(closed, []);
          assert.equal(await evidence.isVisible(), true);
        });
      });

      await t.step("keeps its marks where colours are forced", async () => {
        await visit(browser, folder, results, { script: false }, async ({ page }) => {
          await page.emulateMedia({ forcedColors: "active" });
          const fills = await page.locator(".panel").first().locator(".dots path").evaluateAll((
            marks,
          ) => [...new Set(marks.map((mark) => getComputedStyle(mark).fill))]);
          assert.equal(fills.length, 4);
          assert.equal(
            await page.locator(".canvas").first().evaluate((canvas) => getComputedStyle(canvas).forcedColorAdjust),
            "none",
          );
        });
      });

      await t.step("prints without cutting a figure", async () => {
        await visit(browser, folder, results, {}, async ({ page }) => {
          const pdf = await page.pdf({
            format: "A4",
            margin: { top: "15mm", bottom: "15mm", left: "12mm", right: "12mm" },
          });
          assert.equal(new TextDecoder("latin1").decode(pdf.slice(0, 5)), "%PDF-");
          await page.emulateMedia({ media: "print" });
          await page.setViewportSize({ width: 703, height: 1009 });
          const cut = await page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>(".figure")].filter((figure) => {
              const { width, height } = figure.getBoundingClientRect();
              const drawing = figure.querySelector("svg")!.getBoundingClientRect();
              return getComputedStyle(figure).breakInside !== "avoid" || drawing.width > width + 1 || height > 1009;
            }).map((figure) => figure.id)
          );
          assert.deepEqual(cut, []);
          assert.equal(await page.locator("#controls").isVisible(), false);
        });
      });

      await t.step("shows hostile names as text", async () => {
        const hostile = hostileResults(results);
        await visit(browser, folder, hostile, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
          assert.equal(await page.evaluate(() => (globalThis as { hacked?: unknown }).hacked), undefined);
          assert.ok((await page.textContent("#networks"))!.includes("<script>hacked=1</script>"));
          const wide = await page.evaluate(() =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth
          );
          assert.equal(wide, 0, "a long name widens the page");
          await change(page, () => page.selectOption("[name=category]", { index: 2 }));
          assert.ok(Number(await page.getAttribute("#figure-proportion-by-depth", "data-drawn")) > 0);
          assert.equal(await page.evaluate(() => (globalThis as { hacked?: unknown }).hacked), undefined);
        });
      });
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  },
});
