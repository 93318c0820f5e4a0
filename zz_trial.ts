import { chromium } from "playwright-core";
const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
  woff: "font/woff",
  safetensors: "application/octet-stream",
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
const [mode, limit, w = "1280", dark = ""] = Deno.args;
const args = mode === "gpu"
  ? ["--headless", "--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"]
  : ["--headless", "--no-sandbox", "--disable-gpu"];
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
const page = await b.newPage({ viewport: { width: +w, height: 900 }, colorScheme: dark ? "dark" : "light" });
page.on("console", (m) => console.log("CONSOLE", m.type(), m.text().slice(0, 300)));
page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
page.on("requestfailed", (r) => console.log("FAILED", r.url()));
page.on("request", (r) => {
  if (!r.url().startsWith(`http://127.0.0.1:${server.addr.port}/`) && !/^(blob|data):/.test(r.url())) {
    console.log("FOREIGN", r.url());
  }
});
await page.goto(`http://127.0.0.1:${server.addr.port}/live/index.html`);
await page.screenshot({ path: `/tmp/live-form-${w}${dark}.png`, fullPage: true });
const id = Deno.env.get("NET");
if (id) {
  await page.uncheck("input[name=network]:checked");
  await page.check(`input[value=${id}]`);
}
if (limit !== "0") await page.fill("#reproduce-limit", limit);
await page.selectOption("#reproduce-device", mode === "gpu" ? "webgpu" : "wasm");
const t = performance.now();
await page.click("#reproduce .go");
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
await page.waitForTimeout(1500);
await page.screenshot({ path: `/tmp/live-done-${w}${dark}.png`, fullPage: true });
console.log(
  await page.evaluate(
    () => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
      (document.getElementById("report") as HTMLIFrameElement).contentDocument!.documentElement.dataset.settled,
      document.getElementById("downloads")!.textContent,
    ],
  ),
);
console.log(
  new TextDecoder().decode(
    (await new Deno.Command("ps", { args: ["-eo", "pid,ni,time,args", "--sort=-time"] }).output()).stdout,
  ).split("\n").filter((l) => l.includes("type=renderer") || l.includes("type=gpu")).slice(0, 3).map((l) =>
    l.slice(0, 60)
  ).join("\n"),
);
await b.close();
await server.shutdown();
