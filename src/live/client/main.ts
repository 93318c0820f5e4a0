import { startLivePage } from "./start_live_page.ts";

startLivePage();
