import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('a unit test cannot open a connection', () => {
  expect(() => connect(1, '127.0.0.1')).toThrow('must not open a connection');
});

test('a unit test cannot start a child process', () => {
  expect(() => spawn('true')).toThrow('must not start a child process');
});

test('a unit test has no real timers', () => {
  let fired = false;
  setTimeout(() => {
    fired = true;
  }, 0);
  expect(fired).toBe(false);
  expect(setTimeout).toHaveProperty('clock');
});
