#!/usr/bin/env node
// Plain JavaScript, so that a Node too old to strip types says one sentence instead of a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error USAGE: regild needs Node 22.18 or later, this is ${process.versions.node}\n  hint   npm scripts run on the pinned Node: npm run regild -- <verb>\n`,
  );
  process.exitCode = 2;
} else {
  await import('./cli.ts');
}
