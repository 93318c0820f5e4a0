import { chromium } from "playwright-core";
const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
};
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (r) => {
  const p = new URL(r.url).pathname;
  try {
    const b = await Deno.readFile(`.cache${p}`);
    return new Response(b, { headers: { "content-type": types[p.split(".").pop()!] ?? "application/octet-stream" } });
  } catch {
    return new Response("no", { status: 404 });
  }
});
const [mode, limit, layers] = Deno.args;
const args = mode === "webgpu"
  ? ["--headless", "--no-sandbox", "--enable-unsafe-webgpu"]
  : ["--headless", "--no-sandbox", "--disable-gpu"];
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
const page = await b.newPage();
page.on("console", (m) => console.log("CONSOLE", m.type(), m.text().slice(0, 300)));
page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
await page.goto(`http://127.0.0.1:${server.addr.port}/live/index.html`);
await page.setInputFiles("#network-file", "fixtures/mini-vision-s0.safetensors");
await page.waitForSelector("#layer-list option", { state: "attached", timeout: 120000 });
await page.waitForSelector("#conditions select", { timeout: 120000 });
if (layers) await page.selectOption("#layer-list", layers.split(","));
console.log(await page.locator("#conditions").innerText());
for (const c of ["bodies", "places", "words"]) {
  await page.selectOption(`#conditions select[data-condition="${c}"]`, "left out");
}
await page.fill("#own-limit", limit);
await page.selectOption("#own-device", mode);
const t = performance.now();
await page.click("#own .go");
let last = "";
for (;;) {
  await new Promise((r) => setTimeout(r, 300));
  const s = await page.evaluate(
    () => [
      document.getElementById("device-note")!.textContent,
      document.getElementById("status")!.textContent,
      document.getElementById("pace")!.textContent,
      document.documentElement.dataset.running,
    ],
  );
  const k = s.slice(0, 3).join(" | ");
  if (k !== last) console.log(((performance.now() - t) / 1000).toFixed(1), k);
  last = k;
  if (s[3] === "false") break;
  if (performance.now() - t > 240000) break;
}
console.log(
  new TextDecoder().decode(
    (await new Deno.Command("ps", { args: ["-eo", "pid,ni,time,args", "--sort=-time"] }).output()).stdout,
  ).split("\n").filter((l) => l.includes("type=renderer") || l.includes("type=gpu")).slice(0, 3).map((l) =>
    l.slice(0, 60)
  ).join("\n"),
);
console.log(await page.locator("#found").innerText());
await b.close();
await server.shutdown();
