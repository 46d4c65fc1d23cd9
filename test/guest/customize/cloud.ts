import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { argv } from 'node:process';

/**
 * What a step of a build asks of Azure: tokens of the managed identity (169.254.169.254), a vault's secret over HTTPS (127.0.0.1:443), and the
 * fabric's presence (168.63.129.16). `node cloud.ts <key> <certificate> <identity> <secret>` prints a line when it listens.
 * Formats: learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token, rest/api/keyvault/secrets/get-secret.
 */
const [key = '', certificate = '', identity = '', secret = ''] = argv.slice(2);
const TOKEN = 'made-for-the-test';

const platform: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform');
  if (pathname === '/metadata/instance/compute/provider') response.end('Microsoft.Compute');
  else if (pathname !== '/metadata/identity/oauth2/token') response.end('');
  else if (request.headers.metadata !== 'true' || searchParams.get('msi_res_id') !== identity)
    response.writeHead(400).end('{"error":"invalid_request"}');
  else response.end(JSON.stringify({ access_token: TOKEN, resource: searchParams.get('resource'), token_type: 'Bearer' }));
};

const vault: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://vault');
  if (request.headers.authorization !== `Bearer ${TOKEN}`) response.writeHead(401).end('{}');
  else if (pathname !== '/secrets/token' || !searchParams.has('api-version')) response.writeHead(404).end('{}');
  else response.end(JSON.stringify({ value: secret, id: 'https://kv-images.vault.azure.net/secrets/token/1' }));
};

await Promise.all([
  new Promise<void>((done) => createServer(platform).listen(80, '169.254.169.254', done)),
  new Promise<void>((done) => createServer(platform).listen(80, '168.63.129.16', done)),
  new Promise<void>((done) =>
    createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, vault).listen(443, '127.0.0.1', done),
  ),
]);
process.stdout.write('listening\n');
