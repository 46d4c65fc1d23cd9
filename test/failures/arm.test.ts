import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromAzure } from '../../src/adapters/azure/errors/index.ts';

interface ArmBody {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ArmBody[];
}
interface Said {
  readonly message: string;
  readonly hint: string;
}

const ATTEMPT = { doing: 'create the VM v', action: 'Microsoft.Compute/virtualMachines/write', scope: '/x' };

function fixture<Value>(name: string): Value {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));
}

function said(error: ArmBody, statusCode = 400): Said {
  const { message, hint = '' } = fromAzure(Object.assign(new Error('raw'), { name: 'RestError', statusCode, details: { error } }), ATTEMPT);
  return { message, hint };
}

describe('what a user reads where Azure answers with', () => {
  const expected = fixture<Readonly<Record<string, Said>>>('arm-said.json');
  const bodies = fixture<readonly (ArmBody & { readonly id: string; readonly status?: number })[]>('arm-errors.json');
  test.each(bodies.map((body) => [body.id, body] as const))('%s', (id, { status, code, message, details }) => {
    expect(said({ code, message, ...(details && { details }) }, status)).toEqual(expected[id]);
  });
});

describe('what a user reads where people met', () => {
  const threads = fixture<readonly (Said & { readonly thread: string; readonly body: ArmBody })[]>('threads.json');
  test.each(threads.map((one) => [one.thread, one] as const))('%s', (_, { body, message, hint }) => {
    expect(said(body)).toEqual({ message, hint });
  });
});
