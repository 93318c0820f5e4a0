import type { Report } from "../messages.ts";
import { element, show } from "./element.ts";

type Done = Extract<Report, { tell: "done" }>;

/** Addresses of the files that the page offers; those of an earlier run are let go. */
let addresses: string[] = [];

/** Shows the report of a run, what it is compared with, and its files. */
export function showResults({ page, results, table, selected, name, compared }: Done): void {
  show("done", true);
  addresses.forEach((address) => URL.revokeObjectURL(address));
  addresses = [];
  const files: [string, string, string, string][] = [
    ["The report", `${name}.html`, "text/html", page],
    ["results.json", `${name}.results.json`, "application/json", results],
    ["measures.csv", `${name}.measures.csv`, "text/csv", table],
    ["selected.json", `${name}.selected.json`, "application/json", selected],
  ];
  element("downloads").replaceChildren(...files.map(([label, file, type, text]) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = file;
    link.textContent = `Download ${label === "The report" ? "the report" : label}`;
    addresses.push(link.href);
    return link;
  }));
  element("compared").innerHTML = compared ?? "";
  const { contentDocument } = element<HTMLIFrameElement>("report");
  // The frame keeps its own policy, which allows what a report allows and nothing else.
  contentDocument!.open();
  contentDocument!.write(page);
  contentDocument!.close();
}
