import fs from "node:fs";

// Deno throws where a file is withheld, and the browser's library only asks whether it is there.
const exists = fs.existsSync;
fs.existsSync = (path) => {
  try {
    return exists(path);
  } catch {
    return false;
  }
};
