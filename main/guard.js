// Plain JavaScript on purpose: an older Node can read it, and says what to do instead of crashing
// (better-sqlite3 13 segfaults on Node 20, and only Node 24 runs the TypeScript sources as they are).

const NODE_MAJOR_MIN = 24;

/** Ends the process with one clear line when this Node is too old to run Plimsoll. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= NODE_MAJOR_MIN) return;
  console.error(
    `Plimsoll needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}. ` +
      'Run "npm ci" (with install scripts allowed: it brings its own Node), then "npm start" or "npm test".',
  );
  process.exit(2);
}
