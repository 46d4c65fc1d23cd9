import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { beforeEach, vi } from 'vitest';

/** A unit test that reaches the network, a child process or a real timer fails with one of these sentences. */
function forbid(what: string): () => never {
  return () => {
    throw new Error(`a unit test must not ${what}: hand it a fake port instead (test/fakes)`);
  };
}

net.Socket.prototype.connect = forbid('open a connection');
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const) {
  Object.assign(childProcess, { [name]: forbid('start a child process') });
}
syncBuiltinESMExports();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'setImmediate'] });
  return () => void vi.useRealTimers();
});
