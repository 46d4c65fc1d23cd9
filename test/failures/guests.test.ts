import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromAws } from '../../src/adapters/aws/errors.ts';
import { packerFailure } from '../../src/adapters/packer/failure.ts';
import { parsePackerLine } from '../../src/adapters/packer/output.ts';
import { explainLog } from '../../src/failures/explain.ts';
import { buildCause } from '../../src/failures/packer/cause.ts';
import { readCustomizationLog } from '../../src/failures/packer/customization-log.ts';
import { NOTHING_READ, readLine } from '../../src/failures/packer/reading.ts';
import { serialCause } from '../../src/failures/serial-log.ts';

/** What somebody quoted in a public thread, and what a user of regild reads where the same is met. */
interface Quoted {
  readonly thread: string;
  readonly said: 'serial' | 'customization.log' | 'packer' | 'sysprep' | 'ec2';
  readonly lines?: readonly string[];
  /** Packer's structured error. */
  readonly ended?: string;
  /** AWS's error code and message. */
  readonly code?: string;
  readonly text?: string;
  readonly message: string;
  readonly hint?: string;
}

interface Read {
  readonly message: string | undefined;
  readonly hint: string | undefined;
}

function read({ said, lines = [], ended = '', code = '', text = '' }: Quoted): Read {
  switch (said) {
    case 'serial': {
      const cause = serialCause(lines.join('\r\n'));
      return { message: cause?.line, hint: cause?.hint };
    }
    case 'sysprep': {
      const cause = explainLog(lines);
      return { message: cause?.line, hint: cause?.hint };
    }
    case 'customization.log': {
      const cause = buildCause(readCustomizationLog(lines.join('\n')), ['install']);
      return { message: cause?.text, hint: cause?.hint };
    }
    case 'packer': {
      const begun = '1700000000,,ui,say,==> web.azure-arm.image: Provisioning with shell script: /tmp/packer-shell1';
      const printed = lines.map((line) => `1700000000,,ui,error,${line.replaceAll(',', '%!(PACKER_COMMA)')}`);
      const error = `1700000000,web.azure-arm.image,error,${ended.replaceAll(',', '%!(PACKER_COMMA)')}`;
      const all = [...(lines.length > 0 ? [begun] : []), ...printed, error];
      const { message, hint } = packerFailure('build', 1, all.map(parsePackerLine).reduce(readLine, NOTHING_READ), ['install']);
      return { message, hint };
    }
    case 'ec2': {
      const refused = Object.assign(new Error(text), { name: code, $metadata: { httpStatusCode: 403 } });
      const { message, hint } = fromAws(refused, { doing: 'describe AMIs', action: 'ec2:DescribeImages', region: 'eu-west-1' });
      return { message, hint };
    }
  }
}

describe('what a user reads where people met', () => {
  const quoted: readonly Quoted[] = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/guests.json'), 'utf8'));
  test.each(quoted.map((one) => [one.thread, one] as const))('%s', (_, one) => {
    expect(read(one)).toEqual({ message: one.message, hint: one.hint });
  });
});

test('an earlier boot’s trouble is over, and a console that says nothing is not explained', () => {
  const earlier = ['[    0.000000] Linux version 6.1.0', 'You are in emergency mode.'];
  const last = ['[    0.000000] Linux version 6.1.0', 'web login:'];
  expect([serialCause([...earlier, ...last].join('\n')), serialCause(''), serialCause('web login:\nlegal terms apply')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
