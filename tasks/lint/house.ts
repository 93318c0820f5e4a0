/**
 * The lint rules that keep the house in order: data flows one way between rooms, `src/` runs outside Deno too, and the
 * pure rooms know no files, clock, chance or console.
 */

/** Rooms in the order in which data flows; a room imports only from rooms before it. */
const ROOMS = [
  "lock",
  "store",
  "weights",
  "onnx",
  "networks",
  "stimuli",
  "devices",
  "localizer",
  "recording",
  "measures",
  "resampling",
  "results",
  "analysis",
  "report",
  "suites",
  "reproduce",
];

const PURE = new Set([
  "lock",
  "onnx",
  "networks",
  "localizer",
  "measures",
  "resampling",
  "results",
  "analysis",
  "report",
]);

/** Files of otherwise pure rooms whose whole purpose is to read or write. */
const IMPURE_FILES = /\/src\/(results\/(read|write)[a-z_]*|report\/[a-z_]*assets)\.ts$/;

const FORBIDDEN_IMPORTS =
  /^(node:(fs|fs\/promises|child_process|http|https|net|os|worker_threads|process)|onnxruntime-)/;
const FORBIDDEN_GLOBALS = new Set(["console", "performance", "fetch", "setTimeout", "setInterval", "process"]);

interface Place {
  readonly room: string | null;
  readonly pure: boolean;
}

function placeOf(filename: string): Place | null {
  const path = filename.replaceAll("\\", "/");
  const match = /\/src\/(?:([a-z]+)\/)?[^/]*(?:\/[^/]*)*\.ts$/.exec(path);
  if (match === null) return null;
  const room = match[1] ?? null;
  return { room, pure: room !== null && PURE.has(room) && !IMPURE_FILES.test(path) };
}

function report(context: Deno.lint.RuleContext, node: Deno.lint.Node, message: string): void {
  context.report({ node, message });
}

function checkSource(context: Deno.lint.RuleContext, place: Place, source: Deno.lint.StringLiteral): void {
  const specifier = source.value;
  if (place.pure && FORBIDDEN_IMPORTS.test(specifier)) {
    report(context, source, `The room "${place.room}" is pure: it may not import "${specifier}".`);
  }
  const target = /^(?:\.\.\/)+([a-z]+)\/(.+)$/.exec(specifier);
  if (target === null || place.room === null || !ROOMS.includes(target[1]) || target[1] === place.room) return;
  if (ROOMS.indexOf(target[1]) > ROOMS.indexOf(place.room)) {
    report(context, source, `The room "${place.room}" comes before "${target[1]}" and may not import from it.`);
  }
  if (target[2] !== "mod.ts") {
    report(context, source, `Import the room "${target[1]}" through its mod.ts.`);
  }
}

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "one-way": {
      create(context) {
        const place = placeOf(context.filename);
        if (place === null) return {};
        return {
          ImportDeclaration(node) {
            checkSource(context, place, node.source);
          },
          ExportNamedDeclaration(node) {
            if (node.source !== null) checkSource(context, place, node.source);
          },
          ExportAllDeclaration(node) {
            checkSource(context, place, node.source);
          },
        };
      },
    },
    "pure": {
      create(context) {
        const place = placeOf(context.filename);
        if (place === null) return {};
        return {
          MemberExpression(node) {
            if (node.object.type !== "Identifier" || node.computed) return;
            const name = node.object.name;
            const property = node.property.type === "Identifier" ? node.property.name : "";
            if (name === "Deno") report(context, node, "src/ runs outside Deno too: use node:fs/promises and streams.");
            if (!place.pure) return;
            if (name === "Math" && property === "random") {
              report(context, node, "A pure room takes its seed from its caller: no Math.random.");
            }
            if (name === "Date") report(context, node, "A pure room takes the time from its caller: no Date.");
            if (FORBIDDEN_GLOBALS.has(name)) report(context, node, `A pure room does not touch "${name}".`);
          },
          NewExpression(node) {
            if (place.pure && node.callee.type === "Identifier" && node.callee.name === "Date") {
              report(context, node, "A pure room takes the time from its caller: no Date.");
            }
          },
          CallExpression(node) {
            if (place.pure && node.callee.type === "Identifier" && FORBIDDEN_GLOBALS.has(node.callee.name)) {
              report(context, node, `A pure room does not call "${node.callee.name}".`);
            }
          },
        };
      },
    },
  },
};

export default plugin;
