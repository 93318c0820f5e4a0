import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { compareSelected, parseResults, parseSelected } from "../../src/results/mod.ts";
import { reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";
import { RECIPES } from "../../src/study/mod.ts";
import { network, SIDE, writeImages } from "../planted_onnx.ts";
import { CHROMIUM, openBrowser, violations } from "../report/browser.ts";
import { serveLive } from "./live_site.ts";
import { download, ended, visitLive } from "./live_visit.ts";
import { tooLarge, unknownOperator, weightsBeside } from "./odd_networks.ts";

const WEIGHTS = fileURLToPath(new URL("../../fixtures/mini-vision-s0.safetensors", import.meta.url));
/** Images of each category: enough that units are selected. */
const LIMIT = 4;
/** A layer of the mini network before which little is computed. */
const EARLY = "relu";

/** A native run; gives the folder of its files. */
async function native(out: string, options: ReproduceOptions): Promise<string> {
  return (await reproduce({ device: "cpu", fast: true, limit: LIMIT, keep: false, out, ...options })).directory;
}

/** Compares the units that the page selects with those of a native run. */
async function agrees(page: Page, folder: string): Promise<void> {
  const own = parseSelected((await download(page, "selected.json")).text);
  const there = parseSelected(await readFile(join(folder, "selected.json"), "utf8"));
  const { targets } = parseResults(await readFile(join(folder, "results.json"), "utf8"));
  const overlaps = compareSelected(own, there, targets).filter(({ dice }) => dice !== null);
  assert.ok(overlaps.reduce((sum, { b }) => sum + b, 0) > 50, JSON.stringify(overlaps));
  for (const { layer, target, dice } of overlaps) assert.ok(dice! >= 0.99, `${layer}, ${target}: ${dice}`);
}

/** Chooses a network of one's own, and waits until its layers and the conditions are shown. */
async function choose(page: Page, file: string | { name: string; bytes: Uint8Array }): Promise<void> {
  const given = typeof file === "string"
    ? file
    : { name: file.name, mimeType: "application/octet-stream", buffer: Buffer.from(file.bytes) };
  await page.setInputFiles("#network-file", given);
  await page.locator("#layer-list option").first().waitFor({ state: "attached" });
  await page.locator("#conditions select").first().waitFor();
}

/** Drops files on an element. */
async function drop(page: Page, place: string, files: readonly { name: string; buffer: Buffer }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, text } of given) {
      data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
    }
    return data;
  }, files.map(({ name, buffer }) => ({ name, text: buffer.toString("base64") })));
  await page.dispatchEvent(place, "drop", { dataTransfer });
}

/** Every element that reaches past the window, but for what scrolls by itself. */
async function tooWide(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > clientWidth + 1 && each.closest(".scroll") === null)
      .map((each) => each.outerHTML.slice(0, 80));
  });
}

Deno.test({
  name: "the live page in a browser",
  ignore: CHROMIUM === null,
  // The browser is another process, which outlives each step.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await mkdtemp(join(tmpdir(), "fusiform-live-"));
    const site = await serveLive(join(folder, "site"));
    const browser = await openBrowser();
    try {
      await t.step(
        "reproduces a mini network in WebAssembly, with the units of a native run, and compares",
        async () => {
          const there = await native(join(folder, "native"), { study: "mini", networks: ["mini-vision-s0"] });
          await site.publish(there);
          await visitLive(browser, site.url, {}, async (page) => {
            await page.fill("#reproduce-limit", String(LIMIT));
            await page.selectOption("#reproduce-device", "webgpu");
            await page.click("#reproduce .go");
            await page.locator(".found tbody tr").first().waitFor();
            assert.match(await page.locator("#device-note").innerText(), /offers no WebGPU.*WebAssembly, 1 thread/);
            assert.equal(await ended(page), "Done.");
            assert.equal(await page.locator(".found tbody tr").count(), 4);
            assert.equal(await page.locator(".found tbody tr").first().locator("td").count(), 10);
            assert.equal(await page.locator("#found .dots").count(), 4);
            await agrees(page, there);
            const [, equal, all] = /In (\d+) of (\d+) layers/.exec(await page.locator("#agreement").innerText())!;
            assert.ok(Number(all) > 3 && Number(equal) >= Number(all) - 1, `${equal} of ${all}`);
            assert.match(await page.locator("#compared table").first().innerText(), /layer4\.1/);
            // Both runs have the same settings, so that only rounding can tell them apart.
            const [, values, alike = values] = /^(?:All|Of) (\d+) values [^)]*\)(?:, (\d+))? are equal to four digits/
              .exec(await page.locator("#differences").innerText())!;
            assert.ok(Number(values) > 40 && Number(alike) > 0.9 * Number(values), `${alike} of ${values}`);
            assert.equal(await page.locator("#settings").count(), 0);
            // The report in the frame is the page that is handed out, and its figures are drawn.
            const { name, text } = await download(page, "the report");
            assert.match(name, /^mini-\d+\.\d+\.\d+-[0-9a-f]{8}\.html$/);
            const frame = page.frames().find((each) => each.url().endsWith("report.html"))!;
            await frame.waitForFunction(() => document.documentElement.dataset.settled !== undefined);
            const shown = (await frame.locator("h1").innerText()).replace(/\s+/g, " ");
            assert.ok(text.replace(/\s+/g, " ").includes(`<h1>${shown}</h1>`), shown);
            const results = parseResults((await download(page, "results.json")).text);
            const native = parseResults(await readFile(join(there, "results.json"), "utf8"));
            assert.equal(results.stimuli.hash, native.stimuli.hash);
            assert.equal(results.provenance.device, "wasm");
            assert.match((await download(page, "measures.csv")).text, /^network,family,layer,.*\r\nmini-vision-s0,/);
            assert.deepEqual(await violations(page), []);
          });
        },
      );

      await t.step("localizes a graph and a folder of one's own, with roles chosen by hand", async () => {
        const images = join(folder, "images");
        await writeImages(images);
        await visitLive(browser, site.url, { width: 360 }, async (page) => {
          await page.check("input[name=pictures][value=folder]");
          await page.setInputFiles("#folder", images);
          await choose(page, { name: "planted.onnx", bytes: network(0, 60) });
          assert.equal(await page.locator("#recipe-side").inputValue(), "16");
          assert.deepEqual(
            await page.locator("#layer-list").evaluate((list: HTMLSelectElement) =>
              [...list.selectedOptions].map(({ value }) => value)
            ),
            ["layer"],
          );
          await page.selectOption("#recipe-name", "clip");
          await page.selectOption("#conditions select[data-condition=words]", "control");
          await page.selectOption("#conditions select[data-condition=places]", "left out");
          assert.deepEqual(await tooWide(page), []);
          await page.click("#own .go");
          assert.equal(await ended(page), "Done.");
          const results = parseResults((await download(page, "results.json")).text);
          assert.deepEqual(results.targets, ["faces"]);
          assert.deepEqual([...results.controls].sort(), ["objects", "words"]);
          const { selected } = results.networks[0].layers[0].categories.faces;
          assert.ok(selected >= 50 && selected <= 70, `${selected} of the 60 planted units`);
          assert.match((await download(page, "the report")).text, /^<!doctype html>[^]*planted\.onnx/);
          assert.deepEqual(await tooWide(page), []);
          assert.deepEqual(await violations(page), []);
        });
      });

      await t.step(
        "takes a graph with the file that holds its weights, and names the file where it is missing",
        async () => {
          const { graph, data } = weightsBeside(network(0, 60), () => "weights/planted.onnx.data");
          const [onnx, weights] = [graph, data].map((bytes, index) => ({
            name: ["planted.onnx", "planted.onnx.data"][index],
            mimeType: "application/octet-stream",
            buffer: Buffer.from(bytes),
          }));
          await visitLive(browser, site.url, {}, async (page) => {
            const hint = page.locator("#drop-network .hint");
            await page.setInputFiles("#network-file", [onnx]);
            await page.locator("#drop-network .hint", { hasText: "Cannot" }).waitFor();
            assert.match(
              await hint.innerText(),
              /^Cannot read "planted\.onnx": [^.]* another file, "planted\.onnx\.data"; [^.]*\.$/,
            );
            await page.setInputFiles("#network-file", [weights, { ...weights, name: "more.data" }]);
            await page.locator("#drop-network .hint", { hasText: "none is an ONNX file" }).waitFor();
            await drop(page, "#drop-network", [weights, onnx]);
            await page.locator("#layer-list option").first().waitFor({ state: "attached" });
            assert.equal(await hint.innerText(), "planted.onnx: 3 layers to choose from.");
            await page.check("input[name=pictures][value=folder]");
            await page.setInputFiles("#folder", join(folder, "images"));
            await page.locator("#conditions select").first().waitFor();
            await page.selectOption("#recipe-name", "clip");
            await page.click("#own .go");
            assert.equal(await ended(page), "Done.");
            const [{ weights: found, layers }] = parseResults((await download(page, "results.json")).text).networks;
            assert.equal(found.sha256, createHash("sha256").update(graph).update(data).digest("hex"));
            const { selected } = layers[0].categories.faces;
            assert.ok(selected >= 50 && selected <= 70, `${selected} of the 60 planted units`);
          });
        },
      );

      await t.step("shows the report of a run whose published one cannot be loaded", async () => {
        await visitLive(browser, site.url, { expected: /ERR_FAILED/ }, async (page) => {
          await page.context().route("**/published/results.json", (route) => route.abort());
          await page.fill("#reproduce-limit", "2");
          await page.check("input[value=mini-clip-s0]");
          await page.click("#reproduce .go");
          await page.locator("#status", { hasText: "mini-clip-s0 (network 2 of 2)" }).waitFor();
          assert.equal(await ended(page), "Done.");
          assert.match(
            await page.locator("#compared").innerText(),
            /^The published run cannot be compared\. Cannot load "\.\.\/published\/results\.json" from this site: [^.]*\.$/,
          );
          assert.match((await download(page, "the report")).text, /^<!doctype html>/);
        });
      });

      await t.step("pauses, goes on and stops", async () => {
        await visitLive(browser, site.url, {}, async (page) => {
          await page.fill("#reproduce-limit", String(LIMIT));
          await page.click("#reproduce .go");
          await page.locator("#pace", { hasText: "images" }).waitFor();
          await page.click("#pause");
          await page.waitForTimeout(1000);
          const halted = await page.locator("#bar").getAttribute("value");
          await page.waitForTimeout(1500);
          assert.equal(await page.locator("#bar").getAttribute("value"), halted);
          assert.equal(await page.locator("#status").innerText(), "Paused.");
          await page.click("#pause");
          await page.locator("#status", { hasText: /Showing|Analysing/ }).waitFor();
          await page.click("#stop");
          assert.equal(await ended(page), "Stopped.");
          assert.ok(await page.locator("#reproduce .go").isEnabled());
        });
      });

      await t.step("says in one sentence what keeps it from running", async () => {
        await visitLive(browser, site.url, { expected: /Tile output tensor/ }, async (page) => {
          await page.setInputFiles("#network-file", {
            name: "letter.onnx",
            mimeType: "text/plain",
            buffer: Buffer.from("no graph"),
          });
          await page.locator("#drop-network .hint", {
            hasText: 'Cannot read "letter.onnx": it is of an unknown format',
          }).waitFor();
          await page.click("#own .go");
          assert.equal(await ended(page), "Choose a network first.");
          for (
            const [bytes, expected] of [
              [
                unknownOperator(),
                /^The network has an operator that .* does not know in the browser: Sorcery;[^.]*\.$/,
              ],
              [tooLarge(), /^There is too little memory for this network in a browser tab;[^.]*\.$/],
            ] as const
          ) {
            await choose(page, { name: "odd.onnx", bytes });
            await page.click("#own .go");
            assert.match(await ended(page), expected);
          }
          await page.uncheck("input[name=network]:checked");
          await page.click("#reproduce .go");
          assert.equal(await ended(page), "Choose at least one network.");
        });
      });
    } finally {
      await browser.close();
    }
    const drawing = await openBrowser({ webGpu: true });
    try {
      await t.step("localizes a graph on WebGPU, with the units of a native run", async () => {
        const path = join(folder, "planted.onnx"), images = join(folder, "images");
        await Deno.writeFile(path, network(0, 60));
        const there = await native(join(folder, "native"), {
          networks: [{ id: "planted", weights: path, preprocessing: { ...RECIPES.clip, resize: SIDE, crop: SIDE } }],
          stimuli: { path: images, targets: ["faces"], controls: ["objects", "places", "words"] },
          limit: undefined,
        });
        await visitLive(drawing, site.url, { dark: true }, async (page) => {
          await page.check("input[name=pictures][value=folder]");
          await page.setInputFiles("#folder", images);
          await choose(page, path);
          await page.selectOption("#recipe-name", "clip");
          for (const name of ["places", "words"]) {
            await page.selectOption(`#conditions select[data-condition=${name}]`, "control");
          }
          await page.selectOption("#own-device", "webgpu");
          await page.click("#own .go");
          assert.equal(await ended(page), "Done.");
          assert.match(await page.locator("#device-note").innerText(), /^Runs on WebGPU \(/);
          await agrees(page, there);
          assert.equal(parseResults((await download(page, "results.json")).text).provenance.device, "webgpu");
          assert.deepEqual(await violations(page), []);
        });
      });

      // An adapter that draws on the processor takes half a minute for it.
      const slow = Deno.env.get("FUSIFORM_SLOW_TESTS") === undefined;
      await t.step({
        name: "localizes a mini network in WebAssembly and on WebGPU, with the units of a native run",
        ignore: slow,
        async fn() {
          const there = await native(join(folder, "native"), {
            networks: [{ id: "mini-vision-s0", weights: WEIGHTS, layers: [EARLY] }],
            stimuli: { set: "procedural", targets: ["faces"], controls: ["objects"] },
          });
          await visitLive(drawing, site.url, {}, async (page) => {
            await choose(page, WEIGHTS);
            await page.selectOption("#layer-list", EARLY);
            for (const name of ["bodies", "places", "words"]) {
              await page.selectOption(`#conditions select[data-condition=${name}]`, "left out");
            }
            await page.fill("#own-limit", String(LIMIT));
            for (const device of ["wasm", "webgpu"]) {
              await page.selectOption("#own-device", device);
              const began = performance.now();
              await page.click("#own .go");
              assert.equal(await ended(page), "Done.");
              console.log(
                `${device}: ${((performance.now() - began) / 1000).toFixed(1)} s from the click to the report`,
              );
              await agrees(page, there);
            }
          });
        },
      });

      await t.step("tells that the graphics processor was lost", async () => {
        site.before("worker.js", DEVICE_THAT_IS_LOST);
        await visitLive(drawing, site.url, {}, async (page) => {
          await choose(page, { name: "planted.onnx", bytes: network(0, 60) });
          await page.selectOption("#own-device", "webgpu");
          await page.fill("#own-limit", "1");
          await page.click("#own .go");
          assert.match(await ended(page), /^The graphics processor was lost while the network ran;[^.]*\.$/);
        });
      });
    } finally {
      await drawing.close();
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** Destroys the device when it is given its third piece of work. */
const DEVICE_THAT_IS_LOST = `{
  const { requestDevice } = GPUAdapter.prototype, { submit } = GPUQueue.prototype;
  let device, count = 0;
  GPUAdapter.prototype.requestDevice = async function (...options) {
    return device = await requestDevice.apply(this, options);
  };
  GPUQueue.prototype.submit = function (...work) {
    if (++count === 3) device.destroy();
    return submit.apply(this, work);
  };
}`;
