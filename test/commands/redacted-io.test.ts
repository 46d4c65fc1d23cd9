import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Io } from '../../src/commands/command.ts';
import { redactedIo } from '../../src/commands/redacted-io.ts';
import { type Content, forgetSecrets, knowSecrets } from '../../src/model/redact.ts';
import { PLANTED, QUOTED } from '../fakes/planted.ts';

const KNOWN = 'hunter2-hunter2';

function heard() {
  onTestFinished(forgetSecrets);
  knowSecrets([KNOWN]);
  const printed: string[] = [];
  const diagnostics = Object.assign(new PassThrough(), { columns: 80 });
  const io = { out: (said: string) => printed.push(said), tell: (said: string) => printed.push(said), diagnostics };
  return { ...redactedIo(io as unknown as Io), diagnostics, stdout: () => printed.join('') };
}

test('neither results nor diagnostics show what is known to be secret or looks like it, whatever leads there', async () => {
  const { io, end, diagnostics, stdout } = heard();
  io.out(`${KNOWN} of Dublin-North\n`, 'text');
  io.tell(`client_secret=${PLANTED} and ${KNOWN}\n`);
  io.out(`{"a":"${KNOWN}","secret":"a name"}`, 'json');
  io.diagnostics.write(`login ${KNOWN} Bearer ${PLANTED}\n`);
  expect(io.diagnostics.columns).toBe(80);
  io.diagnostics.write(Buffer.from(`bytes ${KNOWN}\n`));
  io.diagnostics.end();
  end();
  expect([stdout(), await text(diagnostics)]).toEqual([
    '*** of Dublin-North\nclient_secret=*** and ***\n{"a":"***","secret":"a name"}',
    'login *** Bearer ***\nbytes ***\n',
  ]);
});

test('what a program takes as it is stays as it is, and is refused with a secret in it', () => {
  const { io, stdout } = heard();
  io.out('admin_password = var.password\n', 'exact');
  expect(() => io.out(`password = "${KNOWN}"`, 'exact')).toThrow('what was to be printed holds a secret of your environment');
  expect(() => io.out('AKIAIOSFODNN7EXAMPLE', 'exact')).toThrow('holds an AWS access key id');
  io.out('AWS_SECRET_ACCESS_KEY=sandbox\n', 'secret');
  expect(stdout()).toBe('admin_password = var.password\nAWS_SECRET_ACCESS_KEY=sandbox\n');
});

// Each cut is another: what is looked for may lie across any number of them.
test.each(['text', 'json'] as const)('%s in pieces, wherever they are cut, shows no secret', (content: Content) => {
  const said = content === 'json' ? `${JSON.stringify({ said: [KNOWN, ...QUOTED] }, null, 2)}\n` : [KNOWN, ...QUOTED].join('\n');
  fc.assert(
    fc.property(fc.array(fc.nat(said.length), { maxLength: 40 }), (cuts) => {
      const { io, end, stdout } = heard();
      const at = [0, ...cuts.toSorted((a, b) => a - b), said.length];
      at.forEach((from, index) => void io.out(said.slice(from, at[index + 1]), content));
      end();
      expect([stdout().includes(PLANTED), stdout().includes(KNOWN)]).toEqual([false, false]);
      if (content === 'json') expect(JSON.parse(stdout()).said).toHaveLength(QUOTED.length + 1);
    }),
  );
});
