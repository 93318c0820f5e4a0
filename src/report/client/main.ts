import { startPage } from "./start_page.ts";

// Where the page's script begins.
startPage();
