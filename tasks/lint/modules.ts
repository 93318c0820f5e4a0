/**
 * The lint rules of `src/`: data flows one way between modules, everything runs outside Deno too, and pure modules know no
 * files, clock, `Math.random` or console.
 */

/** Modules in the order in which data flows; a module imports only from modules before it. */
export const MODULES: readonly string[] = [
  "kernels",
  "statistics",
  "lock",
  "store",
  "weights",
  "onnx",
  "networks",
  "stimuli",
  "devices",
  "recording",
  "criteria",
  "measures",
  "localize",
  "results",
  "lesions",
  "inference",
  "report",
  "study",
  "reproduce",
  "browser",
  "live",
  "library",
  "training",
  "validation",
  "terminal",
];

/** Modules that know no files, clock, chance or console. */
export const PURE: ReadonlySet<string> = new Set([
  "kernels",
  "statistics",
  "lock",
  "onnx",
  "networks",
  "criteria",
  "measures",
  "localize",
  "inference",
  "results",
  "report",
  "study",
  "validation",
]);

/** Files of otherwise pure modules whose whole purpose is to read or write. */
const IMPURE_FILES = /\/src\/(results\/(read|write)[a-z_]*|report\/[a-z_]*assets)\.ts$/;

const FORBIDDEN_IMPORTS =
  /^(node:(fs|fs\/promises|child_process|http|https|net|os|worker_threads|process)|onnxruntime-)/;
const FORBIDDEN_GLOBALS = new Set(["console", "performance", "fetch", "setTimeout", "setInterval", "process"]);

interface Place {
  readonly module: string | null;
  readonly pure: boolean;
}

function placeOf(filename: string): Place | null {
  const path = filename.replaceAll("\\", "/");
  const match = /\/src\/(?:([a-z]+)\/)?[^/]*(?:\/[^/]*)*\.ts$/.exec(path);
  if (match === null) return null;
  const module = match[1] ?? null;
  return { module, pure: module !== null && PURE.has(module) && !IMPURE_FILES.test(path) };
}

function report(context: Deno.lint.RuleContext, node: Deno.lint.Node, message: string): void {
  context.report({ node, message });
}

function checkSource(context: Deno.lint.RuleContext, place: Place, source: Deno.lint.StringLiteral): void {
  const specifier = source.value;
  if (place.pure && FORBIDDEN_IMPORTS.test(specifier)) {
    report(context, source, `The module "${place.module}" is pure: it may not import "${specifier}".`);
  }
  const target = /^(?:\.\.\/)+([a-z]+)\/(.+)$/.exec(specifier);
  if (target === null || place.module === null || !MODULES.includes(target[1]) || target[1] === place.module) return;
  if (MODULES.indexOf(target[1]) > MODULES.indexOf(place.module)) {
    report(context, source, `The module "${place.module}" comes before "${target[1]}" and may not import from it.`);
  }
  if (target[2] !== "mod.ts" && target[2] !== "browser.ts") {
    report(context, source, `Import the module "${target[1]}" through its mod.ts or browser.ts.`);
  }
}

const plugin: Deno.lint.Plugin = {
  name: "modules",
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
            if (name === "Map" && property === "groupBy") {
              report(context, node, "Node 20 has no Map.groupBy: use groupBy of src/statistics.");
            }
            if (!place.pure) return;
            if (name === "Math" && property === "random") {
              report(context, node, "A pure module takes its seed from its caller: no Math.random.");
            }
            if (name === "Date") report(context, node, "A pure module takes the time from its caller: no Date.");
            if (FORBIDDEN_GLOBALS.has(name)) report(context, node, `A pure module does not touch "${name}".`);
          },
          NewExpression(node) {
            if (place.pure && node.callee.type === "Identifier" && node.callee.name === "Date") {
              report(context, node, "A pure module takes the time from its caller: no Date.");
            }
          },
          CallExpression(node) {
            if (place.pure && node.callee.type === "Identifier" && FORBIDDEN_GLOBALS.has(node.callee.name)) {
              report(context, node, `A pure module does not call "${node.callee.name}".`);
            }
          },
        };
      },
    },
  },
};

export default plugin;
