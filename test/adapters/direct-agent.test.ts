import { expect, test } from 'vitest';
import { directAgent } from '../../src/adapters/direct-agent.ts';

test.each(['https://127.0.0.1:8443', 'https://127.8.9.10/x', 'https://[::1]:8443', 'https://localhost', 'https://sandbox.localhost'])(
  '%s is reached directly, and trusts the given authority',
  (address) => {
    expect(directAgent(address, 'PEM')?.options).toMatchObject({ ca: 'PEM', keepAlive: true });
  },
);

test.each([
  'https://management.azure.com',
  'https://127.0.0.1.example.com',
  'https://localhost.example.com',
  'https://10.0.0.1',
  'https://[::2]',
])('%s is reached as the environment says', (address) => {
  expect(directAgent(address)).toBeUndefined();
});
