export * from "./browser.ts";
export { formatStudy, parseStudy } from "./parse_study.ts";
