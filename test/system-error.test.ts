import { expect, test } from 'vitest';
import { asRegildError } from '../src/image-report.ts';

const refused = (code: string, rest: Readonly<Record<string, unknown>> = {}) =>
  asRegildError(Object.assign(new Error(`${code}: as Node words it`), { code, syscall: 'open', path: '/runs/r1/report.json', ...rest }));

test.each([
  ['EACCES', 'could not open /runs/r1/report.json: permission is missing (EACCES)'],
  ['ENOSPC', 'could not open /runs/r1/report.json: the disk is full (ENOSPC)'],
  ['ENOTDIR', 'could not open /runs/r1/report.json: a file stands where a folder is needed (ENOTDIR)'],
  ['EISDIR', 'could not open /runs/r1/report.json: a folder stands where a file is needed (EISDIR)'],
  ['EIO', 'could not open /runs/r1/report.json: the device fails (EIO)'],
  ['ESTALE', 'could not open /runs/r1/report.json: the server of its folder knows it no more (ESTALE)'],
  ['EBUSY', 'could not open /runs/r1/report.json: another program holds it (EBUSY)'],
  ['EFBIG', 'could not open /runs/r1/report.json: the file would be longer than the system allows (EFBIG)'],
  ['ENFILE', 'could not open /runs/r1/report.json: the system has too many files open (ENFILE)'],
  ['EROFS', 'could not open /runs/r1/report.json: the file system is read-only (EROFS)'],
])('%s names the file and the cause, and blames nobody else', (code, message) => {
  const { code: ours, exitCode, message: said, hint = '' } = refused(code);
  expect({ ours, exitCode, said }).toEqual({ ours: 'SYSTEM_REFUSED', exitCode: 1, said: message });
  expect(hint).not.toContain('bug');
});

test('what could not be put in its place is named by that place', () => {
  expect(refused('EISDIR', { syscall: 'rename', path: '/runs/x.part', dest: '/runs/x' }).message).toBe(
    'could not rename /runs/x: a folder stands where a file is needed (EISDIR)',
  );
});

test('a folder that cannot be made below a read-only one is named; a file that is missing is another matter', () => {
  const made = refused('ENOENT', { syscall: 'mkdir', path: '/ro/runs' });
  expect([made.code, made.message]).toEqual([
    'SYSTEM_REFUSED',
    'could not mkdir /ro/runs: the folder above it cannot be written to (ENOENT)',
  ]);
  expect(refused('ENOENT').code).toBe('INTERNAL');
});

test('a port in use is named', () => {
  expect(refused('EADDRINUSE', { syscall: 'listen', path: undefined, address: '127.0.0.1', port: 8443 }).message).toBe(
    'could not listen 127.0.0.1:8443: the address is in use (EADDRINUSE)',
  );
});

test('any other failure stays a bug of ours', () => {
  expect(refused('EBADF').code).toBe('INTERNAL');
  expect(asRegildError(new TypeError('x is not a function')).code).toBe('INTERNAL');
  expect(asRegildError(Object.assign(new Error('refused by a program'), { code: 'EACCES' })).code).toBe('INTERNAL');
});
