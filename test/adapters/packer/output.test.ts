import { expect, test } from 'vitest';
import { parsePackerLine } from '../../../src/adapters/packer/output.ts';

test.each([
  ['1700000000,,ui,say,2026-11-21T08:15:02Z: ==> web.azure-arm.image: Running builder ...', 'say', 'Running builder ...'],
  ['1700000000,,ui,message,    web.azure-arm.image: reading%!(PACKER_COMMA) done', 'guest', 'reading, done'],
  ['1700000000,,ui,error,2026-11-21T08:15:02Z: ==> web.azure-arm.image: no\\nquota', 'error', 'no\nquota'],
  ['1700000000,web.azure-arm.image,error,Build was cancelled.', 'failure', 'Build was cancelled.'],
  ['1700000000,web.azure-arm.image,artifact,0,id,/subscriptions/s', 'other', '0,id,/subscriptions/s'],
  ['1700000000,,ui,error,--> web.azure-arm.image: Build was halted.', 'error', 'Build was halted.'],
  ['1700000000,,error,no build ran', 'error', 'no build ran'],
  [
    '1700000000,,ui,error,==> a.azure-arm.image: ==> a.azure-arm.image: Status: "Failed"\\n==> a.azure-arm.image: Code: "X"',
    'error',
    'Status: "Failed"\nCode: "X"',
  ],
  ['panic: runtime error', 'error', 'panic: runtime error'],
  ['Error: Failed getting plugin', 'error', 'Error: Failed getting plugin'],
  ['Installed plugin github.com/hashicorp/azure v2.6.3', 'say', 'Installed plugin github.com/hashicorp/azure v2.6.3'],
  ['', 'other', ''],
])('%j is %s', (line, kind, text) => expect(parsePackerLine(line)).toEqual({ kind, text }));
