import assert from "node:assert/strict";
import { parseProcesses, runnersAbove } from "../../tasks/terminal/parents.ts";

const above = (text: string): number[] => runnersAbove(9, parseProcesses(text));

Deno.test("runnersAbove() finds deno task and npx above it, not the user's shell nor what is above that", () => {
  const npx = `
    1     0 /sbin/init
    2     1 node /usr/share/editor/server.js
    3     2 -bash
    4     3 npm exec deno@2.9.6 task reproduce
    5     4 sh -c 'deno' task reproduce
    6     5 deno task reproduce
    9     6 /usr/lib/node_modules/deno/deno run -P=reproduce tasks/reproduce.ts
`;
  assert.deepEqual(above(npx), [6, 4]);
  const scripts = `
    3     1 zsh
    4     3 node /usr/local/bin/npx -y deno@2.9.6 task reproduce
    5     4 sh -c deno task reproduce
    6     5 node /home/me/.npm/_npx/0a/node_modules/deno/bin.cjs task reproduce
    7     6 /home/me/.npm/_npx/0a/node_modules/@deno/linux-x64-glibc/deno task reproduce
    9     7 deno run tasks/reproduce.ts
`;
  assert.deepEqual(above(scripts), [7, 6, 4]);
});

Deno.test("runnersAbove() finds none where a shell, a program or nothing started the process", () => {
  assert.deepEqual(above("3 1 bash\n9 3 deno run tasks/reproduce.ts"), []);
  assert.deepEqual(above("3 1 sh -c deno run tasks/reproduce.ts\n9 3 deno run tasks/reproduce.ts"), []);
  assert.deepEqual(above("3 1 node server.js\n9 3 deno run tasks/reproduce.ts"), []);
  assert.deepEqual(above("3 1 python denoise.py\n9 3 deno run tasks/reproduce.ts"), []);
  assert.deepEqual(above("9 8 deno run tasks/reproduce.ts"), []);
  assert.deepEqual(above(""), []);
  assert.deepEqual(above("8 9 deno task\n9 8 deno task"), [8]);
});

Deno.test("parseProcesses() leaves out lines that are no process", () => {
  assert.deepEqual(parseProcesses("  PID PPID ARGS\n\n 12  1 deno task a b\n"), [
    { pid: 12, parent: 1, command: "deno task a b" },
  ]);
});
