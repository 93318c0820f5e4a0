/** Takes `docs/live.png`: the live page when a mini network has been run and compared. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reproduce } from "../../src/reproduce/mod.ts";
import { openBrowser } from "../report/browser.ts";
import { serveLive } from "./live_site.ts";
import { ended, visitLive } from "./live_visit.ts";

const NETWORK = "mini-clip-s0";
const PICTURE = fileURLToPath(new URL("../../docs/live.png", import.meta.url));

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-live-"));
  const site = await serveLive(join(folder, "site"));
  const browser = await openBrowser();
  try {
    const { directory } = await reproduce({
      networks: [NETWORK],
      fast: true,
      device: "cpu",
      out: join(folder, "native"),
    });
    await site.publish(directory);
    await visitLive(browser, site.url, { width: 1100 }, async (page) => {
      await page.uncheck("input[name=network]:checked");
      await page.check(`input[value=${NETWORK}]`);
      await page.selectOption("#reproduce-device", "wasm");
      const began = performance.now();
      await page.click("#reproduce .go");
      console.log(await ended(page), `${((performance.now() - began) / 1000).toFixed(1)} s`);
      const tops = await page.evaluate(() =>
        ["#run", "#compared"].map((id) => document.querySelector(id)!.getBoundingClientRect()).map(
          ({ top, bottom }) => [top + scrollY, bottom + scrollY],
        )
      );
      const [y, end] = [tops[0][0], tops[1][1]];
      const clip = { x: 0, y, width: 1100, height: Math.min(1300, end - y) };
      await page.screenshot({ path: PICTURE, fullPage: true, clip });
    });
    console.log(PICTURE);
  } finally {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}
