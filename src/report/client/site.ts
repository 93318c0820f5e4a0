/** The script of the site's index. */
import { sortTable } from "./sort_table.ts";

document.querySelectorAll<HTMLTableElement>("table[data-sortable]").forEach(sortTable);
