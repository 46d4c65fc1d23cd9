#!/usr/bin/env node
// Plain JavaScript, so that a Node too old to strip types says one sentence instead of a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error USAGE: regild needs Node 22.18 or later, this is ${process.versions.node}\n  hint   install a newer Node; in a checkout, npm scripts run on the pinned one: npm run regild -- <verb>\n`,
  );
  process.exitCode = 2;
} else {
  const { enableCompileCache } = await import('node:module');
  const { homedir } = await import('node:os');
  const { isAbsolute, join } = await import('node:path');
  // In a folder of the user's own: whoever could write the shared one of the machine would decide what runs here.
  const caches = process.env.XDG_CACHE_HOME ?? '';
  const cache = isAbsolute(caches) ? caches : join(homedir(), '.cache');
  enableCompileCache(process.env.NODE_COMPILE_CACHE || join(cache, 'regild', 'compiled'));
  // Node 22 calls its SQLite experimental at every use; what regild asks of it is settled in Node 24. All other warnings are shown as they were.
  for (const show of process.listeners('warning')) {
    process.removeListener('warning', show);
    process.on('warning', (warning) => {
      if (warning.name !== 'ExperimentalWarning' || !warning.message.startsWith('SQLite ')) show.call(process, warning);
    });
  }
  // What reads disks makes many times as much garbage as it holds. V8 looks at these flags at each collection and each call that grows hot: new objects get no
  // more room than at the start, old ones are collected before they are twice as many, and code stays as it was compiled first. Reading waits for blocks.
  if (['inspect', 'diff'].includes(process.argv.slice(2).find((word) => !word.startsWith('-')) ?? '')) {
    const { setFlagsFromString } = await import('node:v8');
    for (const flag of ['--semi-space-growth-factor=1', '--optimize-for-size', '--no-opt', '--no-maglev']) setFlagsFromString(flag);
  }
  await import('./cli.ts');
}
