import { redactCredentials } from "../lock/mod.ts";

/** What a system says by a code alone. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: "there is no space left on the disk",
  EDQUOT: "the disk's quota is used up",
  EACCES: "it may not be read or written",
  EPERM: "it may not be read or written",
  EROFS: "the disk can only be read",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EIO: "the disk does not answer as it should",
};

/** `Cannot go on with "…": there is no space left on the disk` in place of `ENOSPC: no space left on device, write '…'`. */
function inWords(error: Error): string {
  const { code = "", path, message } = error as NodeJS.ErrnoException;
  if (!Object.hasOwn(SYSTEM, code) || !message.startsWith(code)) return message;
  const where = path ?? /'([^']+)'/.exec(message)?.[1];
  return `Cannot go on${where === undefined ? "" : ` with "${where}"`}: ${SYSTEM[code]}`;
}

/** What went wrong, in one sentence without passwords: logs are read by others too. */
export function sentence(error: unknown): string {
  return redactCredentials(error instanceof Error ? inWords(error) : String(error));
}
